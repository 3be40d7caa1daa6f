"""Intended differences in the pages of the whole index: rules that change an index in place."""

import datetime

from differences_of_files import rows_of
from index_tree import BASE, Index

RULES = {}


def rule(name):
    return lambda function: RULES.setdefault(name, function)


@rule("no-releases-of-a-release")
def drop_releases_of_release_pages(index: Index) -> None:
    for project in index.projects.values():
        for page in project.releases.values():
            page.releases = None


@rule("root-links")
def link_folders_from_root(index: Index) -> None:
    index.root = [(name, url.removesuffix("index.html")) for name, url in index.root]


@rule("home-links")
def link_project_pages_from_home(index: Index) -> None:
    index.home = [(name, f"{BASE}project/{name}/", latest) for name, _, latest in index.home]


@rule("home-names")
def show_names_alone_at_home(index: Index) -> None:
    index.home = sorted((name, url, "") for name, url, _ in index.home)


@rule("no-none")
def show_none_to_nobody(index: Index) -> None:
    for row in rows_of(index):
        row.uploader = "" if row.uploader == "None" else row.uploader


@rule("time-zero")
def show_the_first_second(index: Index) -> None:
    zero = {r["filename"] for r in index.records if r.get("upload_timestamp") == 0}
    for row in rows_of(index):
        if row.filename in zero:
            row.time = str(datetime.datetime.fromtimestamp(0, datetime.UTC)).removesuffix("+00:00")
