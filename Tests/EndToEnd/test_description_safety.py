"""Descriptions become HTML that is safe on any page, whatever is in them.

LARDER_CASES is the number of hostile texts of each kind (1,000), LARDER_SEED picks other ones.
"""

import json
import os
import random
from pathlib import Path

import pytest

from descriptions import assert_safe, events, parse, real_descriptions
from probe import Probe

CASES = int(os.environ.get("LARDER_CASES", "1000"))
SEED = int(os.environ.get("LARDER_SEED", "1866"))
KINDS = ["text/markdown", "text/x-rst", "text/plain"]


@pytest.fixture(scope="module")
def probe():
    probe = Probe()
    yield probe
    probe.close()


@pytest.fixture
def render(probe):
    def render(texts: list[tuple[str, bytes]]) -> list[str]:
        requests = [("description", kind.encode(), text) for kind, text in texts]
        return [json.loads(answer) for answer in probe.ask_all(requests)]

    return render


URLS = ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "\x01javascript:x"]
URLS += ["java\nscript:x", "&#106;avascript:x", "javascript&colon;x", "&#x6A&#x61vascript:x", "vbscript:x"]
URLS += ["data:text/html,<script>x</script>", "//e.example", "/\\e.example", "\\\\e.example", " https://e.example"]
URLS += ["https:\\\\e.example", "https://e.example/\"onclick=x", "https://e.example/'><img src=x>", "http:e"]
URLS += ["https://e.example/`x`", "mailto:a@b.example", "mailto:a@b.example?body=\"><script>", "#a", "#%61"]
URLS += ["https://\u202ee.example", "https://e.example/<script>", "feed:javascript:x", "file:///etc", "x.md"]
URLS += ["https://", "HTTPS://E.EXAMPLE", "https://[::1]/", "https://e.example:99999/", "#\"onload=x"]
HTML = ["<script>alert(1)</script>", "<SCRIPT SRC=x>", "</script>", "<img src=x onerror=alert(1)>", "<!--", "-->"]
HTML += ["<svg onload=x>", "<math><mtext><style><img>", "<style>*{}</style>", "<iframe srcdoc=x>", "</p>", "</div>"]
HTML += ["<a href=\"javascript:x\">", "<a href='https://e.example' onclick=x>", "</a>", "<p align=center>", "<br>"]
HTML += ["<b>", "</b>", "<h1 id=x>", "</h1>", "<table><tr><td>", "<details><summary>", "<pre>", "</pre>", "<?x", "<![CDATA["]
HTML += ["<img alt='\"><script>' src=\"https://e.example/x.svg\">", "<a name=x>", "<form action=x>", "<input>", "<code>"]
HTML += ["<base href=//e.example>", "<meta http-equiv=refresh>", "<li>", "<title>", "<textarea>", "<noscript><p title=\"</noscript><img>"]
MARKS = ["*", "**", "_", "`", "``", "```\n", "~~", "[", "](", "][", "]", ")", "![", "<", ">", "\n", "\n\n", "# ", "\n> ", "\n- "]
MARKS += ["\n1. ", "\n|a|b|\n|-|-|\n|c|d|\n", "\\", "&amp;", "&#0;", "&lt;", "\n---\n", "\n===\n", "\n    ", "\t", "\x00", "\x1b", "\x0c"]
MARKS += ["\xff", "\ufeff", "\u2028", "- [x] ", "[a]: ", "[a]", "text", " ", " ", "é", "\r", "\"", "'", "\ud800"]
REST = ["\n.. image:: ", "\n   :alt: ", "\n   :target: ", "\n.. _a: ", "`a <", ">`_", "a_ ", "|a|", "\n.. |a| image:: ", "::\n\n  "]
REST += ["\n.. |a| replace:: ", "\n.. raw:: html\n\n   ", "\n.. include:: /etc/passwd\n", "\n.. csv-table::\n   :file: /etc/passwd\n"]
REST += ["\n.. code:: ", "\n.. note:: ", "\n\n====\n", "\n+--+--+\n|a |b |\n+--+--+\n", "\n== ==\na  b\n== ==\n", "__ ", "`a`__ ", ":a:`"]
REST += ["\n:a: ", "\n  ", "\n| ", "\n-a  b\n", "\nterm\n  definition\n", "\n.. [1] ", "[1]_ ", "\n>>> ", "\n.. contents::\n", "\n.. unknown:: "]


def hostile(chance: random.Random) -> bytes:
    pieces = URLS + HTML + MARKS * 2 + REST
    text = "".join(chance.choice(pieces) for _ in range(chance.randrange(1, 40)))
    return text.encode("utf-8", "surrogatepass")


def mutated(chance: random.Random) -> bytes:
    """A piece of a real description with a few hostile ones in it."""
    _, _, text = chance.choice(real_descriptions())
    start = chance.randrange(len(text))
    text = text[start : start + chance.randrange(1, 1500)]
    for _ in range(chance.randrange(1, 8)):
        place = chance.randrange(len(text) + 1)
        piece = chance.choice(URLS + HTML + MARKS + REST)
        text = text[:place] + piece + text[place + chance.randrange(3) :]
    return text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("make", [hostile, mutated])
def test_hostile_texts_become_safe_html(render, make):
    chance = random.Random(SEED)
    texts = [(chance.choice(KINDS[:2]), make(chance)) for _ in range(CASES)]
    for (kind, text), html in zip(texts, render(texts), strict=True):
        try:
            assert_safe(html)
        except AssertionError as error:
            raise AssertionError((kind, text, html)) from error


def test_real_descriptions_become_safe_html(render):
    texts = [(kind, text.encode("utf-8", "replace")) for _, kind, text in real_descriptions()]
    assert len(texts) > 50
    for html in render(texts):
        assert_safe(html)
        assert len(html) > 100


def test_plain_text_stays_as_it_is(render):
    chance = random.Random(SEED)
    texts = [hostile(chance).replace(b"\x00", b"") for _ in range(CASES // 10)]
    for text, html in zip(texts, render([("text/plain", text) for text in texts]), strict=True):
        assert [event[0] for event in events(parse(html)) if not isinstance(event, str)] == ["pre", "/pre"]
        shown = "".join(parse(html).itertext()).removesuffix("\n")
        assert visible(shown) == visible(text.decode("utf-8", "replace"))


def visible(text: str) -> str:
    return "".join(letter for letter in text if letter > " " and letter not in "\x7f\ufeff\ufffd")


REPEATED = [">", "- ", "* ", "1. ", "[", "![", "[](", "[](\n", "[a]\n", "*a ", "_a__", "`a", "<a ", "<!--", "|a", "&", "\\", "<b>"]
REPEATED += ["\n- a\n", "[a]: b\n[a]\n", "http://", "`a`x", "|a| ", "a_.", "a@", ":a:`b", ".. a::\n\n ", "+-+\n| |\n", "- - ", "\n ", "(", "=\n"]


def processor_seconds(process) -> float:
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize("kind", KINDS[:2])
def test_the_time_for_a_text_is_linear_in_its_length(probe, kind):
    """Four times as much of a mark takes no ten times as long."""
    for piece in REPEATED:
        seconds = []
        for count in (20_000, 80_000):
            text = (piece * count)[:count].encode()
            before = processor_seconds(probe.child)
            probe.ask("description", kind.encode(), text)
            seconds.append(processor_seconds(probe.child) - before)
        assert seconds[1] < 10 * seconds[0] + 0.1, (piece, seconds)
