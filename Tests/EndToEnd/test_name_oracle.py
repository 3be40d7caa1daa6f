"""Project names and file names against PyPI's `packaging` and dumb-pypi's rule, on random cases.

LARDER_CASES is the number of cases of each test (20,000), LARDER_SEED picks other ones.
"""

import os
import re
import sys
from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings, strategies
from packaging.tags import Tag
from packaging.utils import (
    InvalidName,
    InvalidWheelFilename,
    canonicalize_name,
    is_normalized_name,
    parse_wheel_filename,
)
from packaging.version import InvalidVersion, Version

import guesser
import names
from differences import explained
from probe import Probe

CASES = int(os.environ.get("LARDER_CASES", "20000"))
SEED = int(os.environ.get("LARDER_SEED", "503"))
BATCH = 5000

sys.set_int_max_str_digits(0)


@pytest.fixture(scope="module")
def probe():
    probe = Probe()
    yield probe
    probe.close()


# A check takes a text and Larder's answer, asserts all that is the same, and names the explained
# differences that it met.


def check_name(text: str, answer: str) -> set[str]:
    valid, normalized, form = answer.split("\t")
    try:
        canonicalize_name(text, validate=True)
        assert valid == "1"
    except InvalidName:
        assert valid == "0"
    assert (normalized == "1") == is_normalized_name(text)
    theirs, ours = canonicalize_name(text), bytes.fromhex(form).decode()
    if ours == theirs:
        return set()
    # What the differences leave over: nothing but ASCII is lower-cased, the ends are trimmed.
    lower = re.sub("[A-Z]", lambda letter: letter[0].lower(), text)
    assert ours == re.sub("[-_.]+", "-", lower).strip("-")
    assert valid == "0"
    found = set()
    if not text.isascii():
        found.add("non-ascii name")
    if theirs != theirs.strip("-"):
        found.add("separators at the ends")
    assert found
    return found


def check_wheel(text: str, answer: str) -> set[str]:
    try:
        name, version, build, tags = parse_wheel_filename(text)
    except InvalidWheelFilename:
        assert answer == "invalid"
        return set()
    if answer == "invalid":
        assert not text.isascii()
        return {"non-ascii name"}
    parts = [bytes.fromhex(part).decode() for part in answer.split("\t")]
    assert canonicalize_name(parts[0]) == name
    assert str(Version(parts[1])) == str(version)
    tag, line_feed, _ = parts[2].partition("\n")
    number = re.match("[0-9]*", tag)[0]
    assert ((int(number), tag[len(number) :]) if tag else ()) == build
    pythons, abis, platforms = (part.split(".") for part in parts[3:])
    assert tags == {Tag(*tag) for tag in product(pythons, abis, platforms)}
    assert "-".join(part for part in parts if part) + ".whl" == text
    return {"line feed in a build tag"} if line_feed else set()


def product(pythons, abis, platforms):
    return ((one, two, three) for one in pythons for two in abis for three in platforms)


def check_filename(text: str, answer: str) -> set[str]:
    found = set()
    expected = larder_guess(text, found)
    if expected is None:
        assert answer.startswith("refused\t"), answer
        return found
    kind, *parts, valid = answer.split("\t")
    assert tuple(bytes.fromhex(part).decode() for part in parts) == expected
    assert (valid == "1") == is_version(expected[1])
    assert kind in kinds(text, "platform" in found)
    return found


def is_version(text: str) -> bool:
    try:
        Version(text)
        return True
    except InvalidVersion:
        return False


# The bytes that Larder takes and dumb-pypi does not.
KEPT = "!~"
SIDECARS = (".asc", ".sig", ".md5", ".sha256", ".sha512", ".metadata", ".provenance")
EXTENSION = re.compile(r"(\.tar\.(gz|bz2|xz|zst|z|lz|lzma)|\.[^.]*)\Z", re.IGNORECASE)
# What may stand behind a version: `-py3.8`, `.win32`, `-1.noarch`.
PLATFORM = re.compile(
    "[-.](py[0-9]|win32|win64|win-|linux|macosx|darwin|osx|cygwin|freebsd|noarch|src|x86_64|i386"
    "|i686|aarch64)",
    re.IGNORECASE,
)


def larder_guess(text: str, found: set[str]) -> tuple[str, str] | None:
    """What Larder should say: dumb-pypi's answer, changed by the explained differences."""
    if not guesser.is_safe(text, KEPT):
        return None
    if not guesser.is_safe(text):
        found.add("kept bytes")
    theirs = guesser.guess(text, KEPT)
    for difference, applies in [
        ("hidden", text.startswith((".", "-"))),
        ("sidecar", text.endswith(SIDECARS)),
    ]:
        if applies:
            found.update({difference} if theirs else {})
            return None
    if text.endswith(".whl"):
        ours, difference = wheel(text), "wheels by the specification"
    elif built(text):
        ours, difference = built(text), "built distributions"
    else:
        ours, difference = other(text), "extensions"
    if ours != theirs:
        found.add(difference)
    if ours is not None and not re.search("[A-Za-z0-9]", ours[0]):
        found.add("no project")
        return None
    shorter = without_platform(ours[1]) if ours and difference == "extensions" else None
    if shorter is None:
        return ours
    found.add("platform")
    return ours[0], shorter


