"""Descriptions of projects and their links: from the files to the pages and the legacy JSON API."""

import io
import json
import os
import shutil
import subprocess
import tarfile
import zipfile
from urllib.parse import urlsplit

import pytest
from selenium.webdriver.common.by import By

import binary
from support import browser as browsers
from support import file_server
from support.html import parse_strictly
from support.larder import finish
from support.payloads import PAYLOADS

SCREENSHOTS = binary.REPOSITORY / ".build" / "screenshots"
MARKDOWN = """\
# Acme

A *fast* reader, see [the docs](https://docs.example/).

| a | b |
|---|---|
| 1 | 2 |

"""
RST = """\
Tool
====

A *fast* writer::

    tool --help

See `the docs <https://docs.example/>`_.
"""
LINKS = (
    "Home-page: https://acme.example/\n"
    "Project-URL: Source Code, https://code.example/acme?a=1&b=2\n"
    "Project-URL: Mail, mailto:acme@acme.example\n"
    "Project-URL: Chat, irc://chat.example/acme\n"
)


def metadata(name, version, text, kind=None, fields=""):
    head = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{fields}"
    head += f"Description-Content-Type: {kind}\n" if kind else ""
    return f"{head}\n{text}".encode()


class Folder:
    """A folder of distributions and the index of it."""

    def __init__(self, larder, folder):
        self.larder, self.folder = larder, folder
        self.files, self.tree = folder / "files", folder / "prefix"
        self.files.mkdir(parents=True)

    def wheel(self, name, version, *said, tag="py3-none-any", **more):
        path = self.files / f"{name}-{version}-{tag}.whl"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            info = zipfile.ZipInfo(f"{name}-{version}.dist-info/METADATA")
            archive.writestr(info, metadata(name, version, *said, **more))
        os.utime(path, (1_700_000_000, 1_700_000_000))
        return path

    def sdist(self, name, version, *said, **more):
        path = self.files / f"{name}-{version}.tar.gz"
        content = metadata(name, version, *said, **more)
        with tarfile.open(path, "w:gz") as archive:
            entry = tarfile.TarInfo(f"{name}-{version}/PKG-INFO")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
        os.utime(path, (1_700_000_000, 1_700_000_000))
        return path

    def run(self, *, transforms=(), before=(), sink="prefix", **fields):
        pipeline = self.folder / "pipeline.json"
        source = {"type": "directory", "path": "files"} | fields
        pipeline.write_text(json.dumps({
            "version": 1, "sources": [source], "transforms": list(transforms), "render": {},
            "sinks": [{"type": "filesystem", "path": sink}],
        }))  # fmt: skip
        return finish([*before, self.larder.binary, "run", pipeline], self.folder / "run", report=True)

    def records(self, sink="prefix", **fields):
        done = self.run(sink=sink, **fields)
        assert done.status == 0, done.stderr
        lines = (self.folder / sink / "larder/records.jsonl").read_text().splitlines()
        return {record["filename"]: record for record in map(json.loads, lines)}

    def described(self, **fields):
        """The descriptions in the records, by file name."""
        records = self.records(**fields)
        return {name: r["description"] for name, r in records.items() if "description" in r}

    def page(self, project):
        return (self.tree / "project" / project / "index.html").read_bytes()

    def info(self, path):
        return json.loads((self.tree / "pypi" / path / "json").read_bytes())["info"]

    def contents(self):
        return {
            str(path.relative_to(self.tree)): path.read_bytes()
            for path in self.tree.rglob("*")
            if path.is_file() and path.name != "manifest.jsonl"
        }


@pytest.fixture
def folder(larder, tmp_path, monkeypatch):
    monkeypatch.setenv("LARDER_CACHE_DIR", str(tmp_path / "cache"))
    return Folder(larder, tmp_path / "site")


# What people see.


@pytest.fixture(scope="module")
def rich(larder, tmp_path_factory):
    folder = Folder(larder, tmp_path_factory.mktemp("rich") / "site")
    folder.wheel("acme", "1.0", "An old text.\n", "text/plain")
    folder.wheel("acme", "2.0", MARKDOWN * 8, "text/markdown; charset=UTF-8", fields=LINKS)
    folder.sdist("tool", "1.0", RST, "text/x-rst", fields="License: MIT\n")
    folder.sdist("untyped", "1.0", RST)
    folder.wheel("bare", "1.0", "")
    assert folder.run(cache=False).status == 0
    return folder


