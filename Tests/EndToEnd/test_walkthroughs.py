"""A reader who does what the docs tell, command by command, gets what they say."""

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import package_maker
from binary import REPOSITORY
from support import buckets, clients, servers, shipped
from support.clients import NEWEST_PIP, clean_environment, environment
from support.walkthrough import Shell, follow, steps

DOCS = REPOSITORY / "Docs"
WHEELS = [f"acme_core-{version}-py3-none-any.whl" for version in ("1.0", "1.1")]
SIX = ["six-1.16.0-py2.py3-none-any.whl", "six-1.17.0-py2.py3-none-any.whl"]


@pytest.fixture(scope="module")
def programs(larder, tmp_path_factory):
    """What a reader has: pip, and larder."""
    folder = tmp_path_factory.mktemp("reader") / "bin"
    original = environment(f"pip=={NEWEST_PIP}").parent
    shutil.copytree(original, folder.parent, symlinks=True, dirs_exist_ok=True)
    (folder / "larder").symlink_to(larder.binary)
    return folder


def reader(programs, home, **more):
    home.mkdir()
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return clean_environment(home) | {"PATH": path, "LARDER_CACHE_DIR": str(home / "cache")} | more


@pytest.fixture(scope="module")
def registry(larder, tmp_path_factory):
    """The index that pip asks when nobody names one."""
    site = tmp_path_factory.mktemp("registry")
    (site / "pool").mkdir()
    for name in SIX:
        package_maker.make(site / "pool", name, "six", name.split("-")[1])
    assert larder.run(SIX, site / "index", packages_url="../../../pool/").status == 0
    with servers.http_server(site, tmp_path_factory.mktemp("registry-state")) as server:
        yield server.index_url


@contextlib.contextmanager
def ended(port):
    """Ends the server that the reader has started, as closing the terminal would."""
    try:
        yield
    finally:
        subprocess.run(["pkill", "-f", f"http.server .* {port}$"], check=False)


def test_the_tutorial_shows_what_happens(programs, registry, tmp_path):
    page = (DOCS / "Tutorial.md").read_text()
    port = str(servers.free_port())
    shell = Shell(tmp_path, reader(programs, tmp_path / "home", PIP_INDEX_URL=registry))
    with ended(port):
        follow(page.replace("8000", port), shell)
    acme = tmp_path / "acme"
    assert (acme / "installed" / "six-1.17.0.dist-info").exists()
    assert (acme / "public" / "pool" / SIX[0]).exists()


@pytest.mark.parametrize("page, made", [
    ("CarryOverAGap.md", "site/public"),
    ("IndexPerVariant.md", "Pipelines/variants/public/nightly"),
    ("OwnDesign.md", "acme/public"),
])  # fmt: skip
def test_a_how_to_is_followed(programs, page, made, tmp_path):
    shipped.copy(tmp_path / "Pipelines")
    shell = Shell(tmp_path, reader(programs, tmp_path / "home"))
    follow((DOCS / "HowTo" / page).read_text(), shell)
    assert (tmp_path / made / "simple" / "index.html").exists()


def test_the_rules_of_a_mirror_are_tried(programs, tmp_path):
    shipped.copy(tmp_path / "Pipelines")
    shell = Shell(tmp_path, reader(programs, tmp_path / "home"))
    printed = follow((DOCS / "HowTo" / "Mirror.md").read_text(), shell)
    assert "1 passed, 0 failed" in printed[-1] and "DROPPED" in printed[-1]


def test_a_first_publication_from_ci(programs, tmp_path):
    shipped.copy(tmp_path / "Pipelines")
    built = tmp_path / "dist"
    built.mkdir()
    package_maker.make(built, WHEELS[0], "acme-core", "1.0")
    with buckets.moto() as service:
        service.client().create_bucket(Bucket="acme-index")
        variables = {"DIST": str(built), "ENDPOINT": service.url, **service.environment}
        shell = Shell(tmp_path, reader(programs, tmp_path / "home", **variables))
        follow((DOCS / "HowTo" / "PublishFromCI.md").read_text(), shell)
        service.client().head_object(Bucket="acme-index", Key="simple/acme-core/index.html")


def test_a_cron_job_of_dumb_pypi_is_replaced_in_five_commands(larder, programs, tmp_path):
    page = (DOCS / "HowTo" / "ReplaceDumbPyPI.md").read_text()
    index, table = tmp_path / "srv" / "index", tmp_path / "cron.d-index"
    (index / "public" / "pool").mkdir(parents=True)
    for name, version in zip(WHEELS, ("1.0", "1.1")):
        package_maker.make(index / "public" / "pool", name, "acme-core", version)
    package = [REPOSITORY / ".ci" / "package", "--offline", "--binary", larder.binary]
    subprocess.run([*package, "--output", index], check=True, stdout=subprocess.DEVNULL)
    # The reader has no larder yet, but dumb-pypi.
    (programs / "larder").unlink()
    variables = reader(programs, tmp_path / "home", PIP_NO_INDEX="1")
    variables["PATH"] += os.pathsep + str(Path(sys.executable).parent)
    here = [("/srv/index", str(index)), ("/etc/cron.d/index", str(table))]
    (job,) = [text for language, _, text in steps(page) if language == "cron"]
    for theirs, ours in here:
        job, page = job.replace(theirs, ours), page.replace(theirs, ours)
    table.write_text(job)

    def cron():
        """Runs the job as cron does: what comes after the five times and the user."""
        command = table.read_text().split(maxsplit=6)[6]
        done = subprocess.run(
            ["sh", "-c", command], cwd="/", env=variables, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr

    def installs(url):
        client = clients.pip(NEWEST_PIP, tmp_path / "home")
        done, found = client.install(url, tmp_path / "target", "--upgrade", "acme-core")
        assert done.returncode == 0, done.stderr
        return found

    (tmp_path / "state").mkdir()
    with servers.http_server(tmp_path / "srv", tmp_path / "state") as server:
        url = server.index_url.replace("/index/", "/index/public/")
        cron()
        assert not (index / "public" / "404.html").exists()
        assert installs(url) == {"acme-core": "1.1"}
        migration, after = page.split("## What changes")
        shell = Shell(tmp_path, variables)
        assert len(follow(migration, shell)) == 1 + 5
        assert (index / "trial" / "404.html").exists()
        assert not (index / "public" / "404.html").exists()
        cron()
        assert (index / "public" / "404.html").exists()
        assert installs(url) == {"acme-core": "1.1"}
        follow(after, shell)
        assert b"sha256=" in servers.get(url + "acme-core/")[1]
        assert installs(url) == {"acme-core": "1.1"}
