"""Makes descriptions in Markdown and reStructuredText of all that both renderers of a test know."""

import random
import re

WORDS = ["larder", "wheel", "a", "x1", "Über", "日本", "2.0", "it's", "so-called", "(see)", "R&D", "1 < 2", "end."]
URLS = ["https://index.example/", "http://a.example/b?c=d&e=f#g", "mailto:a@b.example", "https://x.example/~(y)"]
ELSEWHERE = ["docs/x.md", "javascript:alert(1)", "ftp://x.example/", "//x.example/"]


def words(chance: random.Random, most: int = 6) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(chance.randrange(1, most)))


# Markdown.


def markdown_phrase(chance: random.Random, depth: int = 0) -> str:
    inner = (lambda: markdown_phrase(chance, depth + 1)) if depth < 2 else (lambda: words(chance, 3))
    url = chance.choice(URLS + ELSEWHERE)
    match chance.randrange(14):
        case 0:
            return f"*{inner()}*"
        case 1:
            return f"**{inner()}**"
        case 2:
            return f"~~{words(chance, 3)}~~"
        case 3:
            return f"`{words(chance, 3)} * <b>`"
        case 4 if depth == 0:
            return f"[{words(chance, 3)}]({url})"
        case 5 if depth == 0:
            return f"[{words(chance, 3)}](<{url}> \"{words(chance, 3)}\")"
        case 6 if depth == 0:
            return f"<{chance.choice(URLS[:2])}>"
        case 7:
            return chance.choice(["&amp;", "&lt;b&gt;", "&#x263A;", "&mdash;", "\\*", "\\[x\\]", "\\\\"])
        case 8 if depth == 0:
            return f"[{words(chance, 2)}][ref]"
        case 9 if depth == 0:
            return f"{words(chance, 2)}{chance.choice(['  ', chr(92)])}\n{words(chance, 2)}"
        case 10 if depth == 0:
            return f" {chance.choice(URLS[:2])} "
    return words(chance)


def markdown_line(chance: random.Random) -> str:
    return " ".join(markdown_phrase(chance) for _ in range(chance.randrange(1, 4))).strip()


def indent(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *((rest + line).rstrip() for line in lines[1:])])


def markdown_block(chance: random.Random, depth: int = 0) -> str:
    match chance.randrange(12 if depth < 2 else 5):
        case 0:
            return "#" * chance.randrange(1, 7) + " " + words(chance)
        case 1:
            return f"```python\n{words(chance)}\n\n  <b>\n```"
        case 2:
            return "    code\n      more"
        case 3:
            return f"{words(chance)}\n{chance.choice(['===', '---'])}"
        case 5:
            return indent(markdown_blocks(chance, depth + 1), "> ", "> ")
        case 6 | 7:
            gap = chance.choice(["\n", "\n\n"])
            mark = chance.choice(["-", "*", "+"])
            items = (markdown_item(chance, depth) for _ in range(chance.randrange(1, 4)))
            return gap.join(indent(item, mark + " ", "  ") for item in items)
        case 8:
            start = chance.choice([1, 1, 3])
            items = [markdown_item(chance, depth) for _ in range(chance.randrange(1, 4))]
            return "\n".join(indent(item, f"{start + n}. ", "   ") for n, item in enumerate(items))
        case 9:
            cells = lambda: "| " + " | ".join(words(chance, 3) for _ in range(3)) + " |\n"  # noqa: E731
            return cells() + "|---|:-:|--:|\n" + "".join(cells() for _ in range(chance.randrange(3)))
        case 10:
            return "***"
    return markdown_line(chance)


def markdown_item(chance: random.Random, depth: int) -> str:
    # After a heading, a rule, or indented code at the start, libmd4c 0.4 takes an item for over.
    more = markdown_blocks(chance, depth + 1) if chance.random() < 0.3 else ""
    is_known = re.search("^ *(#|\\*\\*\\*$|===|---)", more, re.MULTILINE)
    return words(chance) + (f"\n\n{more}" if more and not is_known else "")


def markdown_blocks(chance: random.Random, depth: int = 0) -> str:
    blocks = [markdown_block(chance, depth) for _ in range(chance.randrange(1, 5 - depth))]
    return "\n\n".join(blocks)


