"""An index that Larder has mirrored installs the same, with the same hashes, as its original."""

import json
from dataclasses import dataclass

import pytest

from support import clients, distributions
from support.clients import NEWEST_PIP
from support.larder import finish
from support.origins import nginx
from support.views import SIMPLE

TRUTH = distributions.truth()
#: Every spelling, an epoch, a local version, a dependency, a source archive alone.
WANTED = ["alpha<3", "beta==1.1+local.1", "epochal", "mixed_case.NAME", "zope.interface"]
WANTED += ["Source_Only==1.0", "universal", "long-name-name-name-name-name-name-name-name"]


@dataclass(frozen=True)
class Mirror:
    """Two indexes of the same files: the original, and what Larder made of it."""

    original: str
    copy: str


@pytest.fixture(scope="module", params=SIMPLE)
def mirror(request, larder, origins, tmp_path_factory):
    view = SIMPLE[request.param]
    url = origins.url(view.serve)
    folder = tmp_path_factory.mktemp("mirror")
    pipeline = folder / "pipeline.json"
    pipeline.write_text(
        json.dumps(
            {
                "version": 1,
                "sources": [view.source(url)],
                "render": {},
                "sinks": [{"type": "filesystem", "path": "tree"}],
            }
        )
    )
    done = finish([larder.binary, "run", pipeline], folder / "run")
    assert done.status == 0, done.stderr
    with nginx.tree(folder / "tree", origins.pool.flat, folder) as copy:
        yield Mirror(url + view.path, f"{copy}/simple/")


@pytest.fixture(scope="module", params=[NEWEST_PIP, "uv"])
def client(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("client") / "home"
    return clients.uv(folder) if request.param == "uv" else clients.pip(request.param, folder)


@pytest.fixture(scope="module")
def uv(tmp_path_factory):
    return clients.uv(tmp_path_factory.mktemp("client") / "uv")


def resolve(uv, index_url, folder, *flags):
    """The versions that an index gives for what is wanted."""
    wanted = folder / "wanted.txt"
    wanted.write_text("\n".join(WANTED) + "\n")
    arguments = ("--no-header", "--no-annotate", *flags, "--index-url", index_url)
    done = uv.run("compile", *arguments, wanted)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def locked(pins):
    """Requirements with the hash of every file of each version."""
    for pin in pins:
        name, version = pin.split("==")
        files = [file for file in TRUTH.values() if (file.project, file.version) == (name, version)]
        assert files, pin
        yield " ".join([pin, *(f"--hash=sha256:{file.sha256}" for file in files)])


def test_a_mirror_resolves_as_its_original(mirror, uv, tmp_path):
    pins = resolve(uv, mirror.original, tmp_path)
    assert len(pins) >= len(WANTED)
    assert resolve(uv, mirror.copy, tmp_path) == pins


def test_a_mirror_installs_what_its_original_does(mirror, client, uv, tmp_path):
    lock = tmp_path / "lock.txt"
    pins = resolve(uv, mirror.original, tmp_path)
    lock.write_text("\n".join(locked(pins)) + "\n")
    installed = {}
    for name, url in {"original": mirror.original, "copy": mirror.copy}.items():
        arguments = ("--require-hashes", "--requirement", lock)
        done, installed[name] = client.install(url, tmp_path / name, *arguments)
        assert done.returncode == 0, done.stderr
    assert len(installed["original"]) == len(pins)
    assert installed["copy"] == installed["original"]


def test_a_mirror_has_the_hashes_of_its_original(mirror, uv, tmp_path):
    """uv takes the hashes that an index tells; where it tells none, it reads the files."""
    pins = resolve(uv, mirror.original, tmp_path, "--generate-hashes")
    assert sum("--hash=sha256:" in line for line in pins) >= len(WANTED)
    assert resolve(uv, mirror.copy, tmp_path, "--generate-hashes") == pins