def wheel(text: str) -> tuple[str, str] | None:
    """A wheel of the specification or of dumb-pypi's pattern, for Pythons that can be named."""
    try:
        parse_wheel_filename(text)
    except InvalidWheelFilename:
        loose = guesser.WHEEL.match(text)
        return None if loose is None else (loose["name"], loose["version"])
    name, version, *_, pythons, _, _ = text.split("-")
    return (name, version) if all(re.search("[0-9]$", tag) for tag in pythons.split(".")) else None


def other(text: str) -> tuple[str, str] | None:
    extension = EXTENSION.search(text)
    return None if extension is None else guesser.split(text[: extension.start()])


def built(text: str) -> tuple[str, str] | None:
    """An egg or an RPM package that keeps to the grammar of its format, and is not guessed well."""
    stem, _, extension = text.rpartition(".")
    guess = guesser.split(stem)
    if guess and (guess[1] in ("", None) or is_version(guess[1])):
        return None
    parts = None
    if extension.lower() == "egg":
        egg = re.match(r"(?P<rest>.*)-py[0-9]", stem, re.IGNORECASE)
        parts = egg and guesser.split(egg["rest"])
    elif extension.lower() == "rpm":
        rpm = re.fullmatch(r"(.*)-([^-]*)-([^-]*)\.[^.]*", stem)
        parts = rpm and rpm.groups()[:2]
    return parts if parts and is_version(parts[1]) else None


def without_platform(version: str) -> str | None:
    place = PLATFORM.search(version, 1)
    if is_version(version) or place is None:
        return None
    shorter = version[: place.start()]
    return shorter if is_version(shorter) else None


def kinds(text: str, lost_platform: bool) -> set[str]:
    extension = text.rpartition(".")[2]
    if extension == "whl":
        return {"wheel"}
    by_extension = {"egg": "egg", "exe": "wininst", "msi": "msi", "rpm": "rpm", "dmg": "dmg"}
    return {by_extension.get(extension.lower(), "dumb" if lost_platform else "sdist")}


SUBJECTS = {
    "name": (names.project_name, check_name, explained("names")),
    "wheel": (names.wheel_filename, check_wheel, explained("names")),
    "filename": (names.any_filename, check_filename, explained("file names")),
}


def check_all(probe, subject: str, texts: list[str], seen: Counter) -> None:
    _, check, allowed = SUBJECTS[subject]
    answers = probe.ask_all([(subject, text.encode()) for text in texts])
    for text, answer in zip(texts, answers, strict=True):
        try:
            found = check(text, answer)
            assert found <= allowed
        except AssertionError as error:
            raise AssertionError(f"{text!r}: Larder says {answer!r}: {error}") from error
        seen["cases"] += 1
        seen["refused" if answer.startswith(("invalid", "refused", "0")) else "valid"] += 1
        seen.update(f"difference {difference}" for difference in found)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_random_cases_agree(probe, subject):
    random = Random(f"{SEED} {subject}")
    make = SUBJECTS[subject][0]
    seen = Counter()
    for start in range(0, CASES, BATCH):
        texts = [make(random) for _ in range(min(BATCH, CASES - start))]
        check_all(probe, subject, texts, seen)
    print(f"\n{subject}: {dict(seen)}")
    # Neither side of the cases may run dry, or they would prove nothing.
    assert min(seen["valid"], seen["refused"]) > CASES // 20


@pytest.mark.parametrize("subject", SUBJECTS)
@given(random=strategies.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_shrinkable_cases_agree(probe, subject, random):
    check_all(probe, subject, [SUBJECTS[subject][0](random)], Counter())


def test_pinned_names_agree(probe):
    for subject in ("wheel", "filename"):
        check_all(probe, subject, names.FILENAMES, Counter())
    check_all(probe, "name", names.WORDS, Counter())


def test_each_difference_is_met(probe):
    """An explanation that no case needs is out of date."""
    met = {subject: Counter() for subject in SUBJECTS}
    random = Random(f"{SEED} differences")
    for subject, (make, _, _) in SUBJECTS.items():
        check_all(probe, subject, [make(random) for _ in range(20_000)], met[subject])
    found = {key.removeprefix("difference ") for seen in met.values() for key in seen}
    for _, _, allowed in SUBJECTS.values():
        assert allowed <= found


def test_long_names_are_refused(probe):
    longest = "f-1." + "9" * 247 + ".zip"
    assert probe.ask("filename", longest.encode()).startswith("sdist\t")
    assert probe.ask("filename", ("f" + longest).encode()) == "refused\ttooLong"
