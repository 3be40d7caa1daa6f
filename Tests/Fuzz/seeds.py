"""Makes inputs for the fuzzers out of the fixtures and the texts of the other tests."""

import gzip
import io
import json
import re
import sys
import tarfile
import zipfile
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parent
sys.path.insert(0, str(TESTS / "EndToEnd"))

# The unit tests whose literals are texts for a parser.
LITERALS = {
    "html": ["LinkReaderTests", "HostileMarkupTests", "ListingTests", "ListingRulesTests"],
    "listing": ["ListingTests", "ListingRulesTests"],
    "xml": ["XMLReaderTests", "HostileMarkupTests"],
    "json": ["GrammarTests", "DamageTests", "DocumentTests", "ErrorTests", "CursorTests"],
    "filename": ["DistributionFilenameTests", "WheelFilenameTests", "ProjectNameTests"],
    "version": ["VersionScanTests", "VersionSpecifierTests", "VersionOrderTests"],
    "metadata": ["CoreMetadataTests"],
    "record": ["RecordDecoderTests", "RecordEncoderTests", "DigestListTests"],
    "matcher": ["MatcherTests", "GlobTests"],
    "pipeline": ["PipelineFileTests", "PipelinePartTests", "SettingsTests", "PlaceholderTests"],
    "url": ["HTTPURLTests"],
    "description": ["MarkdownTests", "RawHTMLTests", "RestructuredTextTests"],
    "http-fields": ["HTTPFieldTests", "HTTPDateTests"],
}
LITERAL = re.compile(r'(#*)"""\n(.*?)\n *"""\1|(#*)"((?:[^"\\\n]|\\.)*)"\3', re.DOTALL)
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}


def literals(name):
    """The texts that stand in a file of Swift tests."""
    [path] = TESTS.rglob(f"{name}.swift")
    for match in LITERAL.finditer(path.read_text()):
        _, block, marks, line = match.groups()
        text = block if block is not None else line
        if block is None and not marks:
            text = re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda m: chr(int(m[1], 16)), text)
            text = re.sub(r"\\(.)", lambda m: ESCAPES.get(m[1], m[1]), text)
        yield text.encode("utf-8", "surrogatepass")


def seeds():
    """Pairs of a parser and an input."""
    for parser, tests in LITERALS.items():
        for test in tests:
            for text in literals(test):
                yield parser, text
    yield from pages()
    yield from records()
    yield from names()
    yield from archives()
    yield from stores()
    yield from messages()
    for path in sorted((ROOT / "Pipelines").rglob("*.json")):
        if "schema" not in path.name:
            yield "pipeline", path.read_bytes()
    from pipeline_mutants import CORRECT, RARE

    for file in CORRECT + RARE:
        yield "pipeline", json.dumps(file).encode()


def pages():
    from support import simple_pages

    for path in sorted((TESTS / "IndexTransportTests" / "Listings").glob("*.html")):
        # Rows are alike: the first ones and the end say how a server writes.
        page = path.read_bytes()
        page = page if len(page) < 3000 else page[:2000] + page[-600:]
        yield "listing", page
        yield "html", page
    index = simple_pages.make_index(1, projects=2, files=4)
    for project, files in index.items():
        for meta, base in [(True, ""), (False, "../pool/")]:
            page = simple_pages.html_page(project, files, base=base, meta=meta)
            yield "simple-html", page
            yield "html", page
        yield "simple-json", simple_pages.json_page(project, files)
    root = "".join(f'<a href="/simple/demo/{name}/">{name}</a>\n' for name in ["a", "b.c"])
    yield "simple-html", f"<!DOCTYPE html><title>Simple index</title>{root}</html>".encode()
    meta = {"api-version": "1.4", "_last-serial": 7, "project-status": {"status": "archived"}}
    projects = [{"name": "demo", "_last-serial": 7}]
    yield "simple-json", json.dumps({"meta": meta, "projects": projects}).encode()
    yield "listing-json", json.dumps([
        {"name": "a-1.zip", "type": "file", "mtime": "Sun, 06 Nov 1994 08:49:37 GMT", "size": 9},
        {"name": "b", "type": "directory", "mtime": "Sun, 06 Nov 1994 08:49:37 GMT"},
        {"name": "c-1.whl", "size": 3, "url": "./c-1.whl", "is_dir": False,
         "mod_time": "2026-11-22T09:30:00.123456789+01:00"},
    ]).encode()  # fmt: skip
    listing = b'<?xml version="1.0"?>\n<List xmlns="urn:x"><Name>a</Name><C><Key>b&amp;c</Key></C></List>'
    yield "xml", listing


