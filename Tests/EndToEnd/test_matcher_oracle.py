"""Patterns against Python's `fnmatch`, and conditions against a reading of them in Python.

LARDER_CASES is the number of cases of each test (20,000), LARDER_SEED picks other ones.
"""

import fnmatch
import json
import os
import re
from collections import Counter
from datetime import datetime, timedelta, timezone
from random import Random

import pytest
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from probe import Probe

CASES = int(os.environ.get("LARDER_CASES", "20000"))
SEED = int(os.environ.get("LARDER_SEED", "404"))
BATCH = 5000
NOW = datetime.fromtimestamp(1_700_000_000, timezone.utc)


@pytest.fixture(scope="module")
def probe():
    probe = Probe()
    yield probe
    probe.close()


def agree(probe, cases, seen):
    """Asks for each case, a request and the answer that is expected."""
    answers = probe.ask_all([request for request, _ in cases])
    for (request, expected), answer in zip(cases, answers, strict=True):
        assert answer == expected, f"{request!r}: expected {expected}, Larder says {answer}"
        seen[answer] += 1


def run(probe, subject, make):
    random = Random(f"{SEED} {subject}")
    seen = Counter()
    for start in range(0, CASES, BATCH):
        agree(probe, [make(random) for _ in range(min(BATCH, CASES - start))], seen)
    print(f"\n{subject}: {dict(seen)}")
    assert min(seen["0"], seen["1"]) > CASES // 20


# Patterns.


def char_class(random: Random) -> str:
    """A class of the grammar: ranges go upwards, a bracket comes first."""
    inner = "]" if random.random() < 0.15 else ""
    for _ in range(random.randrange(0 if inner else 1, 4)):
        if random.random() < 0.4:
            inner += "-".join(sorted(random.choices("abcxyz019", k=2)))
        else:
            inner += random.choice("abc01._+^!&|~*?[")
    if inner.startswith("!") and len(inner) == 1:
        inner = "a!"
    return "[" + ("!" if random.random() < 0.3 else "") + inner + ("-" if random.random() < 0.1 else "") + "]"


def pattern_text(random: Random) -> str:
    parts = []
    for _ in range(random.randrange(1, 9)):
        kind = random.random()
        if kind < 0.25:
            parts.append("*")
        elif kind < 0.35:
            parts.append("?")
        elif kind < 0.5:
            parts.append(char_class(random))
        else:
            parts.append("".join(random.choices("aab01._+-", k=random.randrange(1, 4))))
    return "".join(parts)


def text_near(random: Random, pattern: str) -> str:
    """A text that the pattern may well match."""

    def fill(match: re.Match) -> str:
        if match[0] == "*":
            return "".join(random.choices("ab01._+-", k=random.randrange(4)))
        return random.choice("abcxyz019._+^!&|~*?[]-")

    text = re.sub(r"\[!?\]?[^]]*\]|\*|\?", fill, pattern)
    if random.random() < 0.3 and text:
        place = random.randrange(len(text))
        text = text[:place] + random.choice(["", "a", "0"]) + text[place + 1 :]
    return text


def glob_case(random: Random):
    pattern = pattern_text(random)
    text = text_near(random, pattern)
    return ("glob", pattern.encode(), text.encode()), str(int(fnmatch.fnmatchcase(text, pattern)))


def test_patterns_agree_with_fnmatch(probe):
    run(probe, "glob", glob_case)


@pytest.mark.parametrize("pattern", ["", "[", "a[", "[]", "[!]", "[!", "[b-a]", "a" * 1025])
def test_what_is_no_pattern_is_refused(probe, pattern):
    assert probe.ask("glob", pattern.encode(), b"a") == "error"


def test_a_pattern_takes_time_in_proportion(probe):
    """What takes a pattern that tries again ages."""
    assert probe.ask("glob", b"*a" * 100 + b"*b", b"a" * 20_000) == "0"


# Conditions. Each has a maker of its value and a reading of it.

