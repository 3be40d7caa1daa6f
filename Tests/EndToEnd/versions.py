"""Random versions and specifiers: valid in every spelling, nearly valid, and far from it."""

from dataclasses import dataclass, replace
from random import Random

# Spellings that real lists hold and that parsers trip over.
SEEDS = """
1.0 1.0.0 0 00.01 1!2.0 0!1.0 v1.0 V01.002 1.0a-1 1.0-1 1.0a. 1.0-rev 1.0-r 1.0c1 1.0-preview_3
1.0alpha 1.0_beta_2 1.0RC1 1.0pre 1.0.post5 1.0.dev 1.0.dev456 1.0-dev-1 1.0a--1 1.0a-rev.dev_2
1.0+ubuntu.1 1.0+Ubuntu-1 1.0+ubuntu_01.x 1.0+01 1.0+1a.b 20160920.193125 2004d 1.0.3.dev-20110405
1.3.7+build.11.e0f985a 1.4.2-2 2.0b2-r333 0.2.1_r291 0.1.3-py2.7 1.0.0-SNAPSHOT 1.0-final latest
1.0.linux-x86_64 1.7.0.win32-py3.1 1.0+ 1.0- 1..0 .1 1. 1_0 1.0e1 1.0.dev1.post1 1.0a1b2
1.0.post5.post2 dev-foo final 0.1.2-SNAPSHOT 1.0.0-py2.7 1.0-0-a 1-0--rc 1.0pl1 1.2.0-0.1 *final-
""".split()

EDITS = " .-_+!*,;)=<>~vVaAbBcCrRdDpPoOsStTfinalxyz0123456789\t\n\r\x0b\x0c\x1c\x1f\x00\x7f"
FOREIGN = "\u00a0\u0085\u2003é\u0661\u017f\u212a\U0001f4e6"


@dataclass(frozen=True)
class Shape:
    """A version before it is spelled."""

    epoch: int = 0
    release: tuple = (1,)
    pre: tuple | None = None
    post: int | None = None
    dev: int | None = None
    local: tuple | None = None


def number(random: Random) -> int:
    roll = random.random()
    if roll < 0.75:
        return random.randrange(4)
    if roll < 0.9:
        return random.choice([9, 10, 11, 20, 98, 99, 100, 101, 110, 255, 999, 1000, 2016])
    if roll < 0.98:
        return random.randrange(10**14)
    if roll < 0.9995:
        return random.randrange(10 ** random.randrange(130, 150))
    return random.randrange(10 ** random.randrange(4000, 5000))


def optional(random: Random, chance: float, make):
    return make() if random.random() < chance else None


def segment(random: Random):
    if random.random() < 0.5:
        return number(random)
    return random.choice(["a", "ab", "abc", "b1", "1b", "z", "ubuntu", "cu118", "0x", "e0f985a"])


def shape(random: Random) -> Shape:
    return Shape(
        epoch=number(random) if random.random() < 0.1 else 0,
        release=tuple(number(random) for _ in range(random.choice([1, 1, 2, 2, 2, 3, 3, 4, 6]))),
        pre=optional(random, 0.3, lambda: (random.choice("abc"), number(random))),
        post=optional(random, 0.2, lambda: number(random)),
        dev=optional(random, 0.2, lambda: number(random)),
        local=optional(
            random, 0.15, lambda: tuple(segment(random) for _ in range(random.randrange(1, 4)))
        ),
    )


def near(random: Random, origin: Shape) -> Shape:
    """The same version with one part, often none, taken from another."""
    other = shape(random)
    field = random.choice(["epoch", "release", "pre", "post", "dev", "local", "zeros", "cut", "last"])
    if field == "zeros":
        return replace(origin, release=origin.release + (0,) * random.randrange(3))
    if field == "cut":
        return replace(origin, release=origin.release[: random.randrange(1, 4)])
    if field == "last":
        last = max(0, origin.release[-1] + random.choice([-1, 1]))
        return replace(origin, release=origin.release[:-1] + (last,))
    return replace(origin, **{field: getattr(other, field)})


