"""The JSON form of the simple API: checks 32 to 49."""

import json
import re
from urllib.parse import urljoin

import pytest

from support.records import digest

SDIST = "foo-1.0.tar.gz"
ORDER = ["sha256", "sha512", "sha384", "sha224", "sha1", "md5"]
FILE_KEYS = {
    "filename",
    "url",
    "hashes",
    "requires-python",
    "core-metadata",
    "gpg-sig",
    "size",
    "upload-time",
    "provenance",
    "yanked",
}


@pytest.fixture
def file(build_index):
    """The object of one record."""

    def build(**facts):
        record = {"filename": SDIST} | facts
        return build_index([record]).simple_files("foo")[record["filename"]]

    return build


@pytest.fixture(scope="module")
def all_files(rich_index):
    """All file objects of the rich index."""
    return [
        file for project in rich_index.projects for file in rich_index.simple_json(project)["files"]
    ]


def json_pages(index):
    return {
        path: page for path, page in index.files().items() if path.endswith(("v1_json", "/json"))
    }


def test_32_every_document_is_one_object_in_utf_8_with_one_newline(rich_index):
    pages = json_pages(rich_index)
    assert len(pages) > 2 * len(rich_index.projects)
    for path, page in pages.items():
        assert isinstance(json.loads(page.decode("utf-8")), dict), path
        assert page.startswith(b"{") and page.endswith(b"}\n") and page.count(b"\n") == 1, path


def test_32_lists_for_programs_have_an_object_on_each_line(rich_index, rich):
    for path in ("packages.json", "larder/records.jsonl"):
        lines = rich_index.read(*path.split("/")).decode("utf-8").splitlines()
        assert sorted(json.loads(line)["filename"] for line in lines) == sorted(
            distribution.filename for distribution in rich
        )


@pytest.mark.parametrize(
    "records, version",
    [
        ([{"filename": SDIST, "size": 1}], "1.4"),
        ([{"filename": SDIST, "size": 0}], "1.4"),
        ([{"filename": SDIST}], "1.0"),
        ([{"filename": SDIST, "size": 1}, {"filename": "foo-2.0.tar.gz"}], "1.0"),
        ([{"filename": "foo.tar.gz", "size": 1}], "1.0"),
        ([{"filename": "foo.tar.gz", "size": 1}, {"filename": SDIST, "size": 1}], "1.0"),
    ],
    ids=str,
)
def test_33_the_api_version_is_what_the_facts_support(build_index, records, version):
    assert build_index(records).simple_json("foo")["meta"] == {"api-version": version}


def test_34_the_root_lists_every_project(rich_index):
    root = rich_index.read_json("simple", "index.v1_json")
    assert root["meta"] == {"api-version": "1.4"}
    assert [project["name"] for project in root["projects"]] == rich_index.projects


def test_35_the_name_of_a_page_is_that_of_its_folder(rich_index):
    for project in rich_index.projects:
        assert rich_index.simple_json(project)["name"] == project


def test_36_versions_are_unique_and_cover_every_file(rich_index, rich):
    expected = {}
    for distribution in rich:
        expected.setdefault(distribution.project, set())
        if distribution.version is not None:
            expected[distribution.project].add(distribution.version)
    for project in rich_index.projects:
        versions = rich_index.simple_json(project)["versions"]
        assert len(versions) == len(set(versions))
        assert set(versions) == expected[project]


def test_37_name_url_and_hashes_are_always_there(all_files):
    for file in all_files:
        assert isinstance(file["filename"], str) and isinstance(file["url"], str)
        assert isinstance(file["hashes"], dict)


def test_38_hashes_are_known_and_the_strongest_is_first(all_files, file):
    assert any(file["hashes"] for file in all_files)
    for found in all_files:
        names = list(found["hashes"])
        assert names == sorted(names, key=ORDER.index)
        assert all(re.fullmatch("[0-9a-f]+", value) for value in found["hashes"].values())
    hashes = {name: digest(name, "x") for name in reversed(ORDER)}
    assert list(file(hashes=hashes | {"blake2b_256": "a" * 64})["hashes"].items()) == [
        (name, hashes[name]) for name in ORDER
    ]


@pytest.mark.parametrize("size", [0, 1, 2**31, 2**53, 2**63 - 1])
def test_39_a_size_is_a_whole_number(file, size):
    found = file(size=size)["size"]
    assert found == size and isinstance(found, int)


def test_39_an_unknown_size_is_left_out(file):
    assert "size" not in file() and "size" not in file(size=None)


@pytest.mark.parametrize("size", [-1, 1.5, "12", True, [], 2**63, 10**30])
def test_39_any_other_size_is_refused(try_index, size):
    index = try_index([{"filename": SDIST, "size": size}])
    assert index.run.status == 2 and ":1:" in index.run.stderr


