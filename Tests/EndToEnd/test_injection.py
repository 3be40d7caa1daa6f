"""No text of a list or of a flag becomes an element, an attribute, a script or a key.

Each payload goes through each field. It is refused, or every page has the elements and attribute
names of the same page with a harmless text, as html5lib and Python's html.parser see them, the
same scripts and styles, and every JSON document has the same shape.
"""

import json
import re
from urllib.parse import urlsplit

import pytest

from support.html import code_texts, elements, parse_strictly, tags
from support.payloads import PAYLOADS

FACTS = {"hash": "sha256=" + "a" * 64, "size": 1, "upload_timestamp": 1_500_000_000}

# Fields of a record, and how a text gets into each; all texts are taken.
TEXT_FIELDS = {
    "requires_python": lambda text: {"requires_python": text},
    "uploaded_by": lambda text: {"uploaded_by": text},
    "yanked_reason": lambda text: {"yanked_reason": text},
    "yanked": lambda text: {"yanked": text},
    "summary": lambda text: {"summary": text},
    "license": lambda text: {"license": text},
    "description": lambda text: {"description": text, "description_content_type": "text/plain"},
    "description_content_type": lambda text: {
        "description": "plain", "description_content_type": f"text/{text}"},
}
# Fields of a form of their own; most payloads have another and are refused.
FORMAL_FIELDS = {
    "requires_dist": lambda text, _: {"requires_dist": [text]},
    "url": lambda text, name: {"url": f"{text}/{name}"},
    "url query": lambda text, name: {"url": f"https://pool.example/{name}?{text}"},
    "provenance": lambda text, _: {"provenance": text},
    "provenance path": lambda text, _: {"provenance": f"https://pool.example/{text}"},
    "core_metadata": lambda text, _: {"core_metadata": f"sha256={text}"},
    "core_metadata name": lambda text, _: {"core_metadata": f"{text}=" + "b" * 64},
    "hash": lambda text, _: {"hash": f"sha256={text}"},
    "hash name": lambda text, _: {"hash": f"{text}=" + "b" * 64},
    "hashes": lambda text, _: {"hashes": {text: "b" * 64}},
    "upload_time": lambda text, _: {"upload_time": text},
    "key": lambda text, _: {text: "x"},
}
# A text of the right form for each.
HARMLESS = {
    "requires_dist": "plain",
    "url": "https://pool.example",
    "url query": "plain",
    "provenance": "https://pool.example/p",
    "provenance path": "plain",
    "core_metadata": "b" * 64,
    "core_metadata name": "sha256",
    "hash": "b" * 64,
    "hash name": "sha256",
    "hashes": "sha256",
    "upload_time": "2026-11-22T09:30:00Z",
    "key": "summary",
}
# What is left of a field whose digest no installer could use: such a digest is dropped alone.
WITHOUT_DIGEST = {
    "hash": {"hash": None},
    "hash name": {"hash": None},
    "hashes": {},
    "core_metadata": {},
    "core_metadata name": {},
}
HARMLESS_FLAGS = {
    "title": "plain",
    "logo": "https://pool.example/logo.png",
    "packages_url": "../../pool/",
}


