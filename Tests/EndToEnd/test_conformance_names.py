"""File names, project names and versions: checks 62 to 68."""

import random

import pytest
from packaging.version import Version

from support.corpus import NAMES
from support.records import shown

ASCENDING = [
    "1.0.dev1",
    "1.0a1.dev1",
    "1.0a1",
    "1.0a1.post1.dev1",
    "1.0a1.post1",
    "1.0b1",
    "1.0rc1",
    "1.0",
    "1.0+abc",
    "1.0+abc.1",
    "1.0+5",
    "1.0+5.a",
    "1.0+10",
    "1.0.post1.dev1",
    "1.0.post1",
    "1.1.dev1",
    "1!0.1",
]
LEGACY_ASCENDING = [
    "dev_foo",
    "final",
    "latest",
    "0.1.2-SNAPSHOT",
    "1.0-final",
    "2004d",
    "1.0",
]
NORMAL_FORMS = {
    "1.0a-1": "1.0a1",
    "1.0-1": "1.0.post1",
    "1.0-rev": "1.0.post0",
    "01.002": "1.2",
    "1.0-preview_3": "1.0rc3",
    "1.0+Ubuntu-1": "1.0+ubuntu.1",
    "1.0+ubuntu_01.x": "1.0+ubuntu.1.x",
    "0!1.0": "1.0",
    "v1.0": "1.0",
    "1.0RC1": "1.0rc1",
    "1.0.c": "1.0rc0",
    "1.0-r4": "1.0.post4",
}
NOT_PEP_440 = [
    "1.0+",
    "1.0-",
    "1_0",
    "1.0e1",
    "1.0-final",
    "1.0.dev1.post1",
    "1.0a1b2",
    "1.0.post5.post2",
]

# What dumb-pypi's guesser makes of odd names, in the column of the standard where it is better.
GUESSES = {
    "dumb_init-1.2.0-py2.py3-none-manylinux1_x86_64.whl": ("dumb-init", "1.2.0"),
    "numpy-1.11.1rc1-cp27-cp27m-macosx_10_6_intel.macosx_10_9_intel.whl": ("numpy", "1.11.1rc1"),
    "f-1.0+local-py3-none-any.whl": ("f", "1.0+local"),
    "somepackage-1.2.3.4.post5.post2-py3-none-any.whl": ("somepackage", "1.2.3.4.post5.post2"),
    "aspy.yaml.zip": ("aspy-yaml", None),
    "f.tar.gz": ("f", None),
    "2.exe": ("2", None),
    "ocflib-3-4.tar.gz": ("ocflib-3-4", None),
    "foo-bar-1.tar.gz": ("foo-bar-1", None),
    "foo-1.tar.gz": ("foo", "1"),
    "aspy.yaml-0.2.1.tar.gz": ("aspy-yaml", "0.2.1"),
    "pandas-0.2beta.tar.gz": ("pandas", "0.2b0"),
    "scikit-learn-0.15.1.tar.gz": ("scikit-learn", "0.15.1"),
    "flup-123-1.0.3.dev-20110405.tar.gz": ("flup-123", "1.0.3.dev20110405"),
    "package-123-1.3.7+build.11.e0f985a.zip": ("package-123", "1.3.7+build.11.e0f985a"),
    "abl.jquery-1.4.2-2.tar.gz": ("abl-jquery", "1.4.2.post2"),
    "mesos.cli-0.1.3-py2.7.egg": ("mesos-cli", "0.1.3"),
    "dumb-init-0.1.0.linux-x86_64.tar.gz": ("dumb-init", "0.1.0"),
    "greenlet-0.3.4-py3.1-win-amd64.egg": ("greenlet", "0.3.4"),
    "numpy-1.7.0.win32-py3.1.exe": ("numpy", "1.7.0"),
    "foo-1.0.tgz": ("foo", "1.0"),
    "foo-1.0.tar.xz": ("foo", "1.0"),
    "foo-1.0.tar.Z": ("foo", "1.0"),
    "foo-v1.0.tar.gz": ("foo", "1.0"),
    "Foo.Bar-1.0-py3-none-any.whl": ("foo-bar", "1.0"),
    "foo-1.0-1a-py3-none-any.whl": ("foo", "1.0"),
    "foo-1!1.0-py3-none-any.whl": ("foo", "1!1.0"),
}
NO_GUESS = [
    "lol",
    "lol-sup",
    "-20160920.193125.zip",
    "playlyfe-0.1.1-2.7.6-none-any.whl",
    "..",
    "/blah-2.tar.gz",
    "lol-2.tar.gz/../",
    "",
]


