"""dumb-pypi and Larder make the same index of the same list, but for what is meant to differ.

For each list: the real dumb-pypi, from PyPI, makes its tree; Larder makes one of the lines that
dumb-pypi keeps, and another of all lines. The first two must agree after the rules of
intended_differences.py; the third must be the second and every line that dumb-pypi drops.
"""

import copy
import dataclasses
import functools
import importlib.metadata
import json
import os
import pathlib
import re
import shutil
import tempfile

import packaging.version
import pytest

import differences_of_input
import dumb_pypi_tree
import intended_differences
import larder_tree
import record_maker
from binary import REPOSITORY
from index_tree import Index, differences, record_differences

DATA = pathlib.Path(os.environ.get("LARDER_DATA", REPOSITORY.parent / "shared/data"))
HUGE, JSON_LIST = DATA / "package-list-huge.txt", DATA / "package-list.jsonl"
#: What dumb-pypi 1.15.0 says of a name that it cannot read; a version is another thing.
BAD_NAME = re.compile(r"Unsafe package name|Invalid package name|not enough values to unpack")


@dataclasses.dataclass
class Case:
    """A list and where its files are."""

    name: str
    records: list[dict]
    packages_url: str
    is_json: bool = True


def make_case(name: str) -> Case:
    if name == "huge":
        records = [{"filename": line} for line in HUGE.read_text().splitlines()]
        return Case(name, records, "../../pool/", is_json=False)
    if name == "json":
        records = [json.loads(line) for line in JSON_LIST.read_text().splitlines()]
        return Case(name, records, "https://files.example/pool")
    return Case(name, record_maker.make(3000), "../../pool/")


HAS_LISTS = HUGE.exists() and JSON_LIST.exists()
needs_lists = pytest.mark.skipif(not HAS_LISTS, reason=f"no lists in {DATA} (LARDER_DATA)")
CASES = [
    "generated",
    pytest.param("huge", marks=needs_lists),
    pytest.param("json", marks=needs_lists),
]


def test_the_sample_lists_are_there_in_ci():
    assert HAS_LISTS or "CI" not in os.environ, f"there are no lists in {DATA}: set LARDER_DATA"


class Comparison:
    """The trees of one list, each removed when it is read: three huge ones would fill a memory."""

    def __init__(self, case: Case, folder: pathlib.Path):
        self.case, self.folder = case, folder
        self.dumb, self.dumb_stderr = self.run_dumb_pypi()
        kept = {record["filename"] for record in self.expected.records}
        self.kept_lines = [r for r in case.records if r["filename"] in kept]
        everything, self.report = self.run_larder("all", case.records)
        self.kept, _ = self.run_larder("kept", self.kept_lines)
        self.all_filenames = {record["filename"] for record in everything.records}
        #: The versions of each project that dumb-pypi drops a file of.
        self.added = {
            name: {
                version
                for version, files in project.page.releases.items()
                if not kept.issuperset(file["filename"] for file in files)
            }
            for name, project in everything.projects.items()
        }
        self.all = larder_tree.restrict(everything, kept)

    def write(self, name: str, records: list[dict]) -> pathlib.Path:
        lines = [json.dumps(r) if self.case.is_json else r["filename"] for r in records]
        path = self.folder / name
        path.write_text("".join(f"{line}\n" for line in lines))
        return path

    def run_dumb_pypi(self, but: str | None = None) -> tuple[Index, str]:
        """What dumb-pypi makes of the list by the rules on its input, `but` one."""
        records = intended_differences.apply_input(self.case.records, but)
        output = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        stderr = dumb_pypi_tree.run(
            self.write("dumb-list", records), output, self.case.packages_url, self.case.is_json
        )
        index = dumb_pypi_tree.read(output)
        shutil.rmtree(output)
        return index, stderr

    def run_larder(self, name: str, records: list[dict]) -> tuple[Index, dict]:
        """What Larder makes of the list, and its report; the list for other programs is kept."""
        output = self.folder / name
        _, report = larder_tree.run(
            self.write(f"{name}-list", records), output, self.case.packages_url, self.case.is_json
        )
        index = larder_tree.read(output)
        (output / "packages.json").rename(self.folder / f"{name}.json")
        shutil.rmtree(output)
        return index, report

    @functools.cached_property
    def expected(self) -> Index:
        """What Larder should make of the lines that dumb-pypi keeps."""
        return intended_differences.apply_index(copy.deepcopy(self.dumb))

    @functools.cached_property
    def differences(self) -> set[str]:
        return set(differences(self.expected, self.kept))


@pytest.fixture(scope="module")
def generated(tmp_path_factory) -> Comparison:
    return Comparison(make_case("generated"), tmp_path_factory.mktemp("generated"))


@pytest.fixture(scope="module", params=CASES)
def compared(request, tmp_path_factory) -> Comparison:
    if request.param == "generated":
        return request.getfixturevalue("generated")
    return Comparison(make_case(request.param), tmp_path_factory.mktemp(request.param))


def assert_none(found: list[str]) -> None:
    assert not found, f"{len(found)} differences:\n" + "\n".join(found[:25])


def test_nothing_differs_but_what_is_meant(compared):
    assert_none(sorted(compared.differences))


def is_version(text: str) -> bool:
    try:
        packaging.version.Version(text)
    except packaging.version.InvalidVersion:
        return False
    return True


