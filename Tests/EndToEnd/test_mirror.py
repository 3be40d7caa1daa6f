"""An index that Larder has mirrored installs the same, with the same hashes, as its original."""

import json
import re
from dataclasses import dataclass

import pytest

from support import clients, distributions
from support.clients import NEWEST_PIP
from support.larder import finish
from support.origins import nginx
from support.views import SIMPLE

#: Every spelling, an epoch, a local version, a dependency, a source archive alone.
WANTED = ["alpha<3", "beta==1.1+local.1", "epochal", "mixed_case.NAME", "zope.interface"]
WANTED += ["Source_Only==1.0", "universal", "long-name-name-name-name-name-name-name-name"]


@dataclass(frozen=True)
class Mirror:
    """Two indexes of the same files: the original, and what Larder made of it."""

    original: str
    copy: str
    #: What is wanted with all that it needs: versions and hashes, as the original tells them.
    lock: str


@pytest.fixture(scope="module")
def uv(tmp_path_factory):
    return clients.uv(tmp_path_factory.mktemp("client") / "uv")


@pytest.fixture(scope="module", params=SIMPLE)
def mirror(request, larder, origins, uv, tmp_path_factory):
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
    original = url + view.path
    with nginx.tree(folder / "tree", origins.pool.flat, folder) as copy:
        yield Mirror(original, f"{copy}/simple/", lock(uv, original, folder))


@pytest.fixture(scope="module", params=[NEWEST_PIP, "uv"])
def client(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("client") / "home"
    return clients.uv(folder) if request.param == "uv" else clients.pip(request.param, folder)


def lock(uv, index_url, folder):
    """What an index gives for what is wanted.

    uv takes the hashes that an index tells; where it tells none, uv reads the files.
    """
    wanted = folder / "wanted.txt"
    wanted.write_text("\n".join(WANTED) + "\n")
    flags = ("--no-header", "--no-annotate", "--generate-hashes", "--index-url", index_url)
    done = uv.run("compile", *flags, wanted)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_mirror_gives_the_versions_and_hashes_of_its_original(mirror, uv, tmp_path):
    assert mirror.lock.count("==") == len(WANTED)
    true = {file.sha256 for file in distributions.truth().values()}
    assert set(re.findall("sha256:([0-9a-f]{64})", mirror.lock)) <= true
    assert lock(uv, mirror.copy, tmp_path) == mirror.lock


def test_a_mirror_installs_what_its_original_does(mirror, client, tmp_path):
    path = tmp_path / "lock.txt"
    path.write_text(mirror.lock)
    installed = {}
    for name, url in {"original": mirror.original, "copy": mirror.copy}.items():
        arguments = ("--require-hashes", "--requirement", path)
        done, installed[name] = client.install(url, tmp_path / name, *arguments)
        assert done.returncode == 0, done.stderr
    assert len(installed["original"]) == len(WANTED)
    assert installed["copy"] == installed["original"]