def shape(value):
    """A JSON value without its texts: what a program finds where."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    return type(value)


def json_documents(page):
    """The documents of a page: one, or one on each line.

    A manifest has no digest of the input when a line of it was left out.
    """
    documents = [json.loads(line) for line in page.decode("utf-8").split("\n") if line]
    return [{key: document[key] for key in document if key != "input"} for document in documents]


def assert_same_structure(hostile, plain):
    """Every page of one tree has the elements, attributes and keys of that page of another."""
    assert hostile.keys() == plain.keys()
    for path, page in hostile.items():
        if path.endswith(".html"):
            assert elements(page) == elements(plain[path]), path
            assert tags(page) == tags(plain[path]), path
            assert code_texts(page) == code_texts(plain[path]), path
            assert_links_are_safe(page, plain[path])
        elif path.endswith((".css", ".js")):
            assert page == plain[path], path
        else:
            assert b"<" not in page, path
            found = [shape(document) for document in json_documents(page)]
            assert found == [shape(document) for document in json_documents(plain[path])], path


def assert_links_are_safe(page, plain):
    """No link runs code or holds a page; a picture may hold itself."""
    for tag, link in links(page) - links(plain):
        safe = ("", "https", "http", "file") + (("data",) if tag == "img" else ())
        assert urlsplit(link).scheme in safe


def links(page):
    return {
        (element.tag, element.get(name))
        for element in parse_strictly(page).iter()
        for name in ("href", "src", "action")
        if element.get(name) is not None
    }


def test_there_are_at_least_forty_payloads():
    assert len(set(PAYLOADS)) >= 40


@pytest.mark.parametrize("field", TEXT_FIELDS)
def test_no_text_of_a_record_changes_a_page(build_index, field):
    """All payloads at once: one project each."""

    def records(texts):
        return [
            {"filename": f"foo{number}-1.0.tar.gz"} | FACTS | TEXT_FIELDS[field](text)
            for number, text in enumerate(texts)
        ]

    hostile = build_index(records(PAYLOADS))
    plain = build_index(records(["plain"] * len(PAYLOADS)))
    assert len(hostile.projects) == len(PAYLOADS)
    assert_same_structure(hostile.files(), plain.files())


@pytest.mark.parametrize("field", FORMAL_FIELDS)
def test_what_has_a_form_is_refused_or_harmless(run_pipeline, field):
    """`run` may leave out what it refuses, and says each line: the others make their pages."""

    names = [f"foo{number}-1.0-py3-none-any.whl" for number in range(len(PAYLOADS))]
    make = FORMAL_FIELDS[field]
    hostile = run_pipeline(
        [
            {"filename": name} | FACTS | make(payload, name)
            for name, payload in zip(names, PAYLOADS, strict=True)
        ]
    )
    refused = {line - 1 for line, _ in hostile.run.skipped}
    dropped = {line - 1 for line in warned_lines(hostile.run)}
    plain = run_pipeline(
        [
            {"filename": name}
            | FACTS
            | (WITHOUT_DIGEST[field] if number in dropped else make(HARMLESS[field], name))
            for number, name in enumerate(names)
            if number not in refused
        ]
    )
    assert hostile.run.report["distributions"] == len(PAYLOADS) - len(refused)
    assert_same_structure(hostile.files(), plain.files())


def warned_lines(run):
    """The lines of the list that a warning names."""
    messages = [warning["message"] for warning in run.report["warnings"]]
    return [int(re.search(r":(\d+): ", message)[1]) for message in messages]


@pytest.mark.parametrize("shape_of_name", ["foo{}-1.0.tar.gz", "foo-1.0{}.tar.gz", "{}"])
def test_no_file_name_changes_a_page(build_index, shape_of_name):
    """Payloads in names of projects and versions: every one is skipped with its line."""
    names = [shape_of_name.format(payload) for payload in PAYLOADS]
    index = build_index([*({"filename": name} for name in names), {"filename": "foo-1.0.zip"}])
    assert [line for line, _ in index.run.skipped] == list(range(1, len(names) + 1))
    assert_same_structure(index.files(), build_index([{"filename": "foo-1.0.zip"}]).files())


@pytest.mark.parametrize("flag", HARMLESS_FLAGS)
def test_no_flag_changes_a_page(try_index, build_index, flag):
    records = [
        {"filename": "foo-1.0.zip", "yanked_reason": "x"} | FACTS,
        {"filename": "bar.tar.gz"},
    ]
    plain = build_index(records, **{flag: HARMLESS_FLAGS[flag]}).files()
    for payload in PAYLOADS:
        # No argument of a program can hold NUL.
        index = try_index(records, **{flag: payload.replace("\x00", "")})
        if index.run.status == 0:
            assert_same_structure(index.files(), plain)
        else:
            assert index.run.status == 2 and "--" in index.run.stderr
            assert not index.root.exists()
