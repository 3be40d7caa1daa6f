"""Intended differences in what is read: rules that take and return a list of records."""

import re
from typing import Any

import dumb_pypi.main

Record = dict[str, Any]

RULES = {}


def rule(name):
    return lambda function: RULES.setdefault(name, function)


@rule("refused-names")
def drop_refused_names(records: list[Record]) -> list[Record]:
    sidecar = re.compile(r"\.(asc|sig|metadata|md5|sha256|sha512|provenance)$")

    def is_refused(name):
        return (
            name.endswith("\n")
            or name.startswith((".", "-"))
            or len(name) > 255
            or sidecar.search(name)
            or not re.search(r"[a-zA-Z0-9]", dumb_pypi_project(name))
        )

    return [record for record in records if not is_refused(record["filename"])]


def dumb_pypi_project(filename: str) -> str:
    """The project that dumb-pypi guesses, or the name itself if it guesses none."""
    try:
        return dumb_pypi.main.guess_name_version_from_filename(filename)[0]
    except ValueError:
        return filename


@rule("duplicates")
def keep_the_last_line_of_a_name(records: list[Record]) -> list[Record]:
    return list({record["filename"]: record for record in records}.values())


@rule("malformed-digests")
def drop_malformed_digests(records: list[Record]) -> list[Record]:
    return [
        {
            key: value
            for key, value in record.items()
            if key not in ("hash", "core_metadata") or not is_malformed(value)
        }
        for record in records
    ]


DIGITS = {"md5": 32, "sha1": 40, "sha224": 56, "sha256": 64, "sha384": 96, "sha512": 128}


def is_malformed(digest: str | None) -> bool:
    """Whether no installer could check a file by this digest."""
    if digest in (None, "", "true", "false"):
        return False
    algorithm, _, value = digest.lower().partition("=")
    wanted = DIGITS.get(algorithm, len(value))
    return re.fullmatch("[0-9a-f]+", value) is None or len(value) != wanted


# dumb-pypi strips two extensions off every name that ends in gz or bz2, else one. The stand-in
# has one extension where it would strip wrongly, and sorts like the name it stands for.
STAND_IN = {".tgz": ".tgy", ".tar.Z": ".tar-Z", ".tar.xz": ".tar_xz", ".tar.zst": ".tar_zst"}


@rule("extensions")
def write_stand_ins(records: list[Record]) -> list[Record]:
    def stand_in(name):
        for extension, other in STAND_IN.items():
            if name.endswith(extension):
                return name.removesuffix(extension) + other
        return name

    return [{**record, "filename": stand_in(record["filename"])} for record in records]


def own_name(text: str) -> str:
    """A name, or what ends in one, with the extension that a stand-in stands for."""
    for extension, other in STAND_IN.items():
        if text.endswith(other):
            return text.removesuffix(other) + extension
    return text
