"""StrictJSON agrees with a strict reference made of Python's json, value by value.

LARDER_CASES is the number of generated and mutated texts (20,000).
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
SETTINGS = settings(
    max_examples=max(1, CASES // 4),
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


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
    except (ValueError, RecursionError):  # bad UTF-8, a BOM and lone surrogates are ValueErrors too
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


def check(probe: Probe, text: bytes) -> bool:
    """Asks both readers and the reference; returns whether the text is well-formed."""
    expected = reference(text)
    answers = probe.ask_all([("json", text), ("json-skip", text)])
    answer, skipped = (answer.split("\t") for answer in answers)
    if expected is None:
        assert answer[0] == "error", (text, answer)
        # The cursor documents that it leaves duplicate keys to its user.
        is_duplicate = answer[1].startswith("duplicateKey")
        assert skipped == (["ok"] if is_duplicate else answer) or is_duplicate, (text, skipped)
    else:
        assert answer == ["ok", expected], (text, answer)
        assert skipped == ["ok"], (text, skipped)
    return expected is not None


# Texts: well-formed ones in every spelling, broken ones, and words in any order.

SPACE = st.sampled_from(["", "", "", " ", "\n", "\t ", "\r\n"])
DIGITS = st.sampled_from(["0", "1", "12", "007", "99999999999999999999", "1" * 309])
NUMBERS = st.builds(
    lambda *parts: "".join(parts),
    st.sampled_from(["", "", "-"]),
    st.sampled_from(["0", "1", "10", "123", "9223372036854775808"]),
    st.sampled_from(["", "", ".0", ".5", ".000", ".25"]),
    st.sampled_from(["", "", "", "e0", "E5", "e+10", "e-400", "e307", "E00"]),
)
PIECES = st.sampled_from(
    ["a", "key", " ", "é", "✓", "😀", "\x7f", "\u2028", "\ufeff", "<", "'", "//", "sixteen bytes ..."]
    + [f"\\{letter}" for letter in '"\\/bfnrt']
    + ["\\u0000", "\\u0061", "\\u00e9", "\\u2713", "\\uFFFF", "\\ud83d\\ude00", "\\uDBFF\\uDFFF"]
)
STRINGS = st.lists(PIECES, max_size=5).map(lambda pieces: '"' + "".join(pieces) + '"')
LEAVES = st.one_of(NUMBERS, STRINGS, st.sampled_from(["true", "false", "null", "[]", "{}"]))


def containers(values):
    spaced = st.builds(lambda *parts: "".join(parts), SPACE, values, SPACE)
    member = st.builds(lambda key, space, value: f"{key}{space}:{value}", STRINGS, SPACE, spaced)
    return st.one_of(
        st.lists(spaced, max_size=4).map(lambda parts: "[" + ",".join(parts) + "]"),
        st.lists(member, max_size=4).map(lambda parts: "{" + ",".join(parts) + "}"),
    )


TEXTS = st.recursive(LEAVES, containers, max_leaves=12).map(lambda text: text.encode())

EDITS = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.sampled_from(["replace", "insert", "delete", "cut", "double"]),
        st.one_of(st.sampled_from(list(b'"\\[]{},:-+.eE0123456789u/ \n\t\x00\x1f\x7f\xc3\xff\'')), st.integers(0, 255)),
    ),
    min_size=1,
    max_size=3,
)


def edited(text: bytes, edits) -> bytes:
    for place, kind, byte in edits:
        at = int(place * len(text))
        match kind:
            case "replace":
                text = text[:at] + bytes([byte]) + text[at + 1 :]
            case "insert":
                text = text[:at] + bytes([byte]) + text[at:]
            case "delete":
                text = text[:at] + text[at + 1 :]
            case "cut":
                text = text[:at]
            case "double":
                text = text[: at + 1] + text[at:]
    return text


WORDS = st.lists(
    st.one_of(
        st.sampled_from(list('[]{},:" ') + ['"a"', '"a":', "0", "-", "+1", ".5", "1.", "01", "1e"]),
        st.sampled_from(["true", "nul", "NaN", "Infinity", "-Infinity", "1e999", "-1e400", "//", "/**/"]),
        st.sampled_from(["\ufeff", '"\\ud800"', '"\\udc00\\ud800"', '"\\u12"', '"\\x"', "'a'", "\x0b", "\xa0"]),
        DIGITS,
    ),
    max_size=8,
).map(lambda words: "".join(words).encode())


@SETTINGS
@given(TEXTS)
def test_agrees_on_generated_texts(probe, text):
    check(probe, text)


@settings(SETTINGS, max_examples=max(1, CASES // 2))
@given(TEXTS, EDITS)
def test_agrees_on_mutated_texts(probe, text, edits):
    check(probe, edited(text, edits))


@SETTINGS
@given(WORDS)
def test_agrees_on_words_in_any_order(probe, text):
    check(probe, text)


def test_accepts_and_refuses_a_good_share(probe):
    """The generator makes both kinds, so that agreement means something."""
    shuffle = random.Random(1)
    sample = b'{"a": [1, -2.5e3, "\\u00e9\\n", {"b": null}], "c": [true, false, {}, []]}'
    verdicts = []
    for _ in range(2_000):
        edits = [(shuffle.random(), shuffle.choice(["replace", "insert", "delete"]), shuffle.randrange(128))]
        verdicts.append(check(probe, edited(sample, edits)))
    assert 100 < sum(verdicts) < 1_900


SAMPLE = (
    '{"filename": "a-1.0.tar.gz", "hash": "sha256=00", "upload_timestamp": 1079304487, '
    '"requires_dist": ["b>=1; extra == \\"x\\"", "\\ud83d\\ude00é"], "yanked": true, "n": [-1.5e-3, null]}'
).encode()


def test_agrees_on_every_truncation(probe):
    assert check(probe, SAMPLE)
    for count in range(len(SAMPLE)):
        assert not check(probe, SAMPLE[:count])


@pytest.mark.parametrize("opening, closing", [("[", "]"), ('{"a":', "}"), ('[{"a":', "}]")])
def test_survives_depth_100000(probe, opening, closing):
    for text in [opening * 100_000, opening * 100_000 + "1" + closing * 100_000]:
        for verb in ["json", "json-skip"]:
            assert probe.ask(verb, text.encode()) == "error\ttooDeep(limit: 64)"


@settings(SETTINGS, max_examples=max(1, CASES // 10))
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_python_reads_back_what_is_written(probe, text):
    quoted = bytes.fromhex(probe.ask("json-quote", text.encode())).decode()
    assert json.loads(quoted) == text
    assert "<" not in quoted
