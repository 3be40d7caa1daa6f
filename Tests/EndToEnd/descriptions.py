"""What the tests of descriptions share: real ones, and HTML as what it comes down to."""

import functools
import re
from importlib.metadata import distributions

import html5lib
import nh3

HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
BLOCKS = ["p", "blockquote", "ul", "ol", "li", "pre", "table", "thead", "tbody", "tr", "th", "td"]
BLOCKS += ["dl", "dt", "dd", "hr"]
TAGS = {*HEADINGS[2:], *BLOCKS, "code", "em", "strong", "del", "a", "br"}
ATTRIBUTES = {"a": {"href", "rel"}, "ol": {"start"}, "pre": {"tabindex"}}
ATTRIBUTES |= {name: {"id"} for name in HEADINGS[2:]}
SCHEMES = {"http", "https", "mailto"}


@functools.cache
def real_descriptions() -> list[tuple[str, str, str]]:
    """The name, the type and the text of each description among the installed distributions."""
    found = {}
    for distribution in distributions():
        text = distribution.metadata.get("Description") or distribution.metadata.get_payload()
        kind = distribution.metadata.get("Description-Content-Type") or ""
        if isinstance(text, str) and text.strip():
            found[distribution.metadata["Name"]] = (kind, text)
    return [(name, kind, text) for name, (kind, text) in sorted(found.items())]


def parse(html: str):
    return html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)


def events(tree) -> list:
    """The tags with their attributes, and the texts, in their order."""
    found = []

    def add(text: str | None) -> None:
        if text and found and isinstance(found[-1], str):
            found[-1] += text
        elif text:
            found.append(text)

    def walk(node) -> None:
        for child in node:
            if isinstance(child.tag, str):
                found.append((child.tag, dict(child.attrib)))
                add(child.text)
                walk(child)
                found.append(("/" + child.tag, {}))
            add(child.tail)

    add(tree.text)
    walk(tree)
    return found


def shape(tree, *, unwrapped=()) -> str:
    """The tags and texts, without what does not show: most attributes, and space around blocks.

    Levels of headings are one, links that lead elsewhere keep their URL and others are text.
    """
    parts, literal, links = [], 0, []
    for event in events(tree):
        if isinstance(event, str):
            text = event.replace("<", "‹").replace(">", "›")
            parts.append(text.replace(" ", "·").replace("\n", "¶") if literal else text)
            continue
        tag, attributes = event
        name = tag.removeprefix("/")
        if name == "pre":
            literal += -1 if tag[0] == "/" else 1
        if name in HEADINGS:
            tag = tag.replace(name, "h")
        if tag == "a":
            url = attributes.get("href", "")
            links.append(re.match("(?i)(https?://|mailto:)[^ ]", url) is not None)
            if links[-1]:
                parts.append(f"<a {url}>")
        elif tag == "/a":
            if links.pop():
                parts.append("</a>")
        elif name == "code" and literal or name in unwrapped:
            continue
        elif name in BLOCKS or name in HEADINGS:
            parts.append(f"\n<{tag}>\n")
        elif tag == "br":
            parts.append("\n<br>\n")
        elif tag != "/br":
            parts.append(f"<{tag}>")
    text = re.sub(r"[ \t\f\r\n]*\n[ \t\f\r\n]*", "\n", "".join(parts))
    text = text.replace("¶\n</pre>", "\n</pre>")
    return re.sub(r"[ \t]+", " ", re.sub(r"\n([^<])", r" \1", text)).strip()


def assert_safe(html: str) -> None:
    """It holds only what it may, where browsers leave it, and no heading leaves out a level."""
    found = events(parse(html))
    cleaned = nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, link_rel=None, url_schemes=SCHEMES
    )
    assert [without_broken(event) for event in events(parse(cleaned))] == [
        without_broken(event) for event in found
    ]
    tags = [event for event in found if not isinstance(event, str)]
    assert {tag.removeprefix("/") for tag, _ in tags} <= TAGS
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids)) and all(name.startswith("description-") for name in ids)
    level = 2
    for tag, attributes in tags:
        assert set(attributes) <= ATTRIBUTES.get(tag, set()), (tag, attributes)
        if tag == "a" and attributes["href"].startswith("#"):
            assert attributes["href"][1:] in ids
        elif tag == "a":
            assert re.match("(?i)(https?://|mailto:)[^ \t\n]", attributes["href"])
            assert attributes["rel"] == "nofollow"
        if tag in HEADINGS:
            assert int(tag[1]) <= level + 1
            level = int(tag[1])


def without_broken(event):
    """Leaves out a URL that the sanitizer cannot read, and the space that it takes from lines."""
    if isinstance(event, str) or event[0] != "a":
        return event
    url = event[1].get("href", "")
    return event if url.startswith(("#", "mailto:")) else ("a", {"rel": "nofollow"})
