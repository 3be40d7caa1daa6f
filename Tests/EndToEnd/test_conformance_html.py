"""The HTML form of the simple API: checks 11 to 31."""

import json
import re
import subprocess
from urllib.parse import unquote

import pytest

from support.corpus import REASONS, REQUIRES_PYTHON, UNSPEAKABLE
from support.html import anchors, parse_strictly
from support.records import digest

SDIST = "foo-1.0.tar.gz"
DIGEST_LENGTHS = {"sha256": 64, "sha512": 128, "sha384": 96, "md5": 32}


@pytest.fixture
def anchor(build_index):
    """The link of one record."""

    def build(**facts):
        record = {"filename": SDIST} | facts
        (found,) = build_index([record]).anchors("foo")
        return found

    return build


def simple_pages(index):
    yield index.read("simple", "index.html")
    for project in index.projects:
        yield index.read("simple", project, "index.html")


def test_11_pages_begin_with_the_doctype_and_parse_without_errors(rich_index):
    for page in simple_pages(rich_index):
        assert page.splitlines()[0] == b"<!DOCTYPE html>"
        parse_strictly(page)


def test_12_every_page_names_the_version_of_the_api(rich_index):
    for page in simple_pages(rich_index):
        metas = parse_strictly(page).iter("meta")
        versions = [meta.get("content") for meta in metas
                    if meta.get("name") == "pypi:repository-version"]
        assert versions == ["1.4"]
        assert page.index(b"pypi:repository-version") < page.index(b"</head>")


def test_13_pages_declare_utf_8_and_are_ascii(rich_index):
    for page in simple_pages(rich_index):
        assert b'<meta charset="utf-8">' in page
        assert page.isascii()


def test_14_the_root_links_each_project_once(rich_index):
    links = anchors(rich_index.read("simple", "index.html"))
    assert [(link["href"], link.text) for link in links] == [
        (f"{name}/", name) for name in rich_index.projects
    ]


def test_15_a_project_page_links_each_file_once_and_nothing_else(rich_index, rich):
    listed = [(project, link.text) for project in rich_index.projects
              for link in rich_index.anchors(project)]
    assert sorted(listed) == sorted((file.project, file.filename) for file in rich)


def test_16_the_text_of_a_link_is_the_file_name(build_index):
    names = ["foo-1.0+local.1.tar.gz", "foo-1!2.0-py3-none-any.whl", "Foo-1.0~x.zip"]
    index = build_index(names)
    assert {link.text for link in index.anchors("foo")} == set(names)


def test_17_the_last_part_of_a_link_decodes_to_the_file_name(rich_index):
    for project in rich_index.projects:
        for link in rich_index.anchors(project):
            assert unquote(link.url.rpartition("/")[2]) == link.text


def test_18_the_path_of_a_link_is_percent_encoded(build_index, rich_index):
    for project in rich_index.projects:
        for link in rich_index.anchors(project):
            assert re.fullmatch(r"([A-Za-z0-9._~/-]|%[0-9A-F]{2})*", link.url), link
    names = ["foo-1.0+local.1.tar.gz", "foo-1!2.0.tar.gz"]
    assert {link.url for link in build_index(names).anchors("foo")} == {
        "../../pool/foo-1.0%2Blocal.1.tar.gz", "../../pool/foo-1%212.0.tar.gz"
    }


def test_18_a_url_of_a_record_is_percent_encoded_too(anchor):
    link = anchor(filename="foo-1.0+a.tar.gz", url="https://pool.example/b\u00fccher/foo-1.0+a.tar.gz")
    assert link.url == "https://pool.example/b%C3%BCcher/foo-1.0%2Ba.tar.gz"


def test_19_a_fragment_is_a_digest_that_every_client_knows(rich_index):
    for project in rich_index.projects:
        for link in rich_index.anchors(project):
            if not link.fragment:
                assert "#" not in link["href"]
                continue
            algorithm, _, value = link.fragment.partition("=")
            assert re.fullmatch(r"[0-9a-f]+", value)
            assert len(value) == DIGEST_LENGTHS[algorithm]


@pytest.mark.parametrize("algorithm", ["sha1", "sha224", "blake2b_256", "blake2b", "sha3_256"])
def test_19_other_digests_make_no_fragment(anchor, algorithm):
    """uv refuses a whole page for one such fragment."""
    assert "#" not in anchor(hash=f"{algorithm}={'a' * {'sha1': 40, 'sha224': 56}.get(algorithm, 64)}")["href"]


def test_19_upper_case_digests_become_lower_case(anchor):
    value = digest("sha256", "x")
    assert anchor(hash=f"SHA256={value.upper()}").fragment == f"sha256={value}"


@pytest.mark.parametrize("value", [
    "sha256:" + "a" * 64, "sha256=abc", "sha256=", "=" + "a" * 64, "sha256=" + "g" * 64,
    "sha256=" + "a" * 64 + "=", "sha256==" + "a" * 64, "", "sha256",
])
def test_19_a_digest_that_no_client_can_use_is_never_published(try_index, value):
    index = try_index([{"filename": SDIST, "hash": value}])
    if index.run.status == 0:
        (link,) = index.anchors("foo")
        assert "#" not in link["href"]
        assert index.simple_files("foo")[SDIST]["hashes"] == {}
        assert index.run.report["warnings"]
    else:
        assert index.run.status == 2 and ":1:" in index.run.stderr
        assert not index.root.exists()


def test_20_sha256_is_chosen_if_known(anchor):
    hashes = {name: digest(name, "x") for name in ("md5", "sha1", "sha512", "sha256", "sha384")}
    assert anchor(hashes=hashes).fragment == f"sha256={hashes['sha256']}"
    del hashes["sha256"]
    assert anchor(hashes=hashes).fragment == f"sha512={hashes['sha512']}"