NAMES = ["acme_core", "Acme.Core", "acme-nightly-x", "foo", "foo.bar", "x9"]
VERSIONS = ["1.0", "1.0.0", "2.0rc1", "1!0.1", "2.0+cu126", "1.5.post1", "0.9.dev3"]
PYTHONS = ["py3", "py2.py3", "cp311", "cp312"]
PLATFORMS = ["any", "win32", "manylinux_2_17_x86_64.manylinux2014_x86_64", "macosx_11_0_arm64"]
REQUIRES = [None, ">=3.8", ">=3.8,<4", "<3", "!=3.9.*", "nonsense", "==3.*"]


def record(random: Random) -> dict:
    name, version = random.choice(NAMES), random.choice(VERSIONS)
    if random.random() < 0.6:
        name = name.replace("-", "_").replace(".", "_")
        python = random.choice(PYTHONS)
        abi = "none" if python.startswith("py") else random.choice([python, "abi3"])
        filename = f"{name}-{version}-{python}-{abi}-{random.choice(PLATFORMS)}.whl"
    else:
        # The guess of names without rules takes no version that has no dot.
        filename = f"{name}-{version}{random.choice(['.tar.gz', '.zip', '.egg'])}"
    facts = {"filename": filename}
    if random.random() < 0.7:
        past = timedelta(days=random.randrange(-3, 40), seconds=random.randrange(2))
        facts["upload_time"] = (NOW - past).strftime("%Y-%m-%dT%H:%M:%SZ")
    if random.random() < 0.7:
        facts["size"] = random.choice([0, 1023, 1024, 5_000_000])
    if random.random() < 0.3:
        facts["yanked"] = random.choice([True, "why", ""])
    requires = random.choice(REQUIRES)
    if requires:
        facts["requires_python"] = requires
    return facts


def parts(facts: dict):
    """The project, the version, the kind and the tags of the names that `record` makes."""
    filename = facts["filename"]
    if filename.endswith(".whl"):
        name, version, *tags = filename[:-4].split("-")
        return canonicalize_name(name), version, "wheel", [tag.lower().split(".") for tag in tags]
    stem = re.sub(r"\.(tar\.gz|zip|egg)$", "", filename)
    kind = "egg" if filename.endswith(".egg") else "sdist"
    name, _, version = stem.rpartition("-")
    return canonicalize_name(name), version, kind, [[], [], []]


def listed(value):
    return value if isinstance(value, list) else [value]


def any_match(patterns, texts) -> bool:
    return any(fnmatch.fnmatchcase(text, p) for p in listed(patterns) for text in texts)


def moment(text: str) -> datetime:
    unit = {"h": "hours", "d": "days", "w": "weeks"}.get(text[-1])
    if unit:
        return NOW - timedelta(**{unit: int(text[:-1])})
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


def uploaded(facts: dict) -> datetime:
    time = facts.get("upload_time")
    return datetime.fromisoformat(time) if time else NOW


def allows(facts: dict, python: str) -> bool:
    try:
        return SpecifierSet(facts.get("requires_python", "")).contains(python, prereleases=True)
    except InvalidSpecifier:
        return True


def size_within(facts: dict, bounds: dict) -> bool:
    units = {"B": 1, "kB": 1000, "KiB": 1024, "MiB": 1 << 20}

    def count(text):
        digits, unit = re.fullmatch(r"(\d+)(\w+)", text).groups()
        return int(digits) * units[unit]

    size = facts.get("size")
    return size is not None and (
        count(bounds.get("at_least", "0B")) <= size <= count(bounds.get("at_most", "999999999MiB"))
    )


def normal_pattern(pattern: str) -> str:
    return re.sub(r"[-_.]+", "-", pattern.lower())


def lower(patterns):
    return [pattern.lower() for pattern in listed(patterns)]


