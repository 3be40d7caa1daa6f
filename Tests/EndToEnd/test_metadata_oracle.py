"""Metadata files against Python's `email` and PyPI's `packaging`, on random cases.

LARDER_CASES is the number of cases of each test (20,000), LARDER_SEED picks other ones.
"""

import email.parser
import os
import re
import string
import sysconfig
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from packaging.metadata import parse_email

from probe import Probe

CASES = int(os.environ.get("LARDER_CASES", "20000"))
SEED = int(os.environ.get("LARDER_SEED", "643"))
BATCH = 2000

SINGLE = ["Metadata-Version", "Name", "Version", "Summary", "Requires-Python",
          "License-Expression", "License", "Description-Content-Type"]
SEVERAL = ["Requires-Dist", "Project-URL", "Dynamic"]
#: What packaging calls them.
RAW = {"Project-URL": "project_urls"}


@pytest.fixture(scope="module")
def probe():
    probe = Probe()
    yield probe
    probe.close()


NAMES = [*SINGLE, *SEVERAL, "Requires-Dist", "Requires-Dist", "Classifier", "Description", "Keywords",
         "Home-page", "Download-URL"]
WORDS = [b"acme", b"UNKNOWN", b"", b" ", b">=3.8", b"foo>=1.0; extra == 'x'", b"2.1", b"2.2", b"1.0",
         b"caf\xc3\xa9", b"caf\xe9", b"a,b", b"Home, https://a.example/", b"MIT", b":", b"\t",
         b"home_Page, https://b.example/", b"requires-dist", b"=?utf-8?q?x?=", b"\x00", b"\x0b", b"\x85", b"\xe2\x80\xa8", b"From x"]
ENDS = [b"\n"] * 12 + [b"\r\n"] * 4 + [b"\r", b""]


def spelled(random, name):
    how = random.randrange(10)
    return (name.lower() if how == 0 else name.upper() if how == 1 else name).encode()


def make(random):
    """A header that is mostly right, and a body."""
    lines = [b"Metadata-Version: 2.%d" % random.randrange(5)] if random.randrange(3) == 0 else []
    for _ in range(random.randrange(9)):
        value = b" ".join(random.choice(WORDS) for _ in range(random.choice([1, 1, 1, 2, 3])))
        lines.append(spelled(random, random.choice(NAMES)) + random.choice([b": ", b":", b":\t"]) + value)
        while random.randrange(4) == 0:
            lines.append(random.choice([b" ", b"\t", b"        ", b"       |"]) + random.choice(WORDS))
    if random.randrange(5) == 0:
        odd = [b"From me", b"no colon", b": empty name", b"Na me: x", b"caf\xe9: x", b" folded", b" ",
               b"Name : x", b"\x7f: x"]
        lines.insert(random.randrange(len(lines) + 1), random.choice(odd))
    if random.randrange(2):
        lines += [b"", random.choice([b"Body", b"Name: not a header", b"caf\xe9", b"UNKNOWN\n", b" \n\t"])]
    end = random.choice(ENDS)
    return b"".join(line + (end if random.randrange(8) else random.choice(ENDS)) for line in lines)


def decoded(value):
    """A value of `email` as Larder writes it: one line in UTF-8."""
    raw = value.encode("ascii", "surrogateescape")
    parts = [part.strip(b" \t") for part in re.split(rb"\r\n|\n|\r", raw)]
    line = b" ".join(part for part in parts if part)
    try:
        return line.decode(), sum(1 for part in parts if part)
    except UnicodeDecodeError:
        return line.decode("latin-1"), sum(1 for part in parts if part)


def expected(content):
    message = email.parser.BytesParser().parsebytes(content)
    fields = {}
    for name, value in message.raw_items():
        fields.setdefault(name.lower(), []).append(decoded(value))
    singles = []
    for name in SINGLE:
        value, lines = fields.get(name.lower(), [("", 1)])[0]
        several = name == "License" and lines != 1
        singles.append("" if value == "UNKNOWN" or several else value)
    several = [[value for value, _ in fields.get(name.lower(), []) if value] for name in SEVERAL]
    pages = [[part.strip(" \t") for part in value.partition(",")[::2]] for value in several[1]]
    pages = with_own_fields(pages, *(fields.get(name, [("", 1)])[0][0] for name in ("home-page", "download-url")))
    pages = [part for page in pages for part in page]
    dynamic = [re.sub("[A-Z]", lambda letter: letter[0].lower(), value) for value in several[2]]
    return singles, [several[0], pages, dynamic], message


def with_own_fields(pages, home, download):
    """Pages of a project, with those that fields of their own tell before them."""
    labels = {normalized(label) for label, _ in pages}
    own = [
        [label, url]
        for label, url in [("Homepage", home), ("Download", download)]
        if url not in ("", "UNKNOWN") and label.lower() not in labels
    ]
    return own + pages


def normalized(label):
    """As PEP 753 has it."""
    removed = str.maketrans("", "", string.punctuation + string.whitespace)
    return re.sub("[A-Z]", lambda letter: letter[0].lower(), label.translate(removed))


