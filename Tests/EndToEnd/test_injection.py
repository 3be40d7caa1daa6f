"""No text of a list or of a flag becomes an element, an attribute, a script or a key.

Each payload goes through each field. It is refused before anything is written, or every page has
the elements and attribute names of the same page with a harmless text, as html5lib and Python's
html.parser see them, and every JSON document has the same shape.
"""

import json
from urllib.parse import urlsplit

import pytest

from support.html import code_texts, elements, parse_strictly, tags
from support.payloads import PAYLOADS

NAME = "foo-1.0-py3-none-any.whl"
BASE = {"filename": NAME, "hash": "sha256=" + "a" * 64, "size": 1, "upload_timestamp": 1_500_000_000}

# Fields of a record: a harmless value, and what a payload makes of it.
TEXT_FIELDS = {
    "requires_python": lambda text: {"requires_python": text},
    "requires_dist": lambda text: {"requires_dist": [text]},
    "uploaded_by": lambda text: {"uploaded_by": text},
    "yanked_reason": lambda text: {"yanked_reason": text},
    "yanked": lambda text: {"yanked": text},
    "summary": lambda text: {"summary": text},
    "license": lambda text: {"license": text},
}
# Fields of a form of their own; most payloads have another and are refused.
FORMAL_FIELDS = {
    "filename": lambda text: {"filename": f"foo{text}-1.0.tar.gz"},
    "version": lambda text: {"filename": f"foo-1.0{text}.tar.gz"},
    "url": lambda text: {"url": f"{text}/{NAME}"},
    "url query": lambda text: {"url": f"https://pool.example/{NAME}?{text}"},
    "provenance": lambda text: {"provenance": text},
    "provenance path": lambda text: {"provenance": f"https://pool.example/{text}"},
    "core_metadata": lambda text: {"core_metadata": f"sha256={text}"},
    "core_metadata name": lambda text: {"core_metadata": f"{text}=" + "b" * 64},
    "hash": lambda text: {"hash": f"sha256={text}"},
    "hash name": lambda text: {"hash": f"{text}=" + "b" * 64},
    "hashes": lambda text: {"hashes": {text: "b" * 64}},
    "upload_time": lambda text: {"upload_time": text},
    "key": lambda text: {text: "x"},
}
HARMLESS = {
    "filename": "x", "version": ".1", "url": "https://pool.example", "provenance": "https://pool.example/p",
    "core_metadata": "b" * 64, "core_metadata name": "sha256", "hash": "b" * 64, "hash name": "sha256",
    "hashes": "sha256", "upload_time": "2026-11-22T09:30:00Z", "key": "summary",
}
FLAGS = ["title", "logo", "packages_url"]
BEFORE_PAYLOADS = "plain"

payloads = pytest.mark.parametrize("payload", PAYLOADS, ids=lambda text: ascii(text)[1:31])


def shape(value):
    """A JSON value without its texts: what a program finds where."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    return type(value)


def json_documents(page):
    """The documents of a page: one, or one on each line."""
    return [json.loads(line) for line in page.decode("utf-8").split("\n") if line]


def assert_same_structure(hostile, plain):
    """Every page of one tree has the elements, attributes and keys of that page of another."""
    assert hostile.keys() == plain.keys()
    for path, page in hostile.items():
        if path.endswith(".html"):
            assert elements(page) == elements(plain[path]), path
            assert tags(page) == tags(plain[path]), path
            assert_links_are_safe(page)
        else:
            assert b"<" not in page, path
            found = [shape(document) for document in json_documents(page)]
            assert found == [shape(document) for document in json_documents(plain[path])], path


def assert_links_are_safe(page):
    for element in parse_strictly(page).iter():
        for name in ("href", "src", "action"):
            if element.get(name) is not None:
                assert urlsplit(element.get(name)).scheme in ("", "https", "http", "file")


def assert_refused(index):
    """Refused as a wrong line or a wrong flag, before anything was written."""
    assert index.run.status == 2, index.run.stderr
    assert not index.root.exists()


@pytest.fixture(scope="module")
def plain_trees(build_index):
    """The tree of a harmless text in each field; made once."""
    trees = {}

    def tree(field, records, **flags):
        if field not in trees:
            trees[field] = build_index(records, **flags)
        return trees[field]

    return tree


@pytest.mark.parametrize("field", TEXT_FIELDS)
def test_no_text_of_a_record_changes_a_page(build_index, field):
    """All payloads at once: one project each."""

    def records(texts):
        return [BASE | {"filename": f"foo{number}-1.0.tar.gz"} | TEXT_FIELDS[field](text)
                for number, text in enumerate(texts)]

    hostile = build_index(records(PAYLOADS))
    plain = build_index(records(["plain"] * len(PAYLOADS)))
    assert len(hostile.projects) == len(PAYLOADS) >= 40
    assert_same_structure(hostile.files(), plain.files())
    for path, page in hostile.files().items():
        if path.endswith(".html"):
            assert code_texts(page) == code_texts(plain.files()[path])


@payloads
@pytest.mark.parametrize("field", FORMAL_FIELDS)
def test_what_has_a_form_is_refused_or_harmless(try_index, plain_trees, field, payload):
    index = try_index([BASE | FORMAL_FIELDS[field](payload)])
    if index.run.status != 0:
        assert_refused(index)
        assert ":1:" in index.run.stderr
        return
    if index.run.skipped:
        assert index.projects == []
        return
    plain = plain_trees(field, [BASE | FORMAL_FIELDS[field](HARMLESS.get(field, "plain"))])
    hostile = index.files()
    if field in ("filename", "version"):
        # Pages have other names, but not more of them.
        assert len(hostile) == len(plain.files())
        assert not any("<" in path or '"' in path for path in hostile)
        return
    assert_same_structure(hostile, plain.files())


@payloads
@pytest.mark.parametrize("flag", FLAGS)
def test_no_flag_changes_a_page(try_index, build_index, plain_trees, flag, payload):
    records = [BASE | {"yanked_reason": "x"}, {"filename": "bar.tar.gz"}]
    if "\x00" in payload:
        payload = payload.replace("\x00", "")  # No argument of a program can hold one.
    index = try_index(records, **{flag: payload})
    if index.run.status != 0:
        assert_refused(index)
        assert payload.splitlines()[0] or "--" in index.run.stderr
        return
    harmless = {"packages_url": "../../pool/", "logo": "https://pool.example/logo.png"}
    plain = plain_trees(flag, records, **{flag: harmless.get(flag, "plain")})
    assert_same_structure(index.files(), plain.files())


def test_a_title_reaches_no_script_or_style(build_index):
    records = [{"filename": NAME}]
    plain = build_index(records, title="plain").files()
    for payload in PAYLOADS:
        for path, page in build_index(records, title=payload.replace("\x00", "")).files().items():
            if path.endswith(".html"):
                assert code_texts(page) == code_texts(plain[path])
