"""The reader of pages finds the links and attributes that html5lib finds, page by page.

LARDER_CASES is the number of pages of each generator (3,000), LARDER_SEED picks other ones. What
differs is allowed for in `known_difference`, and explained in differences-html5lib.md.
"""

import os
import random
import re
import subprocess
from pathlib import Path

import html5lib
import pytest

from probe import Probe, binary

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
    if found == "empty-page":
        return None if page else "empty"
    if found == "syntax":
        return "slash" if "<a/href" in page else None
    if len(found) < len(expected) and distinct(found) == distinct(expected):
        return "repeated"
    if "<table" in page and sorted(distinct(found)) == sorted(distinct(expected)):
        return "table"
    return None


def distinct(links) -> list[str]:
    return list(dict.fromkeys(map(repr, links)))


# What html5lib finds and the reader does not, or the other way round, one of each kind.

EXPLAINED = {
    "slash": ("<a/href='s'>", "syntax"),
    "empty": ("", "empty-page"),
    "repeated": ("<a href=x><div></a>", [("x", {})]),
    "table": (
        "<table><td><a href=x>x</a><tr><a href=y>y</a></table>",
        [("x", {}), ("y", {})],
    ),
    "title": ("<title><a href=x>x</a></title>", "hidden-link"),
    "comment": ("<!--><a href=x>x</a>-->", "ambiguous-comment"),
    "unfinished comment": ("<a href=x>x</a><!-- ", "syntax"),
    "late base": ("<a href=x>x</a><base href=y>", "late-base"),
    "nul": ("<a href=x>x</a>\0", "nul-byte"),
    "entity": ("<a href='a&plus;b'>x</a>", [("a&plus;b", {})]),
    "reference": ("<a href='a&#0;b'>x</a>", "syntax"),
    "line feed": ("<a href='a\r\nb'>x</a>", [("a\r\nb", {})]),
}


@pytest.mark.parametrize("name", EXPLAINED)
def test_differences_are_explained(probe, name):
    page, found = EXPLAINED[name]
    assert read(probe.ask("links", page.encode())) == found
    explanation = (Path(__file__).parent / "differences-html5lib.md").read_text()
    assert f"| {name} |" in explanation


def test_where_a_page_is_cut_into_chunks_makes_no_difference(probe):
    chance = random.Random(SEED)
    pages = [a_soup(chance).encode() for _ in range(CASES // 10)]
    sizes = [b"1", b"2", b"3", b"7", b"50", b"5000"]
    answers = probe.ask_all([("links", page, size) for page in pages for size in sizes])
    for number, page in enumerate(pages):
        ours = answers[number * len(sizes) : (number + 1) * len(sizes)]
        assert len(set(ours)) == 1, page


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


def test_no_document_has_a_file_opened(tmp_path):
    secret, log = tmp_path / "secret", tmp_path / "log"
    secret.write_text("secret")
    doctype = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}">]><a>&x;</a>'
    requests = [("xml", doctype), ("links", doctype), ("xml", "<a/>")]
    lines = "".join(f"{verb}\t{text.encode().hex()}\n" for verb, text in requests)
    command = ["strace", "-f", "-qq", "-e", "trace=open,openat,connect", "-o", log, binary()]
    done = subprocess.run(command, input=lines.encode(), capture_output=True, check=True)
    assert done.stdout.decode().split("\n")[:3] == ["refused\tdoctype"] * 2 + ["ok"]
    calls = log.read_text()
    assert "libxml2" in calls and str(secret) not in calls and "connect(" not in calls
