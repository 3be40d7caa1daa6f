"""Versions and specifiers against PyPI's `packaging`, on random cases.

LARDER_CASES is the number of cases of each test (20,000), LARDER_SEED picks other ones.
"""

import os
import sys
from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings, strategies
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version
from packaging_legacy.version import parse as parse_any

import versions
from differences import explained
from probe import Probe

CASES = int(os.environ.get("LARDER_CASES", "20000"))
SEED = int(os.environ.get("LARDER_SEED", "440"))
BATCH = 5000

DIFFERENCES = explained("versions")

sys.set_int_max_str_digits(0)


@pytest.fixture(scope="module")
def probe():
    probe = Probe()
    yield probe
    probe.close()


# A case: the request, the answer that `packaging` gives, and a difference that may apply.


def is_ascii(*texts: str) -> bool:
    return all(text.isascii() for text in texts)


def version_case(random: Random):
    text = versions.version_text(random)
    try:
        version = Version(text)
    except InvalidVersion:
        return ("version", text), "invalid", None
    flags = [
        version.is_prerelease,
        version.is_devrelease,
        version.is_postrelease,
        version.local is not None,
        str(version) == text,
        True,
    ]
    answer = [
        str(version),
        "".join("1" if flag else "0" for flag in flags),
        version.public,
        version.base_version,
        ",".join(map(str, version.release)),
        version.local or "-",
    ]
    return ("version", text), "\t".join(answer), None if is_ascii(text) else "non-ascii"


def compare_case(random: Random):
    if random.random() < 0.3:
        left, right = versions.legacy_text(random), versions.legacy_text(random)
        if random.random() < 0.5:
            right = versions.mutate(random, left)
    else:
        origin = versions.shape(random)
        left = versions.version_text(random, origin)
        right = versions.version_text(random, origin)
    first, second = parse_any(left), parse_any(right)
    answer = "0" if first == second else "-1" if first < second else "1"
    return ("compare", left, right), answer, None if is_ascii(left, right) else "non-ascii"


def normal_compatible(specifier: str) -> str:
    """The specifier with the operands of `~=` in their normal form."""

    def normal(clause: str) -> str:
        if not clause.strip().startswith("~="):
            return clause
        try:
            return "~=" + str(Version(clause.strip()[2:]))
        except InvalidVersion:
            return clause

    return ",".join(map(normal, specifier.split(",")))


def ask_specifier(specifier: str, question):
    """The answers of `packaging`: as the specifier stands, and with normal operands of `~=`."""
    answers = []
    for text in (specifier, normal_compatible(specifier)):
        try:
            answers.append(question(SpecifierSet(text)))
        except InvalidSpecifier:
            answers.append("error")
        except AssertionError:
            answers.append("crash")
    return answers


def specifier_difference(answers, *texts: str):
    if not is_ascii(*texts):
        return "non-ascii"
    return "compatible-spelling" if answers[0] != answers[1] else None


def specifier_case(random: Random):
    origin = versions.shape(random)
    specifier = versions.specifier_text(random, origin)
    text = versions.version_text(random, origin)
    flag = random.choice([None, None, True, False])

    def question(specifiers: SpecifierSet) -> str:
        answer = str(specifiers.contains(text, prereleases=flag)).lower()
        try:
            parsed = str(specifiers.contains(Version(text), prereleases=flag)).lower()
        except InvalidVersion:
            parsed = "-"
        return f"{answer}\t{parsed}"

    answers = ask_specifier(specifier, question)
    request = ("specifier", specifier, text, {None: "", True: "1", False: "0"}[flag])
    return request, answers[1], specifier_difference(answers, specifier, text)


def filter_case(random: Random):
    origin = versions.shape(random)
    specifier = versions.specifier_text(random, origin)
    texts = [versions.version_text(random, origin) for _ in range(random.randrange(9))]
    flag = random.choice([None, None, True, False])

    def question(specifiers: SpecifierSet) -> str:
        # Filtered by place, because equal texts may stand in the list more than once.
        items = [Item(place, text) for place, text in enumerate(texts)]
        return ",".join(str(item.place) for item in specifiers.filter(items, prereleases=flag))

    answers = ask_specifier(specifier, question)
    request = ("filter", specifier, {None: "", True: "1", False: "0"}[flag], *texts)
    return request, answers[1], specifier_difference(answers, specifier, *texts)


class Item(str):
    """A version text that knows its place in the list."""

    def __new__(cls, place: int, text: str):
        item = super().__new__(cls, text)
        item.place = place
        return item


MAKERS = {
    "version": version_case,
    "compare": compare_case,
    "specifier": specifier_case,
    "filter": filter_case,
}


def check(probe, cases, seen):
    answers = probe.ask_all(
        [(verb, *(part.encode() for part in parts)) for (verb, *parts), _, _ in cases]
    )
    for (request, expected, difference), answer in zip(cases, answers, strict=True):
        seen["cases"] += 1
        seen[answer if answer in ("invalid", "error") else "valid"] += 1
        if answer == expected and difference != "compatible-spelling":
            continue
        # For a spelling of ~= the expected answer is the one for its normal form.
        assert difference in DIFFERENCES and (answer == expected or difference == "non-ascii"), (
            f"{request!r}: packaging says {expected!r}, Larder says {answer!r}"
        )
        seen[f"difference {difference}"] += 1


@pytest.mark.parametrize("subject", MAKERS)
def test_random_cases_agree(probe, subject):
    random = Random(f"{SEED} {subject}")
    seen = Counter()
    for start in range(0, CASES, BATCH):
        check(probe, [MAKERS[subject](random) for _ in range(min(BATCH, CASES - start))], seen)
    print(f"\n{subject}: {dict(seen)}")


@pytest.mark.parametrize("subject", MAKERS)
@given(random=strategies.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_shrinkable_cases_agree(probe, subject, random):
    check(probe, [MAKERS[subject](random)], Counter())


def test_long_texts_are_refused(probe):
    """The difference `length`."""
    longest = "9" * 65_535
    assert probe.ask("version", longest.encode()).startswith(longest)
    assert probe.ask("version", f"{longest}9".encode()) == "invalid"
    assert Version(f"{longest}9").release[0] > 0
    assert {"length", "non-ascii", "compatible-spelling"} == DIFFERENCES