READINGS = {
    "project": lambda f, v: any_match([normal_pattern(p) for p in listed(v)], [parts(f)[0]]),
    "filename": lambda f, v: any_match(v, [f["filename"]]),
    "version": lambda f, v: any(
        SpecifierSet(s).contains(parts(f)[1], prereleases=True) for s in listed(v)
    ),
    "kind": lambda f, v: parts(f)[2] in listed(v),
    "python": lambda f, v: any_match(lower(v), parts(f)[3][0]),
    "abi": lambda f, v: any_match(lower(v), parts(f)[3][1]),
    "platform": lambda f, v: any_match(lower(v), parts(f)[3][2]),
    "source": lambda f, v: any_match(v, ["alpha"]),
    "prerelease": lambda f, v: Version(parts(f)[1]).is_prerelease == v,
    "yanked": lambda f, v: (f.get("yanked", False) is not False) == v,
    "uploaded_after": lambda f, v: uploaded(f) >= moment(v),
    "uploaded_before": lambda f, v: uploaded(f) < moment(v),
    "requires_python_allows": lambda f, v: any(allows(f, python) for python in listed(v)),
    "size": size_within,
    "any": lambda f, v: any(holds(f, inner) for inner in v),
    "all": lambda f, v: all(holds(f, inner) for inner in v),
    "not": lambda f, v: not holds(f, v),
}

VALUES = {
    "project": ["acme*", "Acme_Core", "foo", "f?o*", "[a-f]*", "acme._-nightly*"],
    "filename": ["*.whl", "*.zip", "foo*", "*rc1*", "*+cu126*"],
    "version": ["<2", ">=1.0,<2", "==1.0", "!=1.0", "===1.0.0", "~=1.0", "==2.0+cu126"],
    "kind": ["wheel", "sdist", "egg"],
    "python": ["py3", "cp31?", "CP311", "py*"],
    "abi": ["none", "abi3", "cp*"],
    "platform": ["any", "manylinux*", "*_x86_64", "win*"],
    "source": ["alpha", "beta", "a*"],
    "requires_python_allows": ["3.11", "3.9", "2.7"],
}


def conditions(random: Random, depth: int = 0) -> dict:
    tree = {}
    for key in random.sample(list(READINGS), random.choice([1, 1, 1, 2, 3])):
        if key in ("any", "all", "not"):
            if depth < 3:
                inner = [conditions(random, depth + 1) for _ in range(random.randrange(1, 4))]
                tree[key] = inner[0] if key == "not" else inner
        elif key in VALUES:
            values = random.sample(VALUES[key], random.randrange(1, 4))
            tree[key] = values if random.random() < 0.5 else values[0]
        elif key in ("prerelease", "yanked"):
            tree[key] = random.random() < 0.5
        elif key == "size":
            tree[key] = random.choice([{"at_least": "1KiB"}, {"at_most": "1kB"},
                                       {"at_least": "1B", "at_most": "4MiB"}])
        else:
            tree[key] = random.choice(["7d", "2w", "36h", "2023-11-01", "2023-11-14T22:13:20+00:00"])
    return tree or {"kind": "wheel"}


def holds(facts: dict, tree: dict) -> bool:
    return all(READINGS[key](facts, value) for key, value in tree.items())


def contradicts(tree: dict) -> bool:
    """Whether an object in the tree is refused, since nothing meets it."""
    if "wheel" not in listed(tree.get("kind", "wheel")) and tree.keys() & {"python", "abi", "platform"}:
        return True
    if {"uploaded_after", "uploaded_before"} <= tree.keys():
        after, before = tree["uploaded_after"], tree["uploaded_before"]
        if (after[-1] in "hdw") == (before[-1] in "hdw") and moment(after) >= moment(before):
            return True
    inner = [*tree.get("any", []), *tree.get("all", []), *([tree["not"]] if "not" in tree else [])]
    return any(map(contradicts, inner))


def matcher_case(random: Random):
    facts = record(random)
    tree = conditions(random)
    while contradicts(tree):
        tree = conditions(random)
    request = ("matcher", json.dumps(tree).encode(), json.dumps(facts).encode())
    return request, str(int(holds(facts, tree)))


def test_conditions_agree_with_their_reading(probe):
    run(probe, "matcher", matcher_case)


def test_conditions_that_nothing_meets_are_refused(probe):
    random = Random(SEED)
    line = b'{"filename": "a-1.zip"}'
    refused = [tree for tree in (conditions(random) for _ in range(5000)) if contradicts(tree)]
    assert len(refused) > 50
    answers = probe.ask_all([("matcher", json.dumps(tree).encode(), line) for tree in refused])
    for tree, answer in zip(refused, answers, strict=True):
        assert set(answer.split(",")) == {"never-matches"}, tree
