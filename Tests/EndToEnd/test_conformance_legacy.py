"""The legacy JSON API: checks 50 to 61."""

from datetime import datetime, timezone
from urllib.parse import urljoin

import pytest

from support.records import digest
from support.schemas import validator

SDIST = "foo-1.0.tar.gz"


def test_50_a_project_has_releases_and_a_version_has_none(rich_index):
    """dumb-pypi's page of a version has `releases`; PyPI's and ours have not."""
    common = {"info", "last_serial", "ownership", "urls", "vulnerabilities"}
    for project in rich_index.projects:
        page = rich_index.legacy(project)
        assert set(page) == common | {"releases"}
        for version in rich_index.folders("pypi", project):
            assert set(rich_index.legacy(project, version)) == common


def test_51_every_key_is_there_with_its_type(rich_index):
    project_page = validator("legacy-project")
    release_page = validator("legacy-release")
    for project in rich_index.projects:
        project_page.validate(rich_index.legacy(project))
        for version in rich_index.folders("pypi", project):
            release_page.validate(rich_index.legacy(project, version))


def yanked(version):
    return {"filename": f"foo-{version}.tar.gz", "yanked": True}


def plain(version):
    return {"filename": f"foo-{version}.tar.gz"}


@pytest.mark.parametrize(
    "records, latest",
    [
        ([plain("1.0"), plain("2.0")], "2.0"),
        ([plain("1.0"), plain("2.0rc1")], "1.0"),
        ([plain("1.0"), plain("2.0.dev1")], "1.0"),
        ([plain("1.0"), plain("1.0.post1")], "1.0.post1"),
        ([plain("1.0"), yanked("2.0")], "1.0"),
        ([plain("1.0rc1"), yanked("2.0")], "1.0rc1"),
        ([plain("1.0rc1"), plain("1.0a1")], "1.0rc1"),
        ([yanked("1.0"), yanked("2.0"), yanked("3.0rc1")], "2.0"),
        ([plain("1.0"), plain("1.10"), plain("1.9")], "1.10"),
        ([plain("1.0"), plain("1!0.1")], "1!0.1"),
        ([plain("1.0"), plain("1.0+local")], "1.0+local"),
        ([plain("1.0"), plain("2004d")], "1.0"),
        ([plain("1.0.dev1"), plain("2004d")], "1.0.dev1"),
        ([plain("2004d")], "2004d"),
        ([plain("1.0"), {"filename": "foo.tar.gz"}], "1.0"),
        ([plain("2.0"), yanked("2.0"), {"filename": "foo-2.0.zip"}, plain("1.0")], "2.0"),
    ],
    ids=str,
)
def test_52_info_tells_of_the_version_that_pypi_would_choose(build_index, records, latest):
    """The newest final version, else the newest pre-release; yanked ones only if all are."""
    assert build_index(records).legacy("foo")["info"]["version"] == latest


def test_53_urls_are_the_files_of_that_version(rich_index):
    for project in rich_index.projects:
        page = rich_index.legacy(project)
        assert page["urls"] == page["releases"].get(page["info"]["version"], [])


def test_54_every_file_with_a_version_stands_under_its_normal_form(rich_index, rich):
    listed = sorted(
        (project, version, file["filename"])
        for project in rich_index.projects
        for version, files in rich_index.legacy(project)["releases"].items()
        for file in files
    )
    assert listed == sorted(
        (file.project, file.version, file.filename) for file in rich if file.version is not None
    )


@pytest.mark.parametrize(
    "facts, flag, reason",
    [
        ({}, False, None),
        ({"yanked": True}, True, None),
        ({"yanked": ""}, True, None),
        ({"yanked_reason": "why"}, True, "why"),
        ({"yanked_reason": ""}, False, None),
    ],
    ids=str,
)
def test_55_a_reason_is_null_unless_there_is_one(build_index, facts, flag, reason):
    page = build_index([{"filename": SDIST} | facts]).legacy("foo")
    for found in (page["urls"][0], page["info"]):
        assert (found["yanked"], found["yanked_reason"]) == (flag, reason)


def test_55_a_release_is_yanked_if_all_its_files_are(build_index):
    records = [{"filename": "foo-1.0.zip", "yanked": "why"}, {"filename": SDIST}]
    info = build_index(records).legacy("foo")["info"]
    assert (info["yanked"], info["yanked_reason"]) == (False, None)


