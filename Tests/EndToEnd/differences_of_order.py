"""Intended differences in how files are grouped and ordered: rules that change an index in place.

They speak of versions, and so of dumb-pypi's tree after the rules of differences_of_files.
"""

from typing import Any

import dumb_pypi.main
import packaging.version

from index_tree import BASE, Index, Project

RULES = {}


def rule(name):
    return lambda function: RULES.setdefault(name, function)


def normal_form(version: str | None) -> str:
    return str(packaging.version.Version(version)) if version else ""


def sort_key(filename: str, version: str) -> tuple:
    """The order of dumb-pypi, but with each release in one piece: by its normal form too."""
    return (
        packaging.version.Version(version or "0"),
        version,
        not filename.endswith(".whl"),
        dumb_pypi.main._natural_key(filename),
        filename,
    )


def versions_of(project: Project) -> dict[str, str]:
    """The normal form of the version of each file, empty if it has none."""
    versions = {link.filename: "" for link in project.links}
    for version, files in project.page.releases.items():
        versions |= {file["filename"]: normal_form(version) for file in files}
    return versions


def reorder(index: Index, names: list[str]) -> None:
    """Orders the files of some projects anew, also on the changelog."""
    for name in names:
        project = index.projects[name]
        versions = versions_of(project)
        project.links.sort(key=lambda link: sort_key(link.filename, versions[link.filename]))
        project.links.reverse()
        releases = project.page.releases
        in_order = sorted(releases, key=lambda v: (packaging.version.Version(v), normal_form(v)))
        project.page.releases = {version: releases[version] for version in in_order}
        for files in [*releases.values(), *(page.urls for page in project.releases.values())]:
            files.sort(key=lambda file: sort_key(file["filename"], ""))
    times = {record["filename"]: record.get("upload_timestamp") or 0 for record in index.records}
    rows = [row for page in index.changelog for row in page]
    filenames = [
        link.filename for _, p in sorted(index.projects.items()) for link in reversed(p.links)
    ]
    rank = {filename: number for number, filename in enumerate(filenames)}
    rows.sort(key=lambda row: (-times[row.filename], rank[row.filename]))
    size = dumb_pypi.main.CHANGELOG_ENTRIES_PER_PAGE
    index.changelog = [rows[start : start + size] for start in range(0, len(rows), size)]


def join_releases(project: Project, version: str, others: list[str], records) -> None:
    """Makes one release, named by its version's normal form, of those of several spellings."""
    releases = project.page.releases
    files = sorted(
        (file for other in others for file in releases.pop(other)),
        key=lambda file: sort_key(file["filename"], ""),
    )
    releases[version] = files
    page = [project.releases.pop(other) for other in others][0]
    page.urls = files
    page.releases = {version: files}
    page.info["version"] = version
    page.info |= info_of([records[file["filename"]] for file in files])
    project.releases[version] = page


def info_of(records: list[dict[str, Any]]) -> dict[str, Any]:
    """What `info` says of a release as dumb-pypi does it: the first file of those that say most."""
    best = max(records, key=lambda r: bool(r.get("requires_dist")) + bool(r.get("requires_python")))
    info = {key: best.get(key) for key in ("requires_dist", "requires_python", "yanked_reason")}
    return info | {"yanked": bool(best.get("yanked_reason"))}


@rule("trimmed-names")
def trim_project_names(index: Index) -> None:
    records = {record["filename"]: record for record in index.records}
    renamed = {name: name.strip("-") for name in index.projects if name.strip("-") != name}
    for old, new in sorted(renamed.items()):
        project = index.projects.pop(old)
        for page in (project.page, *project.releases.values()):
            page.info["name"] = new
        if new in index.projects:
            join_projects(index.projects[new], project, records)
        else:
            index.projects[new] = project
    if renamed:
        names = sorted(index.projects)
        latest = {name.strip("-"): version for name, _, version in index.home}
        index.root = [(name, f"{BASE}simple/{name}/index.html") for name in names]
        index.home = [(name, f"{BASE}simple/{name}/index.html", latest[name]) for name in names]
        reorder(index, sorted(set(renamed.values())))


def join_projects(project: Project, other: Project, records) -> None:
    """Adds the files of `other` to `project`."""
    project.links += other.links
    for version, page in other.releases.items():
        files = other.page.releases[version]
        if version in project.releases:
            project.page.releases[version] += files
            join_releases(project, version, [version], records)
        else:
            project.releases[version] = page
            project.page.releases[version] = files


@rule("normal-versions")
def key_releases_by_normal_form(index: Index) -> None:
    records = {record["filename"]: record for record in index.records}
    changed = []
    for name, project in index.projects.items():
        spellings: dict[str, list[str]] = {}
        for version in project.page.releases:
            spellings.setdefault(normal_form(version), []).append(version)
        for version, others in spellings.items():
            if others != [version]:
                join_releases(project, version, others, records)
                changed.append(name)
    reorder(index, sorted(set(changed)))


@rule("releases-in-one-piece")
def keep_releases_together(index: Index) -> None:
    def has_equal_versions(project):
        forms = set(versions_of(project).values())
        return len({packaging.version.Version(form or "0") for form in forms}) < len(forms)

    reorder(index, [name for name, p in index.projects.items() if has_equal_versions(p)])


@rule("unversioned-info")
def choose_info_of_unversioned_projects(index: Index) -> None:
    records = {record["filename"]: record for record in index.records}
    for project in index.projects.values():
        if not project.releases:
            project.page.info |= info_of([records[x.filename] for x in reversed(project.links)])


@rule("yanked-releases")
def yank_releases_as_a_whole(index: Index) -> None:
    def yank(info, reasons):
        yanked = all(reasons)
        reason = next((reason for reason in reasons if reason), None)
        info |= {"yanked": yanked, "yanked_reason": reason if yanked else None}

    for project in index.projects.values():
        if not project.releases:
            yank(project.page.info, [link.yanked for link in reversed(project.links)])
        for version, page in project.releases.items():
            yank(page.info, [file["yanked_reason"] for file in project.page.releases[version]])


@rule("latest")
def choose_latest_as_pypi_does(index: Index) -> None:
    def wanted(project, version):
        parsed = packaging.version.Version(version)
        files = project.page.releases[version]
        return (not all(f["yanked"] for f in files), not parsed.is_prerelease, parsed, version)

    latest = {name: "None" for name in index.projects}
    for name, project in index.projects.items():
        if not project.releases:
            continue
        version = max(project.releases, key=lambda v: wanted(project, v))
        project.page.info = {**project.releases[version].info}
        project.page.urls = project.page.releases[version]
        latest[name] = version
    index.home = [(name, url, latest[name]) for name, url, _ in index.home]
