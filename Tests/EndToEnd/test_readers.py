"""Independent readers take every page: pypi-simple, html5lib, JSON Schema, a link checker."""

import json
from pathlib import Path

import pytest
from pypi_simple import IndexPage, ProjectPage

from support.links import broken_links
from support.schemas import validator

REAL_NAMES = (Path(__file__).parent / "data" / "real-names.txt").read_text().splitlines()


@pytest.fixture(scope="module")
def real_index(build_index):
    """Files of 2,000 projects that people have published, with all the oddities of their names."""
    return build_index(REAL_NAMES)


@pytest.fixture(scope="module", params=["rich", "real"])
def index(request):
    return request.getfixturevalue(f"{request.param}_index")


def test_the_sample_of_real_names_has_about_two_thousand_projects(real_index):
    assert 1900 < len(real_index.projects) < 2200
    assert len(real_index.run.skipped) < 10


def test_pypi_simple_reads_every_page_in_both_forms(index):
    roots = [
        IndexPage.from_html(index.read("simple", "index.html").decode()),
        IndexPage.from_json_data(index.read_json("simple", "index.v1_json")),
    ]
    for root in roots:
        assert root.projects == index.projects
        assert root.repository_version == "1.4"
    for project in index.projects:
        base = f"https://index.example/simple/{project}/"
        page = index.read("simple", project, "index.html").decode()
        html = ProjectPage.from_html(project, page, base_url=base)
        data = ProjectPage.from_json_data(index.simple_json(project), base_url=base)
        assert [facts(package) for package in html.packages] == [
            facts(package) for package in data.packages
        ]


def facts(package):
    """What pypi-simple reads of a file in both forms of the page."""
    return (
        package.filename,
        package.url,
        package.project,
        package.version,
        package.package_type,
        package.requires_python,
        package.is_yanked,
        package.yanked_reason or None,
        bool(package.has_metadata),
        package.provenance_url,
    )


def test_the_schemas_accept_every_page(index):
    for project in index.projects:
        validator_of("simple-detail").validate(index.simple_json(project))
        validator_of("legacy-project").validate(index.legacy(project))
        for version in index.folders("pypi", project):
            validator_of("legacy-release").validate(index.legacy(project, version))
    validator_of("simple-root").validate(index.read_json("simple", "index.v1_json"))


VALIDATORS = {}


def validator_of(name):
    """Compiled once: there are thousands of pages."""
    if name not in VALIDATORS:
        VALIDATORS[name] = validator(name)
    return VALIDATORS[name]


def test_every_page_is_html5_and_every_link_leads_to_a_page_or_to_a_file(index):
    """html5lib reads the pages strictly: its first error ends the test."""
    pool = {f"/pool/{name}" for name in distributions(index)}
    assert len(pool) == index.run.report["distributions"]
    assert broken_links(index.files(), pool, pages_elsewhere(index)) == []


def test_links_hold_wherever_the_tree_is_mounted(build_index, rich):
    """With the pool beside the index, on a host that serves the index in a folder."""
    index = build_index([file.record for file in rich], packages_url="../../../pool/")
    pool = {f"/team/pool/{name}" for name in distributions(index)}
    assert broken_links(index.files(), pool, pages_elsewhere(index), mount="/team/index/") == []


def pages_elsewhere(index):
    """The pages of projects that records name."""
    records = map(json.loads, index.read("larder/records.jsonl").splitlines())
    return {url for record in records for url in record.get("project_urls", {}).values()}


def distributions(index):
    """The file names that the list for other programs holds."""
    return [json.loads(line)["filename"] for line in index.read("packages.json").splitlines()]
