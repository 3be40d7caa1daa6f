"""Descriptions say what other renderers say: markdown-it-py for Markdown, docutils for the other.

Generated texts, and the descriptions of all installed distributions. Compared are the texts and the
tree of elements, in the order of the document (see `shape`); of attributes, the URLs of links that
lead to other sites. Generated Markdown has paragraphs, headings, quotes, lists, fenced and indented
code, tables, rules, emphasis, strong, struck, code, links of all forms, autolinks, breaks, escapes and
references. Generated reStructuredText has sections, paragraphs, all lists, quotes, literal blocks, code,
admonitions, line blocks, both tables, doctests, transitions, comments, and all inline markup. Images,
HTML and task lists have tests of their own in Tests/DescriptionMarkupTests.

LARDER_CASES is the number of texts of each kind (1,000), LARDER_SEED picks other ones.
"""

import difflib
import json
import os
import random
import re

import docutils.core
import pytest
from markdown_it import MarkdownIt

from description_maker import a_markdown, a_rst
from descriptions import parse, real_descriptions, shape
from probe import Probe

CASES = int(os.environ.get("LARDER_CASES", "1000"))
SEED = int(os.environ.get("LARDER_SEED", "1866"))


@pytest.fixture(scope="module")
def render():
    probe = Probe()

    def render(kind: str, texts: list[str]) -> list:
        requests = [("description", kind.encode(), text.encode("utf-8", "replace")) for text in texts]
        return [parse(json.loads(answer)) for answer in probe.ask_all(requests)]

    yield render
    probe.close()


# Markdown.

SETTINGS = {"html": False, "linkify": True, "typographer": False}
MARKDOWN = MarkdownIt("gfm-like", SETTINGS)
# The whole list of forbidden schemes is ours to test, not the reference's.
MARKDOWN.validateLink = lambda url: True


def markdown_reference(text: str) -> str:
    html = MARKDOWN.render(text)
    return shape(parse(re.sub("<(/?)s>", r"<\1del>", html)))


def test_generated_markdown_says_what_markdown_it_says(render):
    chance = random.Random(SEED)
    texts = [a_markdown(chance) for _ in range(CASES)]
    for text, tree in zip(texts, render("text/markdown", texts), strict=True):
        assert shape(tree) == markdown_reference(text), text


# reStructuredText.

DOCUTILS = {
    "report_level": 5, "halt_level": 6, "doctitle_xform": False, "docinfo_xform": False,
    "syntax_highlight": "none", "raw_enabled": False, "file_insertion_enabled": False,
    "compact_lists": False, "toc_backlinks": False, "section_self_link": False,
}  # fmt: skip


def docutils_tree(text: str):
    parts = docutils.core.publish_parts(text, writer="html5", settings_overrides=DOCUTILS)
    tree = parse(parts["body"])
    for parent in tree.iter():
        for child in list(parent):
            translate(parent, child)
    return tree


def translate(parent, node) -> None:
    """Makes an element of docutils' HTML one of ours."""
    classes = (node.attrib.get("class") or "").split()
    match node.tag:
        case "cite":
            node.tag = "em"
        case "span" if "literal" in classes or "option" in classes:
            node.tag = "code"
        case "span" if "colon" in classes:
            node.text = ""
        case "aside" if "admonition" in classes:
            node.tag = "blockquote"
            strong = node[0].makeelement("strong", {})
            strong.text, node[0].text = node[0].text, ""
            node[0].append(strong)
        case "aside" if "footnote" in classes:
            # The label is a text of its own there.
            node.tag = "div"
            label, *backlinks, paragraph = node
            paragraph.text = re.search(r"\[.*?\]", "".join(label.itertext()))[0] + " " + (paragraph.text or "")
            for child in [label, *backlinks]:
                node.remove(child)
        case "span" if "classifier" in classes:
            node.text = ": " + (node.text or "")
        case "div" if "line-block" in classes:
            node.tag = "p"
            for line in node[:-1]:
                line.append(line.makeelement("br", {}))
        case "code":
            node.tag = "code"


def rst_shape(tree) -> str:
    return shape(tree, unwrapped={"p-in", "main", "section", "div", "aside", "span", "colgroup", "col", "kbd", "sub", "var"})


def test_generated_restructured_text_says_what_docutils_says(render):
    chance = random.Random(SEED)
    texts = [a_rst(chance) for _ in range(CASES // 4)]
    for text, tree in zip(texts, render("text/x-rst", texts), strict=True):
        assert rst_shape(tree) == rst_shape(docutils_tree(text)), text


# The descriptions that are installed here.


def spoken(tree) -> list[str]:
    """The words of a tree, without tags; marks between them are apart."""
    return re.findall(r"[^\W_]+", re.sub("<[^>]*>", " ", shape(tree, unwrapped={"img"})))


def without(pattern: str, text: str) -> str:
    """A text without some directives and what is indented below them."""
    return re.sub(rf"(?m)^\.\. *{pattern}.*\n(?:[ \t]+.*\n|\n(?=[ \t]))*", "", text)


@pytest.mark.parametrize("kind", ["text/markdown", "text/x-rst"])
def test_real_descriptions_lose_no_word(render, kind):
    """What the other renderer shows is there in its order; there are words of images besides."""
    texts = [
        without("(?:contents|sectnum)::", text)[:20_000]
        for _, type, text in real_descriptions()
        if (type.split(";")[0] or "text/x-rst") == kind
    ]
    assert len(texts) > 20
    for text, tree in zip(texts, render(kind, texts), strict=True):
        other = docutils_tree(text) if kind == "text/x-rst" else real_markdown(text)
        expected, found = spoken(other), spoken(tree)
        matcher = difflib.SequenceMatcher(None, expected, found, autojunk=False)
        missing = [expected[a:b] for tag, a, b, _, _ in matcher.get_opcodes() if tag in ("replace", "delete")]
        # Distributions that others need are not pinned: one may have what neither is meant for.
        assert sum(map(len, missing)) <= len(expected) / 100, (text[:200], missing)


def real_markdown(text: str):
    html = MarkdownIt("gfm-like", SETTINGS | {"html": True}).render(text)
    return parse(re.sub("(?s)<!--.*?-->|<(script|style).*?</\\1>", "", html))