def names_of(versions):
    return [f"foo-{version}.tar.gz" for version in versions]


@pytest.mark.parametrize("name, normalized", NAMES.items())
def test_62_a_project_has_its_normalized_name(build_index, name, normalized):
    filename = f"{name.replace('-', '_')}-1.0.tar.gz"
    index = build_index([filename])
    assert index.projects == [normalized]
    assert index.simple_html(normalized).count(f">{filename}</a>") == 1


def test_62_spellings_of_a_name_share_one_page(build_index):
    index = build_index(["foo__bar-1.0.tar.gz", "foo_bar-2.0.tar.gz", "Foo.Bar-3.0.tar.gz"])
    assert index.projects == ["foo-bar"]
    assert len(index.anchors("foo-bar")) == 3


@pytest.mark.parametrize("filename, guess", GUESSES.items())
def test_62_odd_file_names_are_understood(build_index, filename, guess):
    project, version = guess
    index = build_index([filename])
    assert index.projects == [project]
    assert index.simple_json(project)["versions"] == ([] if version is None else [version])


@pytest.mark.parametrize("filename", NO_GUESS)
def test_62_what_names_no_distribution_is_skipped_with_its_reason(build_index, filename):
    index = build_index([filename, "good-1.0.tar.gz"])
    assert index.projects == ["good"]
    assert [line for line, _ in index.run.skipped] == [1]


@pytest.mark.parametrize("written, normal", NORMAL_FORMS.items())
def test_62_versions_are_shown_in_their_normal_form(build_index, written, normal):
    assert shown(written) == normal
    assert build_index([f"foo-{written}.tar.gz"]).simple_json("foo")["versions"] == [normal]


@pytest.mark.parametrize("version", NOT_PEP_440)
def test_62_versions_that_pep_440_refuses_are_kept_as_written(build_index, version):
    assert build_index([f"foo-{version}.tar.gz"]).simple_json("foo")["versions"] == [version]


@pytest.mark.parametrize("ascending", [ASCENDING, LEGACY_ASCENDING], ids=["valid", "legacy"])
def test_63_versions_are_in_order(build_index, ascending):
    shuffled = names_of(ascending)
    random.Random(63).shuffle(shuffled)
    index = build_index(shuffled)
    assert index.simple_json("foo")["versions"] == ascending
    assert [link.text for link in index.anchors("foo")] == names_of(reversed(ascending))


def test_64_numbers_of_any_length_are_compared(build_index):
    long = ["9" * 39, "1" + "0" * 39, "1" + "0" * 38 + "1"]
    ascending = ["1.9", "1.10", *(f"1.{number}" for number in long), *long]
    assert sorted(ascending, key=Version) == ascending
    index = build_index(names_of(reversed(ascending)))
    assert index.simple_json("foo")["versions"] == ascending


def test_65_local_versions_are_encoded_in_urls_only(build_index):
    filename = "foo-1.0+local.1-py3-none-any.whl"
    index = build_index([filename])
    (link,) = index.anchors("foo")
    assert link.text == filename and link.url.endswith("/foo-1.0%2Blocal.1-py3-none-any.whl")
    assert index.simple_files("foo")[filename]["url"] == link.url
    assert index.folders("pypi", "foo") == ["1.0+local.1"]


def test_66_spellings_of_a_version_share_one_release(build_index):
    names = ["foo-1.0-1.tar.gz", "foo-1.0.post1-py3-none-any.whl", "foo-v1.0.post1.zip"]
    releases = build_index(names).legacy("foo")["releases"]
    assert {
        version: {file["filename"] for file in files} for version, files in releases.items()
    } == {"1.0.post1": set(names)}


def test_67_equal_versions_of_other_length_are_releases_of_their_own(build_index):
    names = names_of(["1.0", "1.0.0", "1", "v1.0"])
    index = build_index(names)
    assert sorted(index.simple_json("foo")["versions"]) == ["1", "1.0", "1.0.0"]
    assert index.files() == build_index(names[::-1]).files()


