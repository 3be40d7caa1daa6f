"""What an index says, in one form for every tool that makes one."""

import dataclasses
import html.parser
import json
import pathlib
import urllib.parse
from collections.abc import Callable
from typing import Any

#: Where the trees are thought to be served. The folders above the index show a link that climbs
#: too high, which a browser would hide at the root of a host.
BASE = "https://host.example/served/index/"


@dataclasses.dataclass
class Link:
    """A file on the simple page of its project."""

    filename: str
    url: str
    fragment: str
    requires_python: str | None
    core_metadata: str | None
    yanked: str | None


@dataclasses.dataclass
class LegacyPage:
    """A page of the legacy JSON API."""

    info: dict[str, Any]
    urls: list[dict[str, Any]]
    releases: dict[str, list[dict[str, Any]]] | None


@dataclasses.dataclass
class Project:
    """The pages of one project."""

    links: list[Link]  #: in the order of the page, newest first
    page: LegacyPage
    releases: dict[str, LegacyPage]  #: by version


@dataclasses.dataclass
class Row:
    """A file on the changelog."""

    filename: str
    url: str
    fragment: str
    time: str
    uploader: str


@dataclasses.dataclass
class Index:
    """A whole tree."""

    projects: dict[str, Project]
    root: list[tuple[str, str]]  #: names and URLs of simple/index.html
    home: list[tuple[str, str, str]]  #: names, URLs and latest versions of index.html
    changelog: list[list[Row]]  #: the rows of each page
    records: list[dict[str, Any]]  #: packages.json


def resolve(page: str, href: str) -> str:
    """The URL that `href` stands for on a page of the tree."""
    return urllib.parse.urljoin(BASE + page, href)


def split_fragment(url: str) -> tuple[str, str]:
    """A URL and what follows its `#`."""
    head, _, fragment = url.partition("#")
    return head, fragment


class HTMLReader(html.parser.HTMLParser):
    """Reads the anchors of a page, and the cells of its tables."""

    def __init__(self, text: str):
        super().__init__(convert_charrefs=True)
        #: Attributes and text of each anchor, with the text up to the next one.
        self.anchors: list[tuple[dict[str, str | None], str, str]] = []
        #: The rows of all tables: for each cell its kind, its text and its first link.
        self.rows: list[list[dict[str, Any]]] = []
        self._anchor: dict[str, str | None] | None = None
        self._text = ""
        self._cell: dict[str, Any] | None = None
        self._is_mark = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self._anchor, self._text = dict(attrs), ""
            if self._cell is not None:
                self._cell.setdefault("href", self._anchor.get("href"))
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self._cell = {"tag": tag, "text": ""}
            self.rows[-1].append(self._cell)
        elif tag == "mark":
            self._is_mark = True

    def handle_endtag(self, tag):
        if tag == "a" and self._anchor is not None:
            self.anchors.append((self._anchor, self._text, ""))
            self._anchor = None
        elif tag in ("td", "th", "tr", "table"):
            self._cell = None
        elif tag == "mark":
            self._is_mark = False

    def handle_data(self, data):
        if self._cell is not None:
            self._cell["text"] += data
        if self._anchor is not None:
            self._text += data
        elif self.anchors and not self._is_mark:
            attributes, text, tail = self.anchors[-1]
            self.anchors[-1] = (attributes, text, tail + data)


def links_of(name: str, text: str) -> list[Link]:
    """The links of the simple page of a project."""
    links = []
    for attributes, label, _ in HTMLReader(text).anchors:
        url, fragment = split_fragment(resolve(f"simple/{name}/index.html", attributes["href"]))
        links.append(
            Link(
                label,
                url,
                fragment,
                attributes.get("data-requires-python"),
                attributes.get("data-core-metadata"),
                attributes.get("data-yanked"),
            )
        )
    return links


def legacy_page(page: str, content: dict[str, Any]) -> LegacyPage:
    """A page of the legacy JSON API, its URLs resolved."""

    def resolved(files):
        return [{**file, "url": resolve(page, file["url"])} for file in files]

    releases = content.get("releases")
    if releases is not None:
        releases = {version: resolved(files) for version, files in releases.items()}
    return LegacyPage(content["info"], resolved(content["urls"]), releases)


