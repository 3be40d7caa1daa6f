"""The reader of pages finds the links and attributes that html5lib finds, page by page.

LARDER_CASES is the number of pages of each generator (3,000), LARDER_SEED picks other ones. What
differs is allowed for in `known_difference`, and explained in differences-html5lib.md.
"""

import os
import random
import re

import html5lib
import pytest

from probe import Probe

CASES = int(os.environ.get("LARDER_CASES", "3000"))
SEED = int(os.environ.get("LARDER_SEED", "1866"))
ATTRIBUTES = ["data-requires-python", "data-yanked", "title", "rel"]
XHTML = "{http://www.w3.org/1999/xhtml}a"


@pytest.fixture(scope="module")
def probe():
    probe = Probe()
    yield probe
    probe.close()


def reference(page: bytes) -> list[tuple[str, dict]]:
    document = html5lib.parse(page, transport_encoding="utf-8")
    links = [link for link in document.iter(XHTML) if "href" in link.attrib]
    return [
        (
            link.attrib["href"],
            {name: link.attrib[name] for name in ATTRIBUTES if name in link.attrib},
        )
        for link in links
    ]


def read(answer: str):
    """The links of the probe's answer, or why it refused the page."""
    fields = answer.split("\t")
    if fields[0] == "refused":
        return fields[1]
    links = []
    for line in filter(None, fields[2].split(";")):
        href, _, *attributes = line.split(",")
        pairs = (attribute.split("=") for attribute in attributes)
        links.append((text(href), {name: text(value) for name, value in pairs}))
    return links


def text(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-8")


# Pages: what servers write, and soup of the pieces that real pages are made of.

NAMES = ["a-1.0.zip", "b%20c.whl", "../../pool/d-1.0+cu118.whl", "./e:1", "/x/y/", "?C=N", "é.zip"]
NAMES += ["#sha256=ab", "https://index.example/f.whl#sha256=0a", "g&amp;h", "i&#43;j", "k&#x26;l", ""]
VALUES = ["", "&gt;=3.8", ">=3.8", "&lt;4,&gt;3", "bad &quot;one&quot;", "é&eacute;✓", "a  b\tc", "&"]
VALUES += ["&amp;amp;", "&nbsp;", "x=y", "it&#39;s", "R&D", "a&b=c"]
SPACE = ["", "", " ", "\n", "\r\n", "\t", "    "]
TEXTS = ["text", "&lt;", "é", "a & b", "13-Jan-2020 09:04   80757", "1 < 2", ".", "&nbsp;", "]]>"]
TAGS = ["br", "/br", "p", "/p", "pre", "/pre", "hr", "b", "/b", "i", "/i", "span", "/span", "div"]
TAGS += ["/div", "table", "tr", "td", "th", "/td", "/tr", "/table", "ul", "li", "/li", "/ul", "h1"]
TAGS += ["/h1", "img src=x", "img src='y'/", "br/", "a name=n", "/a", "tt", "address", "tbody", "em"]
COMMENTS = ["<!-- c -->", "<!-- <a href=z>z</a> -->", "<!---->", "<!-- > -->", "<!-- -- -->"]
ODDITIES = ["<script>var a = '<a href=q>';</script>", "<style>a > b {}</style>", "<?xml version?>"]
ODDITIES += ["<a>", "<A HREF=\"U\">", "<a\nhref\n=\n'v'\n>", "<a href='w' href='x'>", "< a>", "</ a>"]
ODDITIES += ["<a href=y/>", "<a href=z title>", "<a href>", "<a/href='s'>", "<!DOCTYPE html>", "<!x>"]


def attribute(chance: random.Random, name: str, value: str) -> str:
    name = chance.choice([name, name, name.upper()])
    quotes = [q for q in ('"', "'") if q not in value]
    if value and not re.search("[\\s\"'=<>`/&]", value):
        quotes.append("")
    quote = chance.choice(quotes)
    around = chance.choice(["", "", "", " "])
    if value == "" and chance.random() < 0.3:
        return name
    return f"{name}{around}={around}{quote}{value}{quote}"


def a_link(chance: random.Random) -> str:
    parts = [attribute(chance, "href", chance.choice(NAMES))]
    for name in chance.sample(ATTRIBUTES, chance.randrange(3)):
        parts.append(attribute(chance, name, chance.choice(VALUES)))
    chance.shuffle(parts)
    tag = chance.choice(["a", "a", "A"]) + chance.choice([" ", " ", "\n", "  "]) + " ".join(parts)
    return f"<{tag}{chance.choice(['', ' '])}>{chance.choice(TEXTS)}</a>"


def a_page(chance: random.Random) -> str:
    head = "<!DOCTYPE html>\n<html><head><meta charset='utf-8'><title>Links</title></head><body>"
    links = (a_link(chance) + chance.choice(["<br>", "<br/>", "\n", " 1K\n"]) for _ in range(9))
    return head + "".join(links) + "</body></html>" + chance.choice(COMMENTS + ["\n", ""])


def a_soup(chance: random.Random) -> str:
    def piece() -> str:
        match chance.randrange(9):
            case 0 | 1 | 2:
                return a_link(chance)
            case 3 | 4:
                return f"<{chance.choice(TAGS)}>"
            case 5:
                return chance.choice(COMMENTS)
            case 6:
                return chance.choice(ODDITIES)
        return chance.choice(TEXTS) + chance.choice(SPACE)

    return "".join(piece() for _ in range(chance.randrange(1, 30)))


def known_difference(page: str, expected, found) -> str | None:
    """The name of the difference in differences-html5lib.md, if it is one of those."""
    if isinstance(found, str):
        return None
    return None


@pytest.mark.parametrize("make", [a_page, a_soup])
def test_links_are_those_of_html5lib(probe, make):
    chance = random.Random(SEED)
    pages = [make(chance) for _ in range(CASES)]
    sizes = [str(chance.choice([1, 2, 7, 50, 5000])).encode() for _ in pages]
    answers = probe.ask_all(
        [("links", page.encode(), size) for page, size in zip(pages, sizes, strict=True)]
    )
    linked = 0
    for page, answer in zip(pages, answers, strict=True):
        expected, found = reference(page.encode()), read(answer)
        linked += len(expected)
        if found != expected:
            assert known_difference(page, expected, found), (page, expected, found)
    assert linked > CASES, "the pages have links"