def test_68_of_a_file_that_is_given_twice_the_last_line_counts(build_index):
    index = build_index(
        [
            {"filename": "foo-1.0.tar.gz", "size": 1},
            {"filename": "foo-2.0.tar.gz"},
            {"filename": "foo-1.0.tar.gz", "size": 2},
        ]
    )
    assert [file["size"] for name, file in index.simple_files("foo").items() if "1.0" in name] == [
        2
    ]
    assert [link.text for link in index.anchors("foo")] == names_of(["2.0", "1.0"])
    (duplicate,) = index.run.report["duplicates"]
    assert (duplicate["dropped_line"], duplicate["kept_line"]) == (1, 3)
    assert "foo-1.0.tar.gz is on line 1 and again on line 3" in index.run.stderr


def test_68_names_that_differ_in_case_are_two_files(build_index):
    names = ["Foo-1.0.tar.gz", "foo-1.0.tar.gz"]
    assert {link.text for link in build_index(names).anchors("foo")} == set(names)


@pytest.mark.parametrize("length", [246, 247, 255])
def test_long_file_names_have_pages(build_index, length):
    filename = "a" * (length - len("-1.0.tar.gz")) + "-1.0.tar.gz"
    index = build_index([filename])
    assert [link.text for link in index.anchors(index.projects[0])] == [filename]


def test_a_longer_file_name_is_skipped(build_index):
    index = build_index(["a" * 245 + "-1.0.tar.gz", "foo-1.0.tar.gz"])
    assert index.projects == ["foo"]
    assert index.run.skipped == [(1, "unsafe-filename")]


def test_a_version_that_grows_past_a_folder_name_stops_nobody(build_index):
    """`1ardev` is short for `1a0.post0.dev0`: the normal form may be too long for a folder."""
    filename = f"f-{'1' * 244}ardev.zip"
    assert len(filename) == 255
    index = build_index([filename, "foo-1.0.tar.gz"])
    assert "foo" in index.projects


@pytest.mark.parametrize("version", ["json", "JSON", "index.html", "simple", "latest", "~", "_"])
def test_odd_versions_have_their_pages(build_index, version):
    index = build_index([f"foo-{version}.zip"])
    assert index.legacy("foo")["urls"][0]["filename"] == f"foo-{version}.zip"


@pytest.mark.parametrize(
    "names",
    [
        b"foo-1.0.tar.gz",
        b"foo-1.0.tar.gz\r\n",
        b"\n\r\nfoo-1.0.tar.gz\n\n",
        b"foo-1.0.tar.gz\nfoo-1.0.tar.gz\n",
    ],
    ids=["open end", "windows", "empty lines", "doubled"],
)
def test_lists_are_read_as_editors_write_them(build_index, names):
    assert [link.text for link in build_index(names).anchors("foo")] == ["foo-1.0.tar.gz"]


def test_a_byte_order_mark_is_no_part_of_a_name(build_index):
    index = build_index(b"\xef\xbb\xbffoo-1.0.tar.gz\nbar-1.0.tar.gz\n")
    assert index.projects in (["bar"], ["bar", "foo"])
    assert len(index.run.skipped) == 2 - len(index.projects)


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b"",
        b"[]",
        b"{}",
        b'{"filename": 5}',
        b'{"filename": "foo-1.0.zip", "sise": 1}',
        b'{"filename": "foo-1.0.zip", "size": 1, "size": 1}',
        b'{"filename": "foo-1.0.zip",}',
        b'{"filename": "foo-1.0.zip"} x',
        b'{"filename": "foo-1.0.zip", "summary": "\xff"}',
        b'{"filename": "foo-1.0.zip", "requires_dist": "a"}',
        b'{"filename": "foo-1.0.zip", "yanked": 1}',
        b'{"filename": "foo-1.0.zip", "summary": "a\x00b"}',
        b'{"filename": "foo-1.0.zip", "hash": []}',
    ],
    ids=ascii,
)
def test_a_broken_record_stops_the_run_at_its_line(try_index, line):
    """As dumb-pypi does, but with the line."""
    index = try_index(b'{"filename": "bar-1.0.zip"}\n' + line + b"\n")
    assert index.run.status == 2 and ":2:" in index.run.stderr
    assert not index.root.exists()
