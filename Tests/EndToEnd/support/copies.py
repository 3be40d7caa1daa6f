"""Compressed copies beside pages: what there must be, and what there must not."""

import gzip
import json
import subprocess

ENDINGS = {"gzip": ".gz", "zstd": ".zst"}
SMALLEST = 1024


def pages_of(root):
    """The paths of the pages that the manifest tells of, and that may have copies."""
    lines = (root / "larder/manifest.jsonl").read_text().splitlines()
    pages = {path for line in lines for path in json.loads(line).get("pages", {})}
    return {path for path in pages if not path.startswith("larder/")}


def copies_in(root, coding, besides=()):
    found = {str(path.relative_to(root)) for path in root.rglob("*" + ENDINGS[coding])}
    return found - set(besides)


def assert_copies(root, codings, besides=()):
    """Each page of 1 KiB and more has its copies, with its bytes; and there are no others.

    Pages that are not part of the index any more may have some.
    """
    pages = {path: (root / path).read_bytes() for path in pages_of(root)}
    for coding, ending in ENDINGS.items():
        copies = copies_in(root, coding, besides)
        if coding not in codings:
            assert not copies, copies
            continue
        expected = {path + ending for path, page in pages.items() if len(page) >= SMALLEST}
        assert expected <= copies, f"without a copy: {sorted(expected - copies)}"
        others = {path.removesuffix(ending) for path in copies - expected}
        assert not others & set(pages), f"too small for a copy: {others & set(pages)}"
        assert_expand(root, sorted(copies), coding)


def assert_expand(root, copies, coding):
    ending = ENDINGS[coding]
    contents = [(root / copy.removesuffix(ending)).read_bytes() for copy in copies]
    if coding == "gzip":
        for copy, content in zip(copies, contents):
            assert gzip.decompress((root / copy).read_bytes()) == content, copy
    elif copies:
        # One process for all: a wrong one makes the whole another.
        done = subprocess.run(["zstd", "-dcq", *copies], cwd=root, capture_output=True)
        assert done.returncode == 0, done.stderr
        assert done.stdout == b"".join(contents)