@pytest.fixture(scope="module")
def site(rich):
    with browsers.serve(rich.folder) as url:
        yield url


@pytest.fixture
def browser(chromium):
    chromium.reset()
    return chromium


@pytest.mark.parametrize("project", ["acme", "tool", "untyped"])
def test_a_page_shows_the_description_everywhere(browser, site, project):
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for width, mode in [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]:
        browser.show(width, mode)
        browser.driver.get(f"{site}project/{project}/")
        assert browser.layout_shift() == 0
        browser.driver.save_screenshot(str(SCREENSHOTS / f"{project}-{width}-{mode}.png"))
        assert browser.driver.execute_script("return document.body.scrollWidth") <= width
        assert browser.violations() == []
        shown = browser.driver.find_element(By.CSS_SELECTOR, "section.description")
        assert "fast" in shown.text and "the docs" in shown.text
    links = [link.get_attribute("href") for link in shown.find_elements(By.TAG_NAME, "a")]
    assert "https://docs.example/" in links
    emphasis = [element.text for element in shown.find_elements(By.TAG_NAME, "em")]
    assert "fast" in emphasis
    assert browser.log() == []


def test_links_of_the_project_stand_beside_it(browser, site):
    browser.driver.get(f"{site}project/acme/")
    links = browser.driver.find_elements(By.CSS_SELECTOR, "aside .links a")
    assert [(a.text, a.get_attribute("href"), a.get_attribute("rel")) for a in links] == [
        ("Homepage", "https://acme.example/", "nofollow"),
        ("Source Code", "https://code.example/acme?a=1&b=2", "nofollow"),
        ("Mail", "mailto:acme@acme.example", "nofollow"),
    ]
    rows = browser.driver.find_elements(By.CSS_SELECTOR, "aside .links li")
    assert rows[-1].text == "Chat: irc://chat.example/acme"


def test_without_a_description_there_is_no_section(rich):
    assert b"description" not in rich.page("bare")


def test_the_legacy_api_says_what_pypi_says(rich):
    info = rich.info("acme")
    assert info == info | {
        "description": MARKDOWN * 8, "description_content_type": "text/markdown; charset=UTF-8",
        "home_page": "https://acme.example/", "download_url": None,
        "project_urls": {
            "Homepage": "https://acme.example/", "Source Code": "https://code.example/acme?a=1&b=2",
            "Mail": "mailto:acme@acme.example", "Chat": "irc://chat.example/acme",
        },
    }  # fmt: skip
    own = rich.info("acme/2.0")
    assert {key for key in info if info[key] != own[key]} == {"package_url", "project_url", "release_url"}
    for path in ("acme/1.0", "bare"):
        info = rich.info(path)
        assert info == info | {
            "description": "", "description_content_type": None, "project_urls": None, "home_page": None,
        }  # fmt: skip
    assert rich.info("untyped") | {"description": RST, "description_content_type": None} == rich.info("untyped")


def test_dumb_pypi_can_read_the_list(rich):
    for line in (rich.tree / "packages.json").read_text().splitlines():
        assert set(json.loads(line)) <= {"filename", "hash", "requires_dist", "upload_timestamp"}


# Which files they come from.


def test_descriptions_are_of_the_newest_releases_with_and_without_what_was_kept(folder):
    def check(expected):
        expected = {name: "text of " + name for name in expected}
        for fields in ({}, {}, {"cache": False}):
            assert folder.described(**fields) == expected

    def add(name, version, **more):
        tag = more.get("tag", "py3-none-any")
        return folder.wheel(name, version, f"text of {name}-{version}-{tag}.whl", **more).name

    old = add("a", "1.0")
    check([old])
    news = [add("a", "1.1"), add("a", "1.1", tag="cp311-cp311-win32")]
    check(news)
    news.append(add("a", "2.0rc1"))
    check(news)
    final = add("a", "2.0")
    check([final])
    (folder.files / final).unlink()
    check(news)
    for name in news:
        (folder.files / name).unlink()
    check([old])
    assert folder.described(descriptions=False) == {}
    check([old])


def test_metadata_that_is_not_read_has_no_descriptions(folder):
    folder.wheel("a", "1.0", "text")
    assert folder.described(metadata=False) == {}
    done = folder.run(metadata=False, descriptions=True)
    assert done.status == 78 and '"descriptions" needs "metadata"' in done.stderr


