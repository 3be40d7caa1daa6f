"""Installers at work while the index is published again and again never fail, and never get a mix.

Generation g has the versions up to g of two projects, the newer of which needs its twin of the same
version: whoever reads a page of one generation and one of another gets a pair that no pip takes.
LARDER_PUBLICATIONS is how often is published (200).
"""

import json
import os
import shutil
import subprocess
import threading
import time
import zipfile

import pytest

from support import clients, servers

PUBLICATIONS = int(os.environ.get("LARDER_PUBLICATIONS", "200"))
#: How many versions an index has: old ones go while installers still look for them.
KEPT = 60
#: The time from one publication to the next, in seconds.
PACE = 0.1


def make_wheel(pool, name, version, needs=None):
    """A wheel without code, of which the metadata is all that matters."""
    path = pool / f"{name}-{version}-py3-none-any.whl"
    requires = f"Requires-Dist: {needs}\n" if needs else ""
    folder = f"{name}-{version}.dist-info"
    files = {
        "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{requires}",
        "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for member, text in files.items():
            archive.writestr(f"{folder}/{member}", text)


class Publisher(threading.Thread):
    """Publishes one generation after the other."""

    def __init__(self, larder, folder):
        super().__init__()
        self.larder, self.folder = larder, folder
        self.done, self.failures = 0, []
        (folder / "pipeline.json").write_text(
            json.dumps(
                {
                    "version": 1,
                    "sources": [{"type": "file", "path": "names.txt"}],
                    "render": {"packages_url": "../../pool/"},
                    "sinks": [{"type": "filesystem", "path": "public", "durable": False}],
                }
            )
        )

    def publish(self, generation):
        versions = range(max(1, generation - KEPT + 1), generation + 1)
        names = [f"{name}-{n}-py3-none-any.whl" for n in versions for name in ("lead", "twin")]
        (self.folder / "names.txt").write_text("".join(f"{name}\n" for name in names))
        run = subprocess.run(
            [self.larder.binary, "run", "--quiet"], cwd=self.folder, capture_output=True, text=True
        )
        if run.returncode:
            self.failures.append(run.stderr)
        self.done = generation

    def run(self):
        for generation in range(KEPT + 1, KEPT + PUBLICATIONS + 1):
            began = time.monotonic()
            self.publish(generation)
            time.sleep(max(0, PACE - (time.monotonic() - began)))


@pytest.fixture
def site(larder, tmp_path):
    """A server over an index that is published over and over."""
    (tmp_path / "pool").mkdir()
    for n in range(1, KEPT + PUBLICATIONS + 1):
        make_wheel(tmp_path / "pool", "twin", n)
        make_wheel(tmp_path / "pool", "lead", n, f"twin=={n}")
    publisher = Publisher(larder, tmp_path)
    publisher.publish(KEPT)
    (tmp_path / "nginx").mkdir()
    with servers.nginx(tmp_path / "public", tmp_path / "pool", tmp_path / "nginx") as server:
        yield publisher, server


@pytest.fixture(scope="module")
def installers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clients")
    return [clients.pip(clients.NEWEST_PIP, folder / "pip"), clients.uv(folder / "uv")]


def test_installers_never_fail_and_never_get_a_mix(site, installers, tmp_path):
    publisher, server = site
    publisher.start()
    got = {installer.name: [] for installer in installers}
    while publisher.is_alive():
        for installer in installers:
            target = tmp_path / "target"
            oldest = publisher.done
            done, found = installer.install(server.index_url, target, "lead")
            assert done.returncode == 0, done.stderr
            newest = publisher.done + 1
            assert found["lead"] == found["twin"], found
            assert oldest <= int(found["lead"]) <= newest, (oldest, found, newest)
            got[installer.name].append(int(found["lead"]))
            shutil.rmtree(target)
    publisher.join()
    assert not publisher.failures, publisher.failures[0]
    for name, versions in got.items():
        assert len(set(versions)) >= 3, f"{name} saw too few generations: {versions}"
