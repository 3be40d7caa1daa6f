"""Runs `larder generate` and reads the tree that it makes."""

import json
import pathlib
import re

import binary
import index_tree
from index_tree import BASE, HTMLReader, Index, Link, Project, Row, resolve, split_fragment


def run(list_path, output, packages_url, is_json) -> tuple[str, dict]:
    """Makes a tree; returns what is said on stderr, and the report."""
    report = pathlib.Path(f"{output}.report.json")
    done = binary.generate(
        *("--package-list-json" if is_json else "--package-list", list_path),
        *("--output-dir", output, "--packages-url", packages_url),
        *("--no-generate-timestamp", "--report", report),
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stderr, json.loads(report.read_text())


def read(root: pathlib.Path) -> Index:
    """Reads of a tree of Larder what dumb-pypi makes too."""
    index = index_tree.read(root, read_home, read_changelog)
    # A large index has its names on pages that the home page leads to.
    pages = sorted((root / "larder").glob("names/*.html"))
    lists = [read_home(page.read_text(), f"larder/names/{page.name}") for page in pages]
    index.home = sorted([*index.home, *(entry for entries in lists for entry in entries)])
    return index


def links_of_project(root: pathlib.Path, name: str) -> list[Link]:
    """The links of a simple page, newest first."""
    return index_tree.links_of(name, (root / "simple" / name / "index.html").read_text())


def read_home(text: str, page: str = "index.html"):
    """The projects of the home page, or of a page of names, by the links to their pages."""
    home = []
    for attributes, label, tail in HTMLReader(text).anchors:
        url = resolve(page, attributes.get("href") or "")
        if re.fullmatch(re.escape(BASE) + "project/[^/]+/", url):
            home.append((label, url, tail.strip()))
    return home


def read_changelog(page: str, text: str) -> list[Row]:
    """The rows of one page of the changelog."""
    rows = []
    for cells in HTMLReader(text).rows:
        if cells[0]["tag"] == "th":
            continue
        # The columns are the file, its release, the time and the uploader; the last two are left
        # out where nothing is known.
        file, _, time, uploader = [*cells, {"text": ""}, {"text": ""}][:4]
        url, fragment = split_fragment(resolve(page, file["href"]))
        time = time["text"].strip().removesuffix("Z")
        rows.append(Row(file["text"], url, fragment, time, uploader["text"].removesuffix("\n")))
    return rows


def restrict(index: Index, filenames: set[str]) -> Index:
    """The index without the files that are not named; what `info` says is kept."""

    def kept(files):
        return [file for file in files if file["filename"] in filenames]

    projects = {}
    for name, project in index.projects.items():
        links = [link for link in project.links if link.filename in filenames]
        if not links:
            continue
        releases = {v: kept(files) for v, files in project.page.releases.items() if kept(files)}
        pages = {v: page for v, page in project.releases.items() if v in releases}
        project.page.releases = releases
        project.page.urls = kept(project.page.urls)
        for page in pages.values():
            page.urls = kept(page.urls)
        projects[name] = Project(links, project.page, pages)
    return Index(
        projects,
        [entry for entry in index.root if entry[0] in projects],
        [entry for entry in index.home if entry[0] in projects],
        [[row for page in index.changelog for row in page if row.filename in filenames]],
        [record for record in index.records if record["filename"] in filenames],
    )