def read(
    root: pathlib.Path,
    read_home: Callable[[str], list[tuple[str, str, str]]],
    read_changelog: Callable[[str, str], list[Row]],
) -> Index:
    """Reads a tree whose pages for programs stand where dumb-pypi puts them.

    The pages for people differ: `read_home` takes the text of the home page, `read_changelog` the
    path and the text of a page of the changelog.
    """
    records = [json.loads(line) for line in (root / "packages.json").read_text().splitlines()]
    anchors = HTMLReader((root / "simple/index.html").read_text()).anchors
    folder = root / "changelog"
    pages = [f"page{number}.html" for number in range(1, 1 + len(list(folder.iterdir())))]
    return Index(
        {path.name: read_project(root, path.name) for path in (root / "pypi").iterdir()},
        [(label, resolve("simple/index.html", a["href"])) for a, label, _ in anchors],
        read_home((root / "index.html").read_text()),
        [read_changelog(f"changelog/{page}", (folder / page).read_text()) for page in pages],
        records,
    )


def read_project(root: pathlib.Path, name: str) -> Project:
    """Reads the pages of one project."""
    folder = root / "pypi" / name
    return Project(
        links_of(name, (root / "simple" / name / "index.html").read_text()),
        legacy_page(f"pypi/{name}/json", json.loads((folder / "json").read_text())),
        {
            path.name: legacy_page(
                f"pypi/{name}/{path.name}/json", json.loads((path / "json").read_text())
            )
            for path in folder.iterdir()
            if path.is_dir()
        },
    )


def differences(expected: Index, found: Index) -> list[str]:
    """What differs, in words; keys that only `found` has in an object do not count."""
    said: list[str] = []

    def compare(path, a, b):
        if a == b:
            return
        if dataclasses.is_dataclass(a) and dataclasses.is_dataclass(b):
            for field in dataclasses.fields(a):
                compare(f"{path}.{field.name}", getattr(a, field.name), getattr(b, field.name))
        elif isinstance(a, dict) and isinstance(b, dict):
            for key in a:
                compare(f"{path}[{key!r}]", a[key], b.get(key, "<missing>"))
        elif isinstance(a, list) and isinstance(b, list):
            if len(a) != len(b):
                said.append(f"{path}: {len(a)} entries, not {len(b)}: {brief(a)} != {brief(b)}")
            for number, (x, y) in enumerate(zip(a, b)):
                compare(f"{path}[{number}]", x, y)
        else:
            said.append(f"{path}: {brief(a)} != {brief(b)}")

    def same_names(path, a, b):
        if list(a) != list(b):
            extra, missing = sorted(set(b) - set(a)), sorted(set(a) - set(b))
            detail = f"missing {brief(missing)}, too many {brief(extra)}"
            said.append(f"{path}: {detail if extra or missing else 'other order'}")

    same_names("projects", sorted(expected.projects), sorted(found.projects))
    for name in expected.projects.keys() & found.projects.keys():
        a, b = expected.projects[name], found.projects[name]
        same_names(f"{name}.releases", sorted(a.releases), sorted(b.releases))
        same_names(f"{name}.page.releases", a.page.releases, b.page.releases)
        compare(name, a, b)
    compare("root", expected.root, found.root)
    compare("home", expected.home, found.home)
    compare("changelog", expected.changelog, found.changelog)
    said += record_differences(expected.records, found.records)
    return said


def record_differences(expected, found) -> list[str]:
    """What differs between two lists of records, whatever their order."""

    def by_name(records):
        lists: dict[str, list] = {}
        for record in records:
            lists.setdefault(record["filename"], []).append(record)
        return lists

    a, b = by_name(expected), by_name(found)
    return [
        f"packages.json {name}: {brief(a.get(name))} != {brief(b.get(name))}"
        for name in sorted(a.keys() | b.keys())
        if a.get(name) != b.get(name)
    ]


def brief(value: Any) -> str:
    """The value, cut to what a person reads."""
    text = repr(value)
    return text if len(text) < 300 else text[:300] + "..."
