"""Fixtures: the release binary, indexes made with it, a pool of packages, servers, clients.

Nothing here is a double: pages are made by the release binary, packages are real wheels and
source archives, servers are nginx and Python's, clients are the installers that people use.
"""

import os
import subprocess
from pathlib import Path

import pytest

from support.larder import Larder
from support.records import rich_list
from support.tree import Index

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def larder():
    """The binary of LARDER_BIN, else the release build of this repository."""
    binary = os.environ.get("LARDER_BIN")
    if binary is None:
        folder = subprocess.run(
            ["swift", "build", "-c", "release", "--show-bin-path"],
            cwd=REPOSITORY, capture_output=True, text=True, check=True,
        ).stdout.strip()
        binary = os.path.join(folder, "larder")
    assert os.access(binary, os.X_OK), f"build it first: {binary} is not there"
    return Larder(Path(binary))


@pytest.fixture(scope="session")
def try_index(larder, tmp_path_factory):
    """Runs `larder generate` into a folder and gives the tree, whatever the status."""

    def build(items, output=None, **flags):
        output = output or tmp_path_factory.mktemp("index") / "out"
        return Index(output, larder.generate(items, output, **flags))

    return build


@pytest.fixture(scope="session")
def build_index(try_index):
    """Runs `larder generate`, which must succeed, and gives the tree."""

    def build(items, output=None, **flags):
        index = try_index(items, output, **flags)
        assert index.run.status == 0, index.run.stderr
        return index

    return build


@pytest.fixture(scope="session")
def rich():
    """A list in which every key, kind of file and odd spelling occurs."""
    return rich_list(seed=1)


@pytest.fixture(scope="session")
def rich_index(build_index, rich):
    """The index of the rich list; tests read it and leave it as it is."""
    return build_index([distribution.record for distribution in rich])
