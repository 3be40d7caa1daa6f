"""Intended differences in what every page says of a file: rules that change an index in place."""

import urllib.parse
from typing import Any

from differences_of_input import own_name
from index_tree import Index, LegacyPage, Link, Row

RULES = {}


def rule(name):
    return lambda function: RULES.setdefault(name, function)


def pages_of(index: Index) -> list[LegacyPage]:
    return [
        page
        for project in index.projects.values()
        for page in (project.page, *project.releases.values())
    ]


def files_of(index: Index) -> list[dict[str, Any]]:
    """The objects of all files in all pages of the legacy JSON API."""
    lists = []
    for page in pages_of(index):
        lists += [page.urls, *(page.releases or {}).values()]
    return [file for files in lists for file in files]


def links_of(index: Index) -> list[Link]:
    return [link for project in index.projects.values() for link in project.links]


def rows_of(index: Index) -> list[Row]:
    return [row for page in index.changelog for row in page]


def links_and_rows_of(index: Index) -> list[Link | Row]:
    return [*links_of(index), *rows_of(index)]


@rule("relative-urls")
def rebase_relative_urls(index: Index) -> None:
    right = {link.filename: link.url for link in links_of(index)}
    for row in rows_of(index):
        row.url = right[row.filename]
    for project in index.projects.values():
        for page in project.releases.values():
            for file in page.urls:
                file["url"] = right[file["filename"]]


@rule("percent-encoding")
def encode_names_in_urls(index: Index) -> None:
    def encoded(url):
        folder, _, name = url.rpartition("/")
        return f"{folder}/{urllib.parse.quote(name)}"

    for item in links_and_rows_of(index):
        item.url = encoded(item.url)
    for file in files_of(index):
        file["url"] = encoded(file["url"])


#: The digests that every client takes in a page.
CLIENTS_KNOW = ("sha256=", "sha512=", "sha384=", "md5=")


@rule("fragments")
def keep_fragments_that_clients_know(index: Index) -> None:
    for item in links_and_rows_of(index):
        if not item.fragment.lower().startswith(CLIENTS_KNOW):
            item.fragment = ""


@rule("lower-case-digests")
def lower_digests(index: Index) -> None:
    for item in links_and_rows_of(index):
        item.fragment = item.fragment.lower()
    for link in links_of(index):
        link.core_metadata = link.core_metadata and link.core_metadata.lower()
    for file in files_of(index):
        if "digests" in file:
            file["digests"] = {k.lower(): v.lower() for k, v in file["digests"].items()}
    for record in index.records:
        for key in {"hash", "core_metadata"} & record.keys():
            record[key] = record[key].lower()


@rule("metadata-false")
def drop_metadata_that_is_false(index: Index) -> None:
    for link in links_of(index):
        if link.core_metadata == "false":
            link.core_metadata = None
    for record in index.records:
        if record.get("core_metadata") == "false":
            del record["core_metadata"]


@rule("metadata-digests")
def keep_metadata_digests_that_clients_know(index: Index) -> None:
    def known(value):
        odd = "=" in value and not value.lower().startswith(CLIENTS_KNOW)
        return "true" if odd else value

    for link in links_of(index):
        link.core_metadata = link.core_metadata and known(link.core_metadata)
    for record in index.records:
        if record.get("core_metadata"):
            record["core_metadata"] = known(record["core_metadata"])


@rule("empty-is-unknown")
def make_empty_texts_null(index: Index) -> None:
    for facts in [*files_of(index), *(page.info for page in pages_of(index))]:
        for key in ("requires_python", "yanked_reason"):
            facts[key] = facts[key] or None
    for record in index.records:
        for key in [key for key, value in record.items() if value == ""]:
            del record[key]


@rule("upload-time")
def write_times_as_pypi_does(index: Index) -> None:
    for file in files_of(index):
        if file.get("upload_time"):
            file["upload_time"] = file["upload_time"].replace(" ", "T")


@rule("microseconds")
def cut_times_to_microseconds(index: Index) -> None:
    for record in index.records:
        if "upload_timestamp" in record:
            whole, point, fraction = repr(record["upload_timestamp"]).partition(".")
            record["upload_timestamp"] = float(whole + point + fraction[:6])


@rule("package-types")
def name_package_types(index: Index) -> None:
    types = {"exe": "wininst", "msi": "msi", "rpm": "rpm", "dmg": "dmg", "egg": "egg"}
    for file in files_of(index):
        extension = file["filename"].rsplit(".", 1)[1].lower()
        if extension in types:
            file["packagetype"] = f"bdist_{types[extension]}"


def remove_stand_ins(index: Index) -> None:
    """Gives the files of an index their own names again."""
    for item in links_and_rows_of(index):
        item.filename, item.url = own_name(item.filename), own_name(item.url)
    for file in files_of(index):
        file["filename"], file["url"] = own_name(file["filename"]), own_name(file["url"])
    for record in index.records:
        record["filename"] = own_name(record["filename"])