def test_all_lines_make_the_same_index_and_what_dumb_pypi_drops(compared):
    kept, found = compared.kept, compared.all
    assert sorted(found.projects) == sorted(kept.projects)
    for name, project in kept.projects.items():
        other = found.projects[name]
        assert other.links == project.links, name
        assert list(other.page.releases.items()) == list(project.page.releases.items()), name
        assert {version: page.urls for version, page in other.releases.items()} == {
            version: page.urls for version, page in project.releases.items()
        }, name
        added = compared.added[name]
        for version in project.releases.keys() - added:
            assert other.releases[version] == project.releases[version], name
        # A version that is not one of PEP 440 is below all others, so it is the latest only of a
        # project whose other files name no version.
        if project.releases and not any(map(is_version, added)):
            assert other.page == project.page, name
    assert found.root == kept.root
    assert [n for n, _, _ in found.home] == [n for n, _, _ in kept.home]
    assert found.changelog[0] == [row for page in kept.changelog for row in page]
    assert_none(record_differences(kept.records, found.records))


def test_what_dumb_pypi_drops_is_kept_or_said(compared):
    skipped = {line["text"] for line in compared.report["skipped"]}
    kept = {record["filename"] for record in compared.expected.records}
    for line in compared.case.records:
        name = line["filename"]
        # A line of JSON is reported whole, a file name as it is.
        text = json.dumps(line)[:400] if compared.case.is_json else name
        assert (name in compared.all_filenames) != (text in skipped), name
    refused = {r["filename"] for r in compared.case.records} - {
        r["filename"] for r in intended_differences.drop_refused_names(compared.case.records)
    }
    assert kept <= compared.all_filenames
    assert not compared.all_filenames & refused
    # Whatever dumb-pypi drops for its version only is there.
    bad_names = {
        differences_of_input.own_name(line.split(": ", 1)[1].removesuffix(" (skipping package)"))
        for line in compared.dumb_stderr.splitlines()
        if re.match("Unsafe|Invalid package", line)
    }
    everything = {record["filename"] for record in compared.case.records}
    lost = everything - compared.all_filenames - refused - bad_names
    assert lost <= {"lol", "lol-sup"}, "nothing but names without a dot"
    dropped = len(everything) - len(kept) - len(everything - compared.all_filenames)
    print(f"{compared.case.name}: {len(kept)} kept by both, {dropped} by Larder only")


def test_dumb_pypi_reads_packages_json_back(compared):
    packages = compared.folder / "kept.json"
    output = compared.folder / "back"
    stderr = dumb_pypi_tree.run(packages, output, compared.case.packages_url, is_json=True)
    back = [json.loads(line) for line in (output / "packages.json").read_text().splitlines()]
    shutil.rmtree(output)
    names = {record["filename"] for record in back}
    lost = [r["filename"] for r in compared.kept.records if r["filename"] not in names]
    # Without a stand-in, dumb-pypi takes "1.0.tar" for the version of these.
    assert all(name.endswith(tuple(differences_of_input.STAND_IN)) for name in lost)
    assert len(stderr.splitlines()) == len(lost)
    assert_none(
        record_differences([r for r in compared.kept.records if r["filename"] in names], back)
    )


# The huge list.


@needs_lists
def test_the_huge_list_loses_the_22_lines_without_a_usable_name(tmp_path):
    stderr, report = larder_tree.run(HUGE, tmp_path / "index", "../../pool/", is_json=False)
    lines = HUGE.read_text().splitlines()
    said = [line for line in stderr.splitlines() if line.startswith("skipped: ")]
    assert len(lines) == 71_408 and len(said) == 22 == len(report["skipped"])
    for sentence, entry in zip(said, report["skipped"]):
        text = lines[entry["line"] - 1]
        assert entry["path"] == str(HUGE) and entry["text"] == text and entry["reason"]
        assert sentence == f"skipped: {HUGE}:{entry['line']}: {entry['reason']}: {text}"
    assert report["distributions"] == 71_386
    codes = {stage["id"]: stage["dropped"] for stage in report["stages"]}["list"]
    assert codes == {"invalid-filename": 12, "unsafe-filename": 10}
    records = (tmp_path / "index/packages.json").read_text().splitlines()
    shutil.rmtree(tmp_path / "index")
    assert {json.loads(record)["filename"] for record in records} == set(lines) - {
        entry["text"] for entry in report["skipped"]
    }


# The rules.


RULES = [*intended_differences.ON_INPUT, *intended_differences.ON_INDEX]


def test_every_rule_has_its_reason_in_the_table():
    table = pathlib.Path(__file__).with_name("differences-dumb-pypi.md").read_text()
    rows = re.findall(r"^\| `([a-z-]+)` \|(.+)\|$", table, re.MULTILINE)
    assert [name for name, _ in rows] == RULES
    for name, cells in rows:
        parts = [cell.strip() for cell in cells.split(" | ")]
        assert len(parts) == 2 and all(parts), name


@pytest.mark.parametrize("rule", RULES)
def test_no_rule_is_idle(generated, rule):
    dumb = generated.dumb
    if rule in intended_differences.ON_INPUT:
        dumb, _ = generated.run_dumb_pypi(but=rule)
    expected = intended_differences.apply_index(copy.deepcopy(dumb), but=rule)
    without = set(differences(expected, generated.kept))
    assert without - generated.differences, f"without {rule} nothing more differs: remove it"


def test_dumb_pypi_is_the_one_that_the_table_speaks_of():
    assert importlib.metadata.version("dumb-pypi") == "1.15.0"
    assert int(importlib.metadata.version("packaging").split(".")[0]) >= 26
