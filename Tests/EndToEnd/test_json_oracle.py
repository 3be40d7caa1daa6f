"""StrictJSON agrees with a strict reference made of Python's json, value by value.

LARDER_CASES is the number of texts of each generator (20,000), LARDER_SEED picks other ones.
"""

import json
import math
import os
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from probe import Probe

CASES = int(os.environ.get("LARDER_CASES", "20000"))
SEED = int(os.environ.get("LARDER_SEED", "8259"))
BATCH = 1_000


@pytest.fixture(scope="module")
def probe():
    probe = Probe()
    yield probe
    probe.close()


# The reference: json's own grammar, and what it leaves open refused.


class Refused(ValueError):
    pass


class Number(str):
    pass


def number(text):
    if math.isinf(float(text)):
        raise Refused("out of range")
    return Number(text)


def constant(text):
    raise Refused(text)


def members(pairs):
    if len({key for key, _ in pairs}) != len(pairs):
        raise Refused("duplicate key")
    return dict(pairs)


def reference(text: bytes):
    """The dump that the probe answers for a well-formed text, or None for a malformed one."""
    try:
        value = json.loads(
            text.decode("utf-8"),
            object_pairs_hook=members,
            parse_constant=constant,
            parse_int=number,
            parse_float=number,
        )
        return dump(value)
    except ValueError:  # also bad UTF-8, a byte order mark, and lone surrogates in a dump
        return None


def dump(value) -> str:
    match value:
        case Number():
            return "n" + value
        case str():
            return "s" + value.encode("utf-8").hex()
        case dict():
            parts = (f"{dump(key)}:{dump(member)}" for key, member in value.items())
            return "{" + ",".join(parts) + "}"
        case list():
            return "[" + ",".join(map(dump, value)) + "]"
    return {True: "true", False: "false", None: "null"}[value]


def check_all(probe: Probe, texts) -> list[bool]:
    """Asks both readers and the reference; returns which texts are well-formed."""
    requests = [(verb, text) for text in texts for verb in ("json", "json-skip")]
    answers = [answer.split("\t") for answer in probe.ask_all(requests)]
    verdicts = []
    for text, answer, skipped in zip(texts, answers[::2], answers[1::2], strict=True):
        expected = reference(text)
        verdicts.append(expected is not None)
        if expected is not None:
            assert answer == ["ok", expected], text
            assert skipped == ["ok"], text
        else:
            assert answer[0] == "error", text
            # The cursor documents that it leaves duplicate keys to its user.
            assert skipped == answer or answer[1].startswith("duplicateKey"), text
    return verdicts


# Texts: well-formed ones in every spelling, damaged ones, and words in any order. The source of
# chance is an argument, so that Hypothesis can shrink what fails.

SPACE = ["", "", "", " ", "\n", "\t ", "\r\n"]
PIECES = [
    *["a", "key", " ", "é", "✓", "😀", "\x7f", "\u2028", "\ufeff", "<", "'", "//"],
    "sixteen bytes ...",
    *["\\" + letter for letter in '"\\/bfnrt'],
    *["\\u0000", "\\u0061", "\\u00e9", "\\uFFFF", "\\ud83d\\ude00", "\\uDBFF\\uDFFF"],
]
DIGITS = ["0", "1", "10", "123", "9223372036854775808", "1" * 308]
FRACTIONS = ["", "", ".0", ".5", ".000", ".25"]
EXPONENTS = ["", "", "", "e0", "E5", "e+10", "e-400", "e307", "e308", "E00"]
ODDITIES = [
    *list('[]{},:" '),
    *['"a"', '"a":', "0", "-", "+1", ".5", "1.", "01", "1e", "007", "1e999", "-1e400"],
    *["true", "nul", "NaN", "Infinity", "-Infinity", "//", "/**/", "#", "'a'", "1" * 309],
    *["\ufeff", "\x0b", "\xa0", '"\\u12"', '"\\x"'],
    *['"\\ud800"', '"\\udc00\\ud800"', '"\\ud83d\\n"'],
]
BYTES = list(b'"\\[]{},:-+.eE0123456789u/ \n\t\x00\x1f\x7f\xc3\xff') + list(range(256))