@pytest.mark.parametrize(
    "facts, time",
    [
        ({"upload_time": "2026-11-22T09:30:00Z"}, "2026-11-22T09:30:00Z"),
        ({"upload_time": "2026-11-22T09:30:00.5Z"}, "2026-11-22T09:30:00.5Z"),
        ({"upload_time": "2026-11-22T09:30:00.123456Z"}, "2026-11-22T09:30:00.123456Z"),
        ({"upload_time": "2026-11-22T10:30:00+01:00"}, "2026-11-22T09:30:00Z"),
        ({"upload_timestamp": 0}, "1970-01-01T00:00:00Z"),
        ({"upload_timestamp": -1}, "1969-12-31T23:59:59Z"),
        ({"upload_timestamp": 1500000000.25}, "2017-07-14T02:40:00.25Z"),
        ({"upload_timestamp": 253402300799}, "9999-12-31T23:59:59Z"),
    ],
    ids=str,
)
def test_40_an_upload_time_is_utc_with_at_most_six_digits(file, facts, time):
    assert file(**facts)["upload-time"] == time
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z", time)


@pytest.mark.parametrize(
    "facts",
    [
        {"upload_timestamp": 253402300800},
        {"upload_timestamp": 1e40},
        {"upload_timestamp": "5"},
        {"upload_time": "10000-01-01T00:00:00Z"},
        {"upload_time": "2026-02-30T00:00:00Z"},
        {"upload_time": "2026-11-22"},
        {"upload_time": "yesterday"},
        {"upload_time": ""},
        {"upload_time": 5},
    ],
    ids=str,
)
def test_40_any_other_time_is_refused(try_index, facts):
    index = try_index([{"filename": SDIST} | facts])
    assert index.run.status == 2 and ":1:" in index.run.stderr


def test_40_an_unknown_time_is_left_out(file):
    assert "upload-time" not in file()


@pytest.mark.parametrize(
    "facts, yanked",
    [
        ({}, False),
        ({"yanked": False}, False),
        ({"yanked": None}, False),
        ({"yanked_reason": ""}, False),
        ({"yanked": True}, True),
        ({"yanked": ""}, True),
        ({"yanked": "why"}, "why"),
        ({"yanked_reason": "why"}, "why"),
        ({"yanked": True, "yanked_reason": "why"}, "why"),
    ],
    ids=str,
)
def test_41_yanked_is_a_truth_value_or_a_reason(file, facts, yanked):
    assert file(**facts)["yanked"] is yanked or file(**facts)["yanked"] == yanked != ""


def test_42_requires_python_is_left_out_if_unknown(file, all_files):
    assert "requires-python" not in file() and "requires-python" not in file(requires_python="")
    assert file(requires_python=">=3,<4")["requires-python"] == ">=3,<4"
    assert all(found.get("requires-python", "x") for found in all_files)


@pytest.mark.parametrize(
    "given, shown",
    [
        (True, True),
        ("true", True),
        (False, False),
        ("false", False),
        ("sha256=" + "a" * 64, {"sha256": "a" * 64}),
    ],
    ids=str,
)
def test_43_core_metadata_is_a_truth_value_or_digests(file, given, shown):
    assert file(core_metadata=given)["core-metadata"] == shown


@pytest.mark.parametrize("given", [None, ""])
def test_43_unknown_core_metadata_is_left_out(file, given):
    assert "core-metadata" not in file(core_metadata=given)


def test_44_the_older_name_of_core_metadata_never_appears(rich_index):
    assert not any(b"dist-info-metadata" in page for page in json_pages(rich_index).values())


def test_45_urls_are_those_of_the_html_page_without_fragment(rich_index):
    for project in rich_index.projects:
        links = {link.text: link.url for link in rich_index.anchors(project)}
        for file in rich_index.simple_json(project)["files"]:
            assert "#" not in file["url"]
            page = f"https://index.example/simple/{project}/"
            assert urljoin(page, file["url"]) == urljoin(page, links[file["filename"]])


def test_46_provenance_is_a_secure_url_or_absent(all_files, file):
    assert "provenance" not in file()
    assert any("provenance" in found for found in all_files)
    for found in all_files:
        assert found.get("provenance", "https://").startswith("https://")


def test_47_active_projects_have_no_status(rich_index):
    for project in rich_index.projects:
        page = rich_index.simple_json(project)
        assert "project-status" not in page and set(page["meta"]) == {"api-version"}


def test_48_every_key_is_one_of_the_specification(rich_index, all_files):
    for project in rich_index.projects:
        assert set(rich_index.simple_json(project)) == {"meta", "name", "versions", "files"}
    assert {key for file in all_files for key in file} == FILE_KEYS
    root = rich_index.read_json("simple", "index.v1_json")
    assert set(root) == {"meta", "projects"}
    assert {key for project in root["projects"] for key in project} == {"name"}


def test_49_html_and_json_list_the_same_files_in_the_same_order(rich_index):
    for project in rich_index.projects:
        files = rich_index.simple_json(project)["files"]
        assert [file["filename"] for file in files] == [
            link.text for link in rich_index.anchors(project)
        ]
