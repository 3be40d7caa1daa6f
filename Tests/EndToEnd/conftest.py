"""Fixtures: the release binary, indexes made with it, a pool of packages, servers, clients.

Nothing here is a double: pages are made by the release binary, packages are real wheels and
source archives, servers are nginx and Python's, clients are the installers that people use.
"""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

import binary
from support import bare_network, distributions, servers
from support.clients import FROM_REGISTRY, environment
from support.larder import Larder
from support.origins.running import Origins
from support.pool import build_pool
from support.records import rich_list
from support.tree import Index

MEMORY = Path("/dev/shm")
#: What takes longest: another build of the library, and another index of 70,000 lines by dumb-pypi.
LONGEST = ["test_fuzz.py", "test_dumb_pypi_differential.py", "test_outside_package.py"]


def pytest_xdist_auto_num_workers(config):
    """A process for each core, as some tests wait for so long only; none beside for a single file."""
    processes = len(os.sched_getaffinity(0))
    named = {argument.partition("::")[0] for argument in config.args}
    if all(name.endswith(".py") for name in named):
        processes = min(processes, len(named))
    return processes if processes > 1 else 0


def pytest_collection_modifyitems(items):
    """Begins with what takes longest, so that all processes end at about the same time."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


def pytest_configure(config):
    with ThreadPoolExecutor() as pool:
        libraries = pool.submit(make_libraries) if packages_are_tested(config) else None
        list(pool.map(environment, FROM_REGISTRY))
        if libraries:
            libraries.result()
    bare_network.enter()
    make_trees_in_memory()


def packages_are_tested(config):
    named = {Path(argument.partition("::")[0]).name for argument in config.args}
    is_whole = not all(name.endswith(".py") for name in named)
    return is_whole or not named.isdisjoint(["test_install.py", "test_walkthroughs.py"])


def make_libraries():
    """Builds those that packages bring, of sources from the network, unless they are there."""
    script = Path(__file__).parents[2] / ".ci" / "packaging" / "libraries.py"
    subprocess.run([sys.executable, "-B", script], check=True)


def make_trees_in_memory():
    """A disk is busy for minutes with the many trees, so they are in memory if there is room.

    At once there are up to 2 GiB of them and 700,000 files and folders; twice that must be free.
    """
    if not MEMORY.is_dir():
        return
    room = os.statvfs(MEMORY)
    if room.f_bavail * room.f_frsize >= 4 << 30 and room.f_favail >= 1_400_000:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.fixture(scope="session")
def larder():
    """The binary under test."""
    return Larder(Path(binary.larder()))


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
def run_pipeline(larder, tmp_path_factory):
    """Runs `larder run` over a list, without the lines that are refused, and gives the tree."""

    def build(items, **render):
        output = tmp_path_factory.mktemp("index") / "out"
        index = Index(output, larder.run(items, output, **render))
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


@dataclass(frozen=True)
class Site:
    """Packages and two trees: for a pool inside the host's root, and for one beside the index."""

    pool: Path
    records: list
    inside: Index
    beside: Index


@pytest.fixture(scope="session")
def site(build_index, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    pool = folder / "pool"
    pool.mkdir()
    records = build_pool(pool)
    inside = build_index(records, output=folder / "inside", packages_url="../../pool/")
    beside = build_index(records, output=folder / "index", packages_url="../../../pool/")
    return Site(pool, records, inside, beside)


@pytest.fixture(scope="session")
def nginx(site, tmp_path_factory):
    with servers.nginx(site.inside.root, site.pool, tmp_path_factory.mktemp("nginx")) as server:
        yield server


@pytest.fixture(scope="session")
def http_server(site, tmp_path_factory):
    with servers.http_server(site.pool.parent, tmp_path_factory.mktemp("http")) as server:
        yield server


@pytest.fixture(scope="session")
def distribution_pool():
    """The pool that servers show; also those that give up root may read it."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")) as folder:
        os.chmod(folder, 0o755)
        yield distributions.build(Path(folder))


@pytest.fixture(scope="session")
def origins(distribution_pool, tmp_path_factory):
    """Servers over the pool, each started when a test first asks for it."""
    with ExitStack() as stack:
        yield Origins(distribution_pool, tmp_path_factory.mktemp("origins"), stack)


@pytest.fixture(scope="session")
def chromium():
    """A browser, which each test resets."""
    # Most runs need none, nor what it brings along.
    from support import browser

    with browser.chromium() as started:
        yield started