def test_21_attributes_are_double_quoted_and_escaped(rich_index):
    value = r'"([^"<>&\']|&(amp|lt|gt|quot|#[0-9]+);)*"'
    tag = re.compile(rf"<!?/?[A-Za-z][A-Za-z0-9]*( [a-z-]+={value})*>")
    for page in simple_pages(rich_index):
        body = page.decode("ascii").partition("\n")[2]
        for found in re.findall(r"<[^>]*>", body):
            assert tag.fullmatch(found), found[:200]


def test_22_no_requires_python_if_unknown_or_empty(anchor):
    assert "data-requires-python" not in anchor()
    assert "data-requires-python" not in anchor(requires_python="")
    assert "data-requires-python" not in anchor(requires_python=None)


@pytest.mark.parametrize("specifier", REQUIRES_PYTHON)
def test_22_requires_python_survives(anchor, specifier):
    assert anchor(requires_python=specifier)["data-requires-python"] == specifier


def test_22_requires_python_is_escaped(build_index):
    page = build_index([{"filename": SDIST, "requires_python": ">=3.8,<4"}]).simple_html("foo")
    assert 'data-requires-python="&gt;=3.8,&lt;4"' in page


@pytest.mark.parametrize("yank", [{"yanked": True}, {"yanked": ""}, {"yanked": True, "yanked_reason": ""}])
def test_23_yanked_without_reason_has_an_empty_attribute(build_index, yank):
    page = build_index([{"filename": SDIST} | yank]).simple_html("foo")
    assert ' data-yanked="" ' in page or ' data-yanked="">' in page


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: ascii(reason)[:30])
@pytest.mark.parametrize("key", ["yanked", "yanked_reason"])
def test_24_the_reason_of_a_yank_survives(anchor, key, reason):
    assert anchor(**{key: reason})["data-yanked"] == reason


@pytest.mark.parametrize("reason", UNSPEAKABLE, ids=ascii)
def test_24_what_html_cannot_hold_becomes_a_replacement_character(anchor, reason):
    shown = anchor(yanked_reason=reason)["data-yanked"]
    assert shown == re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f]", "\N{REPLACEMENT CHARACTER}", reason)


def test_24_half_a_surrogate_pair_is_refused(try_index):
    index = try_index(b'{"filename": "foo-1.0.tar.gz", "yanked_reason": "\\ud800"}\n')
    assert index.run.status == 2 and ":1:" in index.run.stderr


@pytest.mark.parametrize("facts", [
    {}, {"yanked": False}, {"yanked": None}, {"yanked_reason": None}, {"yanked_reason": ""}
], ids=str)
def test_25_what_is_not_yanked_does_not_mention_it(build_index, facts):
    """dumb-pypi's `yanked_reason` counts only if it is not empty; `yanked` may be empty."""
    assert "yanked" not in build_index([{"filename": SDIST} | facts]).simple_html("foo")


@pytest.mark.parametrize("given, shown", [
    (True, "true"), ("true", "true"), ("sha256=" + "A" * 64, "sha256=" + "a" * 64),
], ids=str)
def test_26_core_metadata_stands_under_both_of_its_names(anchor, given, shown):
    link = anchor(core_metadata=given)
    assert link["data-core-metadata"] == link["data-dist-info-metadata"] == shown


@pytest.mark.parametrize("given", [False, "false", None, ""])
def test_26_no_core_metadata_has_no_attribute(anchor, given):
    link = anchor(core_metadata=given)
    assert "data-core-metadata" not in link and "data-dist-info-metadata" not in link


@pytest.mark.parametrize("algorithm, length", [("sha1", 40), ("blake2b_256", 64)])
def test_26_core_metadata_names_no_digest_that_a_client_may_not_know(anchor, algorithm, length):
    """The metadata is there all the same."""
    link = anchor(core_metadata=f"{algorithm}={'a' * length}")
    assert link["data-core-metadata"] == link["data-dist-info-metadata"] == "true"


def test_27_provenance_is_a_secure_url(anchor):
    assert "data-provenance" not in anchor()
    url = "https://pool.example/p?a=b&c=\"d\""
    assert anchor(provenance=url)["data-provenance"].startswith("https://pool.example/p?a=b&c=")


@pytest.mark.parametrize("url", ["http://pool.example/p", "p.json", "//pool.example/p", "javascript:x", ""])
def test_27_other_provenance_is_refused(try_index, url):
    index = try_index([{"filename": SDIST, "provenance": url}])
    assert index.run.status == 2 and ":1:" in index.run.stderr


def test_28_signatures_are_told_of_every_file_or_of_none(build_index):
    names = [f"foo-{number}.0.tar.gz" for number in range(3)]
    index = build_index([{"filename": names[0], "gpg_sig": True},
                         {"filename": names[1], "gpg_sig": False}, {"filename": names[2]}])
    assert {link.text: link["data-gpg-sig"] for link in index.anchors("foo")} == dict(
        zip(names, ["true", "false", "false"])
    )
    assert "gpg" not in build_index(names).simple_html("foo")


def test_29_active_projects_have_no_status(rich_index):
    """Every project is active as yet: a list cannot say otherwise."""
    for page in simple_pages(rich_index):
        assert b"pypi:project-status" not in page


def test_upload_time_and_size_are_attributes_that_uv_reads(anchor):
    """Beyond the frozen specification: uv decides `--exclude-newer` by them."""
    link = anchor(upload_time="2026-11-22T09:30:00.5Z", size=12)
    assert link["data-upload-time"] == "2026-11-22T09:30:00.5Z"
    assert link["data-size"] == "12"


