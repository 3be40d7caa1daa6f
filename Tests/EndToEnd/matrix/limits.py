"""Why a cell is not green: what the client, or dumb-pypi, says of itself."""

from dataclasses import dataclass
from fnmatch import fnmatch


@dataclass(frozen=True)
class Limit:
    """The reason of all cells that its patterns match; a `|` stands between several."""

    clients: str
    scenarios: str
    indexes: str
    why: str

    def holds(self, *cell):
        patterns = (self.clients, self.scenarios, self.indexes)
        return all(
            any(fnmatch(part, pattern) for pattern in either.split("|"))
            for part, either in zip(cell, patterns, strict=True)
        )


HTML = "http.server|S3, HTML"
ALL = [
    Limit(
        "pip 9.*|pip 20.*", "resolve|metadata only", "*",
        "pip's changelog, 22.2: `pip install --dry-run` came then; before, pip resolves only to"
        " install or to download.",
    ),
    Limit(
        "pip 9.*|pip 20.*|pip 23.*|pip 25.*", "upload times", "*",
        "pip's changelog, 26.0: `--uploaded-prior-to` came then.",
    ),
    Limit(
        "pip 9.*|pip 20.*", "*", "S3, JSON",
        "pip's changelog, 22.2: pages in JSON (PEP 691) are read since then. A bucket for older"
        " versions needs `index_keys`.",
    ),
    Limit(
        "pip 9.*", "source archive", "*",
        "pip's changelog, 19.0: a build backend (PEP 517) is used since then; before, setuptools.",
    ),
    Limit(
        "pip 9.*", "yanked", "*",
        "pip's changelog, 19.2: what is yanked (PEP 592) is heeded since then.",
    ),
    Limit(
        "pip 23.*", "metadata only", "*",
        "pip's changelog, 25.3: `--dry-run` downloads no wheel whose metadata are served since"
        " then. pip 23.3 downloads those that it took, and no other.",
    ),
    Limit(
        "hatch *", "metadata only", "*",
        "Hatch's history, 1.17.0: `hatch lock` makes the environment first if there is none, and"
        " so downloads what it took, and no other.",
    ),
    Limit(
        "uv *", "download", "*",
        "uv's documentation, Compatibility with pip and pip-tools: not all subcommands of pip are"
        " there; this one is not.",
    ),
    Limit(
        "poetry *|pdm *|pipenv *|hatch *", "download", "*",
        "It installs projects: the reference of its command line has nothing that only downloads.",
    ),
    Limit(
        "pip-tools *", "download", "*",
        "pip-tools' README: it is `pip-compile` and `pip-sync`, beside pip.",
    ),
    Limit(
        "*", "upload times", "dumb-pypi*",
        "dumb-pypi 1.15.0 writes pages in HTML only, and upload times only on those for people.",
    ),
    Limit(
        "*", "epochs, local versions", "dumb-pypi*",
        "dumb-pypi 1.15.0 takes no `!` in a file name: the release with an epoch is left out.",
    ),
    Limit(
        "pip 26.*|pip-tools *|pipenv *|hatch *", "upload times", HTML,
        "pip's user guide, Filtering by upload time: the index must tell the times; the simple"
        " API does so in JSON only (PEP 700), and pip reads them nowhere else.",
    ),
    Limit(
        "poetry *", "upload times", HTML,
        "Poetry's documentation, `solver.min-release-age`: of a source that does not tell upload"
        " times nothing is filtered out; it reads them in JSON only (PEP 700).",
    ),
    Limit(
        "pdm *", "upload times", HTML,
        "PDM's documentation, Lock file: with `--exclude-newer` what has no upload time by PEP 700,"
        " which is in JSON only, is not available.",
    ),
]  # fmt: skip


def of(client, scenario, index):
    """The first reason that holds; LookupError where there is none."""
    for limit in ALL:
        if limit.holds(client, scenario, index):
            return limit.why
    raise LookupError(f"no reason for {client}: {scenario}: {index}")