def a_string(chance: random.Random) -> str:
    return '"' + "".join(chance.choices(PIECES, k=chance.randrange(5))) + '"'


def a_number(chance: random.Random) -> str:
    parts = [["", "", "-"], DIGITS, FRACTIONS, EXPONENTS]
    return "".join(chance.choice(part) for part in parts)


def a_value(chance: random.Random, depth: int = 0) -> str:
    def spaced(text: str) -> str:
        return chance.choice(SPACE) + text + chance.choice(SPACE)

    def member() -> str:
        return spaced(a_string(chance)) + ":" + spaced(a_value(chance, depth + 1))

    count = chance.randrange(4)
    match chance.randrange(8 if depth < 4 else 6):
        case 0 | 1:
            return a_number(chance)
        case 2 | 3 | 4:
            return a_string(chance)
        case 5:
            return chance.choice(["true", "false", "null", "[]", "{}"])
        case 6:
            return "[" + ",".join(spaced(a_value(chance, depth + 1)) for _ in range(count)) + "]"
        case _:
            return "{" + ",".join(member() for _ in range(count)) + "}"


def generated(chance: random.Random) -> bytes:
    return a_value(chance, chance.randrange(2)).encode()


def words(chance: random.Random) -> bytes:
    return "".join(chance.choices(ODDITIES, k=chance.randrange(1, 8))).encode()


def mutated(chance: random.Random) -> bytes:
    text = generated(chance)
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(text) + 1)
        byte = bytes([chance.choice(BYTES)])
        text = chance.choice(
            [
                text[:at] + byte + text[at + 1 :],
                text[:at] + byte + text[at:],
                text[:at] + text[at + 1 :],
                text[:at],
                text[: at + 1] + text[at:],
            ]
        )
    return text


GENERATORS = pytest.mark.parametrize("generator", [generated, mutated, words])


@GENERATORS
def test_agrees_on_many_texts(probe, generator):
    chance = random.Random(SEED)
    verdicts = []
    for _ in range(0, CASES, BATCH):
        verdicts += check_all(probe, [generator(chance) for _ in range(BATCH)])
    # Both kinds are among them, or agreement would mean nothing.
    assert 0.01 < sum(verdicts) / len(verdicts) < 0.99


@GENERATORS
@settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(chance=st.randoms(use_true_random=False))
def test_agrees_on_texts_that_shrink(probe, generator, chance):
    check_all(probe, [generator(chance)])


SAMPLE = (
    '{"filename": "a-1.0.tar.gz", "hash": "sha256=00", "upload_timestamp": 1079304487, '
    '"requires_dist": ["b>=1; extra == \\"x\\"", "\\ud83d\\ude00é"], '
    '"yanked": true, "n": [-1.5e-3, null]}'
).encode()


def test_agrees_on_every_truncation(probe):
    cuts = [SAMPLE[:count] for count in range(len(SAMPLE))]
    assert check_all(probe, [*cuts, SAMPLE]) == [False] * len(cuts) + [True]


@pytest.mark.parametrize("opening, closing", [("[", "]"), ('{"a":', "}"), ('[{"a":', "}]")])
def test_survives_depth_100000(probe, opening, closing):
    for text in [opening * 100_000, opening * 100_000 + "1" + closing * 100_000]:
        for verb in ["json", "json-skip"]:
            assert probe.ask(verb, text.encode()) == "error\ttooDeep(limit: 64)"


@settings(max_examples=500, deadline=None, database=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_python_reads_back_what_is_written(probe, text):
    quoted = bytes.fromhex(probe.ask("json-quote", text.encode())).decode()
    assert json.loads(quoted) == text
    assert "<" not in quoted