def spell(random: Random, version: Shape, plain: float = 0.5) -> str:
    """A text for the version: its normal form at times, else any spelling of it."""
    if random.random() < plain:
        text = f"{version.epoch}!" if version.epoch else ""
        text += ".".join(map(str, version.release))
        if version.pre is not None:
            text += {"a": "a", "b": "b", "c": "rc"}[version.pre[0]] + str(version.pre[1])
        if version.post is not None:
            text += f".post{version.post}"
        if version.dev is not None:
            text += f".dev{version.dev}"
        if version.local is not None:
            text += "+" + ".".join(map(str, version.local))
        return text
    digits = lambda value: "0" * random.choice([0, 0, 0, 1, 2]) + str(value)
    gap = lambda: random.choice(["", "", ".", "-", "_"])
    tail = lambda value: "" if value == 0 and random.random() < 0.5 else digits(value)
    text = random.choice(["", "", "v"])
    if version.epoch or random.random() < 0.1:
        text += digits(version.epoch) + "!"
    text += ".".join(map(digits, version.release))
    if version.pre is not None:
        words = {"a": ["a", "alpha"], "b": ["b", "beta"], "c": ["c", "rc", "pre", "preview"]}
        text += gap() + random.choice(words[version.pre[0]]) + gap() + tail(version.pre[1])
    if version.post is not None:
        if random.random() < 0.3:
            text += "-" + digits(version.post)
        else:
            text += gap() + random.choice(["post", "rev", "r"]) + gap() + tail(version.post)
    if version.dev is not None:
        text += gap() + "dev" + gap() + tail(version.dev)
    if version.local is not None:
        text += "+" + digits(version.local[0]) if isinstance(version.local[0], int) else ""
        text += "" if isinstance(version.local[0], int) else f"+{version.local[0]}"
        for part in version.local[1:]:
            text += random.choice(".-_") + (digits(part) if isinstance(part, int) else part)
    if random.random() < 0.3:
        text = "".join(random.choice([letter.lower(), letter.upper()]) for letter in text)
    if random.random() < 0.2:
        space = lambda: "".join(random.choice(" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f") for _ in range(2))
        text = space() + text + space()
    return text


def mutate(random: Random, text: str) -> str:
    """The text after one to three small accidents."""
    for _ in range(random.randrange(1, 4)):
        place = random.randrange(len(text) + 1)
        letter = random.choice(FOREIGN if random.random() < 0.02 else EDITS)
        match random.randrange(5):
            case 0:
                text = text[:place] + letter + text[place:]
            case 1:
                text = text[:place] + text[place + 1 :]
            case 2:
                text = text[:place] + letter + text[place + 1 :]
            case 3:
                text = text[:place] + text[place : place + 2][::-1] + text[place + 2 :]
            case 4:
                text = text[:place] + text[max(0, place - 4) :]
    return text


def version_text(random: Random, origin: Shape | None = None) -> str:
    """A text to be read as a version, near `origin` when that is given."""
    roll = random.random()
    if roll < 0.1:
        text = random.choice(SEEDS)
    else:
        text = spell(random, near(random, origin) if origin else shape(random))
    return mutate(random, text) if random.random() < (0.15 if origin else 0.4) else text


def legacy_text(random: Random) -> str:
    """A text of the kind that was a version before PEP 440."""
    words = ["-", ".", "_", "+", "final", "rc", "pre", "preview", "dev", "alpha", "b", "post", "r"]
    words += ["pl", "SNAPSHOT", "py2.7", "linux-x86_64", "*", "@", " ", "\x00", "FINAL-", "z"]
    words += ["0", "00", "00000000", "000000000", "1", "10", "2", "20160920193125", "99999999"]
    return "".join(random.choice(words) for _ in range(random.randrange(1, 8)))


def clause_text(random: Random, origin: Shape) -> str:
    operator = random.choice(["~=", "==", "!=", "<=", ">=", "<", ">", "==="])
    target = near(random, origin)
    # Most clauses should be valid, or few cases would look at anything but the parser.
    if operator not in ("==", "!=", "===") and random.random() < 0.95:
        target = replace(target, local=None)
    if operator == "~=" and len(target.release) == 1 and random.random() < 0.95:
        target = replace(target, release=target.release + (number(random),))
    if operator in ("==", "!=") and random.random() < 0.4:
        target = replace(target, pre=None, post=None, dev=None, local=None)
        operand = spell(random, target).strip() + ".*"
    else:
        operand = spell(random, target, plain=0.7).strip()
    space = lambda: random.choice(["", "", "", " ", "\t", " \n"])
    text = space() + operator + space() + operand + space()
    return mutate(random, text) if random.random() < 0.05 else text


def specifier_text(random: Random, origin: Shape) -> str:
    clauses = [clause_text(random, origin) for _ in range(random.choice([0, 1, 1, 1, 2, 2, 3]))]
    if random.random() < 0.05:
        clauses.insert(random.randrange(len(clauses) + 1), random.choice(["", " "]))
    return ",".join(clauses)