def description_in(message):
    """The description as a whole: the body, else the old field without what marks its lines."""
    old = dict(reversed([(name.lower(), value) for name, value in message.raw_items()])).get("description", "")
    old = re.sub("\r\n|\r", "\n", old).encode("ascii", "surrogateescape")
    old = re.sub(rb"\n       [ |]", b"\n", old)
    for text in (message.get_payload(decode=True), old):
        if text.strip(b" \t\n\r\x0b\x0c") not in (b"", b"UNKNOWN"):
            try:
                return text.decode()
            except UnicodeDecodeError:
                return text.decode("latin-1")
    return ""


def texts(field):
    return [bytes.fromhex(part).decode() for part in field.split(",")] if field else []


def check(content, answer, seen):
    *values, description, body, fixed = answer.split("\t")
    singles, several, message = expected(content)
    found = [bytes.fromhex(value).decode() for value in values[: len(SINGLE)]]
    lists = [texts(field) for field in values[len(SINGLE) :]]
    assert found == singles
    # An empty URL of a page is a text of its own.
    assert [lists[0], lists[2]] == [several[0], several[2]]
    if several[1]:
        assert [bytes.fromhex(part).decode() for part in values[len(SINGLE) + 1].split(",")] == several[1]
    # A line of a mailbox at the end of the header belongs to the body, for `email`.
    if not re.search(rb"(^|[\r\n])From ", content):
        payload = message.get_payload(decode=True)
        assert content[int(body) :] == payload
        seen["body"] += bool(payload)
        assert bytes.fromhex(description).decode() == description_in(message)
        seen["description"] += bool(description)
    seen["summary"] += bool(found[3])
    seen["requirements"] += bool(lists[0])
    seen["fixed"] += fixed == "1"


def test_random_metadata_is_read_as_email_reads_it(probe):
    random = Random(f"{SEED} email")
    seen = Counter()
    for _ in range(0, CASES, BATCH):
        contents = [make(random) for _ in range(BATCH)]
        answers = probe.ask_all([("metadata", content) for content in contents])
        for content, answer in zip(contents, answers, strict=True):
            try:
                check(content, answer, seen)
            except AssertionError as error:
                raise AssertionError(f"{content!r}: {error}") from error
    print(f"\n{dict(seen)}")
    # No kind of case may run dry, or it would prove nothing.
    assert min(seen.values()) > CASES // 200 and len(seen) == 5


def test_what_packaging_understands_is_understood(probe):
    """packaging is stricter: what it takes at all, it takes in the same way."""
    random = Random(f"{SEED} packaging")
    taken = 0
    contents = [make(random) for _ in range(CASES // 4)]
    answers = probe.ask_all([("metadata", content) for content in contents])
    for content, answer in zip(contents, answers, strict=True):
        raw, _ = parse_email(content)
        values = answer.split("\t")
        for name, value in zip(SINGLE, values, strict=False):
            theirs = raw.get(name.lower().replace("-", "_"))
            if theirs is None or re.search("[\r\n]", theirs) or "=?" in theirs:
                continue
            theirs = theirs.strip(" \t")
            if theirs != "UNKNOWN":
                taken += 1
                assert bytes.fromhex(value).decode() == theirs, content
        theirs = [text for text in raw.get("requires_dist", []) if text.strip(" \t")]
        if theirs and not any(re.search("[\r\n]|=[?]", text) for text in theirs):
            taken += 1
            assert texts(values[len(SINGLE)]) == [text.strip(" \t") for text in theirs], content
    assert taken > CASES // 8


def test_installed_packages_are_read_as_packaging_reads_them(probe):
    """Whatever is installed here: pages of projects, and descriptions to the last byte."""
    files = list(Path(sysconfig.get_path("purelib")).glob("*.dist-info/METADATA"))
    contents = [file.read_bytes() for file in files]
    seen = Counter()
    for content, answer in zip(contents, probe.ask_all([("metadata", c) for c in contents]), strict=True):
        raw, _ = parse_email(content)
        pages = [list(page) for page in raw.get("project_urls", {}).items()]
        pages = with_own_fields(pages, raw.get("home_page", ""), raw.get("download_url", ""))
        values = answer.split("\t")
        assert texts(values[len(SINGLE) + 1]) == [part for page in pages for part in page]
        assert bytes.fromhex(values[SINGLE.index("Description-Content-Type")]).decode() == raw.get(
            "description_content_type", "")
        assert bytes.fromhex(values[-3]).decode() == raw.get("description", "")
        seen.update(pages=bool(pages), description="description" in raw, home="home_page" in raw)
    print(f"\n{dict(seen)}")
    assert min(seen.values()) > 5 and len(seen) == 3


@pytest.mark.parametrize(
    "version, dynamic, fixed",
    [("2.1", [], "0"), ("2.2", [], "1"), ("2.10", [], "1"), ("3.0", [], "1"), ("2.2", ["Requires-Dist"], "0"),
     ("2.2", ["REQUIRES-DIST "], "0"), ("2.2", ["Version"], "1"), ("", [], "0"), ("2", [], "0"), ("2.2.1", [], "0")],
)
def test_requirements_are_fixed_from_version_2_2_on(probe, version, dynamic, fixed):
    lines = [f"Metadata-Version: {version}", *(f"Dynamic: {field}" for field in dynamic)]
    assert probe.ask("metadata", "\n".join(lines).encode()).split("\t")[-1] == fixed
