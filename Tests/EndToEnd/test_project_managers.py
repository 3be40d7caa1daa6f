"""Poetry, and the finder that pdm stands on, take packages from the tree: checks 82 and 83."""

import json
import subprocess

import pytest

from support.clients import POETRY, UNEARTH, clean_environment, environment, installed
from support.poetry import PoetryProject


@pytest.fixture(params=["nginx", "http_server"])
def server(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def poetry():
    return environment(POETRY) / "poetry"


@pytest.fixture
def unearth():
    return environment(UNEARTH) / "unearth"


def test_82_poetry_locks_and_installs(poetry, server, tmp_path):
    server.forget()
    project = PoetryProject(poetry, tmp_path, server.index_url, ["alpha", "epoch"])
    locked = project.run("lock")
    assert locked.returncode == 0, locked.stderr
    asked = [request.uri.rpartition("/")[2] for request in server.requests]
    assert "alpha-2.0-py3-none-any.whl.metadata" in asked
    assert "alpha-2.0-py3-none-any.whl" not in asked
    done = project.run("install", "--no-root")
    assert done.returncode == 0, done.stderr
    found = installed(project.site_packages)
    assert {name: found.get(name) for name in ("alpha", "beta", "epoch")} == {
        "alpha": "2.0",
        "beta": "1.1+local.1",
        "epoch": "1!1.0",
    }


def test_82_unearth_finds_and_downloads(unearth, server, tmp_path):
    """pdm itself does not start with the libraries of today; this is how it reads an index."""

    def find(requirement):
        done = subprocess.run(
            [unearth, requirement, "--index-url", server.index_url, "--download", tmp_path],
            env=clean_environment(tmp_path),
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    found = find("alpha")
    assert found["version"] == "2.0" and found["link"]["metadata"].endswith(".whl.metadata")
    assert (tmp_path / "alpha-2.0-py3-none-any.whl").exists()
    assert find("epoch")["version"] == "1!1.0"
    assert find("alpha==2.1")["link"]["yank_reason"] == "broken on Sundays"