def test_a_damaged_file_of_descriptions_is_said_and_not_used(folder, tmp_path):
    folder.wheel("a", "1.0", "text")
    expected = folder.described()
    (kept,) = (tmp_path / "cache").rglob("*.descriptions.bin")
    whole = kept.read_bytes()
    for damaged in (whole.replace(b"text", b"Text"), whole[:-1], b"", b"\xff" * 99):
        kept.write_bytes(damaged)
        assert folder.described() == expected
        assert kept.read_bytes() == whole


def test_a_wheel_comes_before_a_source_archive(folder):
    folder.sdist("a", "1.0", "of the source")
    folder.wheel("a", "1.0", "of the wheel")
    assert len(folder.described()) == 2
    assert folder.info("a")["description"] == "of the wheel"


def test_a_page_falls_back_on_the_newest_release_that_knows_one(folder):
    folder.wheel("a", "1.0", "old", "text/plain")
    folder.wheel("a", "2.0", "new", "text/plain")
    yank = {"type": "set", "where": {"version": "==2.0"}, "values": {"yanked": True}}
    assert folder.described(transforms=[yank]) == {"a-2.0-py3-none-any.whl": "new"}
    assert folder.info("a")["version"] == "1.0" and folder.info("a")["description"] == "new"
    assert folder.info("a/1.0")["description"] == ""
    assert b"new" in folder.page("a")


# What changes.


def test_a_new_description_changes_the_pages_that_show_it_and_no_others(folder):
    for version in ("1.0", "2.0"):
        folder.wheel("a", version, "before", "text/markdown")
        folder.wheel("b", version, "before", "text/markdown")
    folder.records()
    before = folder.contents()
    folder.wheel("a", "2.0", "behind", "text/markdown")
    folder.records()
    after = folder.contents()
    changed = {name for name in after if after[name] != before.get(name)}
    assert before.keys() == after.keys()
    assert {name for name in changed if name.startswith(("project/", "pypi/"))} == {
        "project/a/index.html", "pypi/a/json", "pypi/a/2.0/json",
    }  # fmt: skip
    assert not any("/b/" in name for name in changed)


def test_only_the_text_changes_only_the_pages_that_hold_it(run_pipeline_into, tmp_path):
    def records(text):
        for name in "ab":
            for version in ("1.0", "2.0"):
                yield {"filename": f"{name}-{version}.zip"} | (
                    {"description": text, "description_content_type": "text/plain"}
                    if (name, version) == ("a", "2.0") else {}
                )  # fmt: skip

    before = run_pipeline_into(records("before"))
    after = run_pipeline_into(records("after"))
    assert {name for name in after if after[name] != before[name]} == {
        "project/a/index.html", "pypi/a/json", "pypi/a/2.0/json", "larder/records.jsonl",
        "larder/manifest.jsonl",
    }  # fmt: skip


