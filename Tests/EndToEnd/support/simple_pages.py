"""Writes pages of the simple API as other servers write them: by hand, from the specifications."""

import html
import json
import random
from urllib.parse import quote

JSON_TYPE = "application/vnd.pypi.simple.v1+json"
HTML_TYPE = "application/vnd.pypi.simple.v1+html"
REASONS = ["", "broken", 'a "quoted" & <b>bold</b> reason', "két sör \N{SNOWMAN}"]
PYTHONS = [">=3.8", ">=2.7, !=3.0.*", "<4,>=3", "~=3.9"]


def make_index(seed, projects=6, files=8, base="https://files.example/pool/"):
    """Projects with their files, each a record of all that both forms can carry."""
    rng = random.Random(seed)
    return {
        f"project-{number}": [make_file(rng, f"project_{number}", base, n) for n in range(files)]
        for number in range(projects)
    }


def make_file(rng, stem, base, number):
    version = rng.choice([f"{number}.0", f"1!{number}.0", f"{number}.0+local.1", f"{number}.0rc1"])
    name = f"{stem}-{version}" + rng.choice(["-py3-none-any.whl", ".tar.gz", ".zip"])
    record = {"filename": name, "url": base + quote(name)}
    if rng.random() < 0.8:
        algorithm, digits = rng.choice([("sha256", 64), ("md5", 32), ("sha512", 128)])
        record["hashes"] = {algorithm: f"{rng.getrandbits(4 * digits):0{digits}x}"}
    if rng.random() < 0.5:
        record["requires_python"] = rng.choice(PYTHONS)
    if rng.random() < 0.5:
        record["core_metadata"] = rng.choice([True, f"sha256={rng.getrandbits(256):064x}"])
    if rng.random() < 0.4:
        record["yanked"] = rng.choice(REASONS) or True
    if rng.random() < 0.5:
        record["gpg_sig"] = rng.random() < 0.5
    if rng.random() < 0.5:
        record["size"] = rng.randint(0, 1 << 40)
        fraction = rng.choice(["", ".25", ".123456"])
        record["upload_time"] = f"20{rng.randint(10, 26)}-0{rng.randint(1, 9)}-11T09:30:07{fraction}Z"
    if rng.random() < 0.2:
        record["provenance"] = f"https://attest.example/{quote(name)}/provenance"
    return record


def html_page(project, records, *, base="", meta=True):
    """The page of a project; every attribute that the record has a value for."""
    lines = ["<!DOCTYPE html>", "<html><head>"]
    if meta:
        lines.append('<meta name="pypi:repository-version" content="1.4">')
    if base:
        lines.append(f'<base href="{html.escape(base)}">')
    lines += [f"<title>Links for {project}</title></head><body>", f"<h1>Links for {project}</h1>"]
    return "\n".join([*lines, *map(anchor, records), "</body></html>\n"]).encode()


def anchor(record):
    href = record["url"]
    for name, digest in list(record.get("hashes", {}).items())[:1]:
        href += f"#{name}={digest}"
    attributes = {"href": href}
    if "requires_python" in record:
        attributes["data-requires-python"] = record["requires_python"]
    if "yanked" in record:
        attributes["data-yanked"] = "" if record["yanked"] is True else record["yanked"]
    if "core_metadata" in record:
        value = record["core_metadata"]
        attributes["data-core-metadata"] = "true" if value is True else value
    if "gpg_sig" in record:
        attributes["data-gpg-sig"] = str(record["gpg_sig"]).lower()
    if "provenance" in record:
        attributes["data-provenance"] = record["provenance"]
    if "size" in record:
        attributes |= {"data-size": str(record["size"]), "data-upload-time": record["upload_time"]}
    text = " ".join(f'{key}="{html.escape(value)}"' for key, value in attributes.items())
    return f"<a {text}>{html.escape(record['filename'])}</a><br/>"


def json_page(project, records, serial=None, **more):
    meta = {"api-version": "1.4"} | ({} if serial is None else {"_last-serial": serial})
    return json.dumps(
        {"meta": meta, "name": project, "versions": [], "files": [*map(json_file, records)]} | more
    ).encode()


def json_file(record):
    item = {"filename": record["filename"], "url": record["url"]}
    item["hashes"] = record.get("hashes", {})
    item["requires-python"] = record.get("requires_python")
    metadata = record.get("core_metadata")
    if isinstance(metadata, str):
        metadata = dict([metadata.split("=")])
    if metadata is not None:
        item["core-metadata"] = metadata
    item["yanked"] = record.get("yanked", False)
    if "gpg_sig" in record:
        item["gpg-sig"] = record["gpg_sig"]
    if "size" in record:
        item |= {"size": record["size"], "upload-time": record["upload_time"]}
    item["provenance"] = record.get("provenance")
    return item | {"_private": [1, {"files": None}]}


def html_root(projects):
    links = "".join(f'<a href="{name}/">{name}</a><br>\n' for name in projects)
    return f"<!DOCTYPE html><html><body>\n{links}</body></html>\n".encode()


def json_root(projects, serials=None):
    serials = serials or {}
    meta = {"api-version": "1.4"}
    if serials:
        meta["_last-serial"] = max(serials.values())
    items = [
        {"name": name} | ({"_last-serial": serials[name]} if name in serials else {})
        for name in projects
    ]
    return json.dumps({"meta": meta, "projects": items}).encode()


def serve(server, index, form):
    """Lets a `FaultyServer` serve an index at `/simple/` in one form."""
    if form == "json":
        pages = {f"/simple/{name}/": json_page(name, files) for name, files in index.items()}
        pages["/simple/"] = json_root(index)
    else:
        pages = {f"/simple/{name}/": html_page(name, files) for name, files in index.items()}
        pages["/simple/"] = html_root(index)
    for path, body in pages.items():
        serve_page(server, path, body, JSON_TYPE if form == "json" else "text/html")


def serve_page(server, path, body, content_type, tag=None):
    """Serves a page with an ETag, and 304 to whoever knows it."""
    tag = tag or f'"{hash(body) & 0xFFFFFFFF:08x}"'

    def answer(call):
        if call.request.value("if-none-match") == tag:
            return call.reply(b"", "304 Not Modified", f"ETag: {tag}")
        return call.reply(body, "200 OK", f"ETag: {tag}", type=content_type)

    server.on(path, answer)