def a_markdown(chance: random.Random) -> str:
    return markdown_blocks(chance) + "\n\n[ref]: https://ref.example/ 'title'\n"


# reStructuredText.

INLINE = ["*em phasis*", "**strong**", "``co * de``", "`title`", ":sub:`2`", ":code:`x`", "\\*", "a\\ *b*", "*", "_x", "x_y"]
INLINE += ["`text <https://a.example/>`_", "`text <docs/x>`__", "named_", "`Named Two`_", "anon__", "https://u.example/x."]
INLINE += ["a@b.example", "|sub|", "[1]_", "(*em*)", "'**s**'", "x*y", "**", "`", "\"``x``\"", "2 * 3 * 4", "**a** *b*"]


def rst_line(chance: random.Random) -> str:
    def piece() -> str:
        return chance.choice(INLINE) if chance.random() < 0.4 else words(chance, 4)

    return "Text " + " ".join(piece() for _ in range(chance.randrange(1, 5)))


def rst_block(chance: random.Random, depth: int = 0) -> str:
    inner = lambda: rst_blocks(chance, depth + 1)  # noqa: E731
    match chance.randrange(18 if depth < 2 else 6):
        case 0:
            return rst_line(chance) + "\n" + rst_line(chance)
        case 1:
            return f"{words(chance)}::\n\n  code\n    <b>"
        case 2:
            return "::\n\n    code\n\n    more"
        case 3:
            return ">>> print(1)\n1"
        case 4:
            return "| verse\n| more verse"
        case 6 | 7:
            items = [rst_item(chance, depth) for _ in range(chance.randrange(1, 4))]
            return "\n".join(indent(item, "- ", "  ") + "\n" for item in items)
        case 8:
            items = [rst_item(chance, depth) for _ in range(chance.randrange(1, 4))]
            start = chance.choice([1, 1, 4])
            return "\n".join(indent(item, f"{start + n}. ", "   ") + "\n" for n, item in enumerate(items))
        case 9:
            return "\n".join(f"term {n}\n" + indent(inner(), "  ", "  ") for n in range(chance.randrange(1, 3)))
        case 10:
            return ":field: value\n:other field: value\n  goes on"
        case 11:
            return "-a         option a\n--long=X   option\n           of *two* lines"
        case 12:
            return indent(inner(), "  ", "  ")
        case 13:
            return f".. {chance.choice(['note', 'warning', 'tip'])}::\n\n" + indent(inner(), "   ", "   ")
        case 14:
            return ".. code-block:: python\n\n   x = 1\n\n   y <= 2"
        case 15:
            return "+-----+-----+\n| *a* | b   |\n+=====+=====+\n| c   | - d |\n|     | - é |\n+-----+-----+"
        case 16:
            return "====  =====\na     b\n====  =====\nc     *d*\ne     f g h\n      more\n====  ====="
        case 17 if depth == 0:
            return chance.choice([".. a comment\n   of lines", ".. _target:", "----"])
    return rst_line(chance)


def rst_item(chance: random.Random, depth: int) -> str:
    return rst_blocks(chance, depth + 1) if chance.random() < 0.3 else rst_line(chance)


def rst_blocks(chance: random.Random, depth: int = 0) -> str:
    # A comment, so that lists and quotes that follow each other stay apart.
    blocks = [rst_block(chance, depth) for _ in range(chance.randrange(1, 4 - depth))]
    return "\n\n..\n\n".join(blocks)


TARGETS = """

..

.. _named: https://named.example/
.. _Named Two: https://two.example/
.. |sub| replace:: put *in*
.. [1] Foot

"""


def with_targets(text: str) -> str:
    """A text and the targets of its references, of which there is one for each `anon__`."""
    anonymous = (f"__ https://anon.example/{n}\n" for n in range(text.count("anon__")))
    return text + TARGETS + "".join(anonymous)


def a_rst(chance: random.Random) -> str:
    parts = []
    for _ in range(chance.randrange(1, 4)):
        title = words(chance)
        style = chance.choice(["=", "-", "over"]) if parts else "="
        line = ("=" if style == "over" else style) * 60
        parts.append(f"{line}\n{title}\n{line}" if style == "over" else f"{title}\n{line}")
        parts.append(rst_blocks(chance))
    return with_targets("\n\n".join(parts))