@pytest.fixture
def run_pipeline_into(larder, tmp_path):
    def run(records):
        (tmp_path / "list.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records))
        (tmp_path / "pipeline.json").write_text(json.dumps({
            "version": 1, "sources": [{"type": "file", "path": "list.jsonl"}], "render": {},
            "sinks": [{"type": "filesystem", "path": "public"}],
        }))  # fmt: skip
        done = finish([larder.binary, "run", tmp_path / "pipeline.json"], tmp_path / "run", report=True)
        assert done.status == 0, done.stderr
        tree = tmp_path / "public"
        return {str(p.relative_to(tree)): p.read_bytes() for p in tree.rglob("*") if p.is_file()}

    return run


# Nothing that a project writes runs.


def test_hostile_texts_make_nothing_active(run_pipeline_into, browser, tmp_path):
    kinds = ["text/markdown", "text/x-rst", "text/plain", None]
    payloads = [*PAYLOADS, "[x](javascript:alert(1))", "`x <javascript:alert(1)>`_", "<javascript:alert(1)>",
                ".. raw:: html\n\n   <script>alert(1)</script>", "[x](data:text/html,<script>alert(1)</script>)"]
    records = [
        {
            "filename": f"p{number}-{kind}-1.0.zip", "description": payload,
            "project_urls": {payload: "https://a.example/", "label": payload, "path": f"https://a.example/{payload}"},
        } | ({"description_content_type": kinds[kind]} if kinds[kind] else {})
        for number, payload in enumerate(payloads)
        for kind in range(len(kinds))
        if "\x00" not in payload
    ]  # fmt: skip
    tree = run_pipeline_into(records)
    pages = {name: page for name, page in tree.items() if name.startswith("project/")}
    assert len(pages) == len(records)
    for name, page in pages.items():
        for element in parse_strictly(page).iter():
            assert not any(key.lower().startswith("on") for key in element.keys()), name
            for key in ("href", "src"):
                scheme = urlsplit(element.get(key) or "").scheme.lower()
                safe = ("", "http", "https", "mailto") + (("data",) if element.tag == "link" else ())
                assert scheme in safe, (name, element.get(key))
        assert page.count(b"<script") == 1, name
    shutil.move(tmp_path / "public", tmp_path / "prefix")
    with browsers.serve(tmp_path) as url:
        for name in list(pages)[::9]:
            browser.driver.get(url + name)
            assert browser.log() == [], name


# Where they come from elsewhere.


def test_enrich_asks_for_descriptions_of_newest_releases(larder, folder, tmp_path):
    """From `.metadata` where it is served, else from a part of the file."""
    served = folder.wheel("a", "2.0", "of a 2", "text/markdown", fields=LINKS)
    served.with_name(served.name + ".metadata").write_bytes(metadata("a", "2.0", "of a 2", "text/markdown", LINKS))
    paths = [served, folder.wheel("a", "1.0", "of a 1"), folder.wheel("b", "1.0", "of b"),
             folder.sdist("b", "1.0", "of b's source"), folder.wheel("b", "2.0", "of a yanked one")]  # fmt: skip
    with file_server.serving(folder.files) as server:
        records = [{"filename": p.name, "url": f"{server.url}/{p.name}"} for p in paths]
        records[-1]["yanked"] = True

        def enriched(**options):
            (tmp_path / "list.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records))
            (tmp_path / "pipeline.json").write_text(json.dumps({
                "version": 1, "sources": [{"type": "file", "path": "list.jsonl"}], "render": {},
                "transforms": [{"type": "enrich", **options}],
                "sinks": [{"type": "filesystem", "path": "public"}],
            }))  # fmt: skip
            done = finish([larder.binary, "run", tmp_path / "pipeline.json"], tmp_path / "run", report=True)
            assert done.status == 0, done.stderr
            lines = (tmp_path / "public/larder/records.jsonl").read_text().splitlines()
            return {record["filename"]: record for record in map(json.loads, lines)}

        plain = enriched()
        assert not any("description" in record for record in plain.values())
        assert plain[served.name]["project_urls"]["Homepage"] == "https://acme.example/"
        for _ in range(2):
            found = enriched(descriptions=True)
            assert {name: r["description"] for name, r in found.items() if "description" in r} == {
                paths[0].name: "of a 2", paths[2].name: "of b", paths[3].name: "of b's source",
            }  # fmt: skip
            assert found[served.name]["description_content_type"] == "text/markdown"
            server.forget()
        # What is known costs a look at each file, and no content.
        assert enriched(descriptions=True) == found and server.sent == 0
        assert enriched() == plain


# What people read of records.


def test_why_shortens_a_long_description(larder, folder):
    folder.wheel("a", "1.0", "word " * 2000, "text/plain")
    edit = {"type": "set", "values": {"license": "MIT"}}
    folder.records(transforms=[edit])
    command = [larder.binary, "why", "-c", folder.folder / "pipeline.json", "a-1.0-py3-none-any.whl"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert '"license": "MIT"' in done.stdout and "word \u2026" in done.stdout, done.stdout + done.stderr
    assert len(done.stdout) < 2000


# What is missing.


def test_a_missing_library_stops_the_run_before_anything_is_published(folder):
    folder.wheel("a", "1.0", "text", "text/plain")
    folder.records()
    before = folder.contents()
    folder.wheel("b", "1.0", MARKDOWN, "text/markdown")
    library = os.path.realpath(library_file("libmd4c.so.0"))
    hidden = ["unshare", "--mount", "sh", "-c", f'mount --bind /dev/null {library} && exec "$@"', "-"]
    done = folder.run(before=hidden)
    assert done.status == 78, done.stderr
    for word in ("libmd4c", "libmd4c0", '"descriptions": false', "missing-library"):
        assert word in done.stderr
    assert folder.contents() == before
    assert folder.run(before=hidden, descriptions=False).status == 0


def library_file(name):
    lines = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    return next(line.split("=> ")[1] for line in lines.splitlines() if line.strip().startswith(name))