def test_56_both_upload_times_are_one_instant(rich_index):
    pairs = [
        (file["upload_time"], file["upload_time_iso_8601"])
        for project in rich_index.projects
        for file in rich_index.legacy_files(project)
    ]
    assert (None, None) in pairs
    for plain_time, time in pairs:
        if time is not None:
            assert datetime.fromisoformat(plain_time) == datetime.fromisoformat(time).replace(
                tzinfo=None, microsecond=0
            )
            assert "T" in plain_time and time.endswith("Z")


def test_57_digests_are_those_of_the_record(build_index):
    hashes = {name: digest(name, "x") for name in ("sha256", "md5")}
    hashes["blake2b_256"] = "b" * 64
    (file,) = build_index([{"filename": SDIST, "hashes": hashes}]).legacy("foo")["urls"]
    assert file["digests"] == hashes
    assert file["md5_digest"] == hashes["md5"]


def test_57_without_md5_its_key_is_null(build_index):
    (file,) = build_index([{"filename": SDIST, "hash": "sha256=" + "a" * 64}]).legacy("foo")["urls"]
    assert file["digests"] == {"sha256": "a" * 64} and file["md5_digest"] is None


@pytest.mark.parametrize(
    "facts, requirements",
    [
        ({}, None),
        ({"requires_dist": None}, None),
        ({"requires_dist": []}, []),
        ({"requires_dist": ["a<2", 'b; extra == "x"']}, ["a<2", 'b; extra == "x"']),
    ],
    ids=str,
)
def test_58_requirements_are_null_only_if_unknown(build_index, facts, requirements):
    """Poetry trusts an empty list, and looks into the file for null."""
    info = build_index([{"filename": SDIST} | facts]).legacy("foo")["info"]
    assert info["requires_dist"] == requirements


def test_59_a_project_without_versions_has_an_empty_page(build_index):
    index = build_index(["foo.tar.gz"])
    page = index.legacy("foo")
    assert page["releases"] == {} and page["urls"] == [] and page["info"]["version"] is None
    assert [link.text for link in index.anchors("foo")] == ["foo.tar.gz"]


def test_60_without_pages_of_versions_there_is_one_file(build_index):
    index = build_index([SDIST, "foo-2.0.tar.gz"], no_per_release_json=True)
    assert {path for path in index.files() if path.startswith("pypi/")} == {"pypi/foo/json"}


@pytest.mark.parametrize(
    "packages_url",
    [
        "../../pool/",
        "../../pool",
        "../../../pool/",
        "../pool/",
        "pool/",
        "./pool/",
        "../../",
        "/pool/",
        "https://pool.example/files/",
        "//pool.example/files/",
    ],
)
def test_61_file_urls_read_the_same_from_every_depth(build_index, packages_url):
    name = "foo-1.0+local.tar.gz"
    index = build_index([name], packages_url=packages_url)
    host = "https://index.example/deep/mount/"
    base = packages_url if packages_url.endswith("/") else packages_url + "/"
    expected = urljoin(f"{host}simple/foo/", base + "foo-1.0%2Blocal.tar.gz")
    (link,) = index.anchors("foo")
    assert urljoin(f"{host}simple/foo/", link.url) == expected
    for page, document in {
        "simple/foo/": index.simple_json("foo")["files"],
        "pypi/foo/json": index.legacy("foo")["urls"],
        "pypi/foo/1.0+local/json": index.legacy("foo", "1.0+local")["urls"],
    }.items():
        assert urljoin(host + page, document[0]["url"]) == expected, page


def test_61_a_relative_url_of_a_record_reads_the_same_too(build_index):
    record = {"filename": SDIST, "url": "../../other/foo-1.0.tar.gz"}
    index = build_index([record])
    host = "https://index.example/"
    for page, document in {
        "simple/foo/": index.simple_json("foo")["files"],
        "pypi/foo/json": index.legacy("foo")["urls"],
        "pypi/foo/1.0/json": index.legacy("foo", "1.0")["urls"],
    }.items():
        assert urljoin(host + page, document[0]["url"]) == host + "other/foo-1.0.tar.gz"


def test_a_new_release_changes_no_page_of_those_before(build_index):
    days = [dated(f"foo-{day}.0.tar.gz", day) for day in range(1, 10)]
    before, after = build_index(days[:-1]), build_index(days)
    for day in range(1, 9):
        page = after.legacy("foo", f"{day}.0")
        assert page == before.legacy("foo", f"{day}.0")
        assert datetime.fromtimestamp(page["last_serial"], timezone.utc).day == day
    assert after.legacy("foo")["last_serial"] == after.legacy("foo", "9.0")["last_serial"]


def dated(filename, day):
    return {"filename": filename, "upload_time": f"2024-05-{day:02}T12:00:00Z"}