def records():
    from support.records import rich_list

    for distribution in rich_list(seed=1)[::40]:
        line = json.dumps(distribution.record).encode()
        yield "record", line
        yield "json", line
        yield "matcher", b'{"not": {"any": [{"kind": "sdist"}, {"version": "<2"}]}}\n' + line


def names():
    known = (TESTS / "EndToEnd" / "data" / "real-names.txt").read_bytes().split(b"\n")
    for name in known[:: max(1, len(known) // 200)]:
        yield "filename", name
    for set_, version in [(">=1.0,!=1.2.*", "1.2.post1"), ("~=2.2.post3", "2.2.1"), ("===x", "X")]:
        yield "version", f"{set_}\n{version}\n1.0".encode()
    yield "metadata", (
        b"Metadata-Version: 2.4\nName: demo\nVersion: 1.0\nSummary: a\n  b\nLicense: MIT\n"
        b"Requires-Dist: other>=1; python_version > '3'\nRequires-Python: >=3.8\n"
        b"Project-URL: Homepage, https://index.example/\nDynamic: Requires-Dist\n"
        b"License-Expression: MIT OR Apache-2.0\n\nbody\n"
    )
    yield "http-fields", b"bytes 0-99/1000"
    yield "http-fields", b'W/"abc"'
    yield "http-fields", b'ETag: "a"\r\netag:  "b"\r\n folded\r\n'


def archives():
    from support import zips

    metadata = b"Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n"
    for kind in [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", kind) as archive:
            for name in ["demo.py", "demo-1.0.dist-info/METADATA", "EGG-INFO/PKG-INFO"]:
                archive.writestr(zipfile.ZipInfo(name), metadata * 3)
        yield "zip", file.getvalue()
    bad = [archive for archive, _ in zips.bad_archives().values()]
    for archive in [*zips.good_archives().values(), *bad]:
        yield "zip", archive
    for mode in ["", "gz", "bz2", "xz"]:
        file = io.BytesIO()
        for_format = tarfile.PAX_FORMAT if mode else tarfile.GNU_FORMAT
        with tarfile.open(fileobj=file, mode=f"w:{mode}", format=for_format) as archive:
            for name in ["demo-1.0/setup.py", "demo-1.0/PKG-INFO"]:
                info = tarfile.TarInfo(name)
                info.size = len(metadata)
                archive.addfile(info, io.BytesIO(metadata))
        yield "tar", file.getvalue()
    yield "tar", gzip.compress(b"no archive")


def stores():
    body = b'{"filename":"a-1.zip","url":"https://index.example/a-1.zip"}\n'
    line = {
        "url": "https://index.example/simple/a/", "etag": '"x"', "serial": 3, "status": "archived",
        "reason": "why", "last_modified": "Sun, 06 Nov 1994 08:49:37 GMT", "start": 0,
        "bytes": len(body), "files": 1, "digest": "0" * 32,
    }  # fmt: skip
    head = b'{"larder":"?"}\n'
    lines = head + json.dumps(line, separators=(",", ":")).encode() + b"\n"
    for text in [lines, lines + lines.replace(b"/a/", b"/b/").replace(b'"start":0', b'"start":9')]:
        text = text.replace(b'"start":9,"bytes":%d' % len(body), b'"start":9,"bytes":2')
        yield "page-store", body + text + b"larder pages 1 %020d\n" % len(body)
    yield "page-store", head + b"larder pages 1 %020d\n" % 0
    digest, members = b"a" * 64, b',"summary":"x"'
    yield "facts-cache", b"\t".join([b"1\t2\t3\t4\t5\t6\t7", digest, digest, members]) + b"\n"
    yield "facts-cache", b"1\t2\t3\t-4\t5\t-6\t7\t-\tnone\t\n1\t3\t3\t4\t5\t6\t7\t-\t-\t\n"


def messages():
    record = {"filename": "a-1.zip", "requires_python": ">=3"}
    yield from (
        ("program-message", json.dumps(message).encode())
        for message in [
            {"type": "record", "record": record},
            {"type": "ready", "name": "x", "version": "1",
             "describe": {"kind": "source", "summary": "s", "options": {"type": "object"}}},
            {"type": "error", "kind": "transient", "message": "m", "retry_after": 2.5,
             "help": "h", "field": "f"},
        ]
    )  # fmt: skip


def write(parser, folder):
    """Writes the seeds of a parser into a folder, named by their place among all."""
    for place, (owner, text) in enumerate(seeds()):
        if owner == parser:
            (folder / f"seed-{place:05}").write_bytes(text)
