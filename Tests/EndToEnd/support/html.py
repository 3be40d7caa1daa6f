"""Reads HTML as browsers and installers do."""

from dataclasses import dataclass
from html.parser import HTMLParser

import html5lib


@dataclass(frozen=True)
class Anchor:
    """One link: its text and its attributes, decoded."""

    text: str
    attributes: dict[str, str]

    def __getitem__(self, name):
        return self.attributes[name]

    def __contains__(self, name):
        return name in self.attributes

    @property
    def url(self):
        return self["href"].partition("#")[0]

    @property
    def fragment(self):
        return self["href"].partition("#")[2]


def parse_strictly(page):
    """The tree of a page; any parse error of HTML5 is an exception."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(page)


def anchors(page):
    """The links of a page in their order."""
    return [
        Anchor("".join(element.itertext()), dict(element.attrib))
        for element in parse_strictly(page).iter("a")
    ]


def elements(page):
    """What an HTML5 parser finds on a page: each element with its attribute names."""
    return [
        (element.tag if isinstance(element.tag, str) else "comment", tuple(sorted(element.attrib)))
        for element in parse_strictly(page).iter()
    ]


def code_texts(page):
    """The texts of scripts and styles, which no input may reach."""
    return [
        "".join(element.itertext())
        for element in parse_strictly(page).iter()
        if element.tag in ("script", "style")
    ]


class _TagCollector(HTMLParser):
    """Python's own parser, which pip uses."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, tuple(sorted(name for name, _ in attrs))))

    def handle_comment(self, data):
        self.found.append(("comment", ()))


def tags(page):
    """What Python's html.parser finds on a page: each start tag with its attribute names."""
    collector = _TagCollector()
    collector.feed(page.decode("utf-8"))
    collector.close()
    return collector.found
