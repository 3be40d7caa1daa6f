"""Each configuration that `larder init --server` prints, before the server that it is for.

With RECORD_GOLDEN=1 in the environment the docs of configurations are written anew.
"""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
import yaml
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from support import buckets, clients, serving
from support.clients import NEWEST_PIP
from support.edge import Edge
from support.pool import build_pool
from support.publisher import Publisher
from support.serving_checks import Reader, check, check_spellings, follow
from support.serving_requests import ALL, JSON, OF_BUCKETS
from support.verifying import Verifier

REPOSITORY = Path(__file__).resolve().parents[2]
SERVERS = ["nginx", "apache", "caddy"]
PREFIXES = ["/", "/py.pi/"]


class Site:
    """An index with its distributions and copies, which can be published again."""

    def __init__(self, larder, folder):
        # No server that gives up root may be kept out.
        folder.chmod(0o755)
        self.wheels, self.tree = folder / "wheels", folder / "it's (public)"
        self.previous = folder / ".it's (public).larder-previous"
        self.wheels.mkdir()
        build_pool(self.wheels)
        sink = {"type": "filesystem", "path": str(self.tree), "publish_files": True,
                "precompress": ["gzip", "zstd"]}
        self.publisher = Publisher(larder, folder, sink)

    def publish(self, title, publisher=None):
        run = (publisher or self.publisher).run_pipeline(
            [{"type": "directory", "path": str(self.wheels)}],
            {"packages_url": "../../pool/", "title": title},
        )
        assert run.status == 0, run.stderr


@pytest.fixture(scope="module")
def site(larder):
    with tempfile.TemporaryDirectory(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")) as folder:
        site = Site(larder, Path(folder))
        site.publish("first")
        site.publish("second")
        (site.tree / ".hidden").symlink_to(site.previous)
        assert (site.tree / ".hidden/index.html").exists()
        yield site


@pytest.fixture(scope="module", params=[(s, p) for s in SERVERS for p in PREFIXES],
                ids=lambda served: f"{served[0]}{served[1]}".strip("/"))
def served(request, larder, site):
    """A server over the index, and its prefix."""
    server, prefix = request.param
    with tempfile.TemporaryDirectory() as state:
        Path(state).chmod(0o755)
        with serving.serving(larder, server, site.tree, Path(state) / "state", prefix) as running:
            yield Reader(running, prefix)


@pytest.mark.parametrize("asked", ALL, ids=lambda asked: asked.name)
def test_a_server_answers_as_installers_and_browsers_need_it(served, site, asked):
    check(served.ask, served.prefix, site.tree, asked)


def test_nothing_but_the_index_is_reached(served, site):
    beside = f"{site.previous.name}/index.html".replace(" ", "%20")
    for up in ("..", "%2e%2e", ".%2e", "x/../..", "..%2f..", "//.."):
        for path in (beside, "wheels/", "pipeline.json"):
            status, fields, content = served.ask(f"{served.prefix}{up}/{path}")
            assert 400 <= status < 500 or fields["Location"].startswith("/"), (up, path, status)
            assert b"second" not in content and b"wheels" not in content
    if served.prefix != "/":
        assert served.ask("/simple/alpha/")[0] == 404
        assert follow(served.ask, served.prefix[:-1], {}) == (served.prefix, 200)


def test_names_as_people_write_them_lead_to_the_page(served):
    check_spellings(served.ask, served.prefix)


def test_verify_finds_nothing_wrong(served, larder):
    url = served.server.index_url.removesuffix("simple/")
    found = Verifier(larder)(url)
    assert found.status == 0 and found.findings == [], found


def test_a_new_index_is_served_at_once(served, site):
    for title in ("third", "fourth"):
        site.publish(title)
        assert title.encode() in served.ask(served.prefix)[2]


@pytest.fixture(scope="module")
def installers(tmp_path_factory):
    home = tmp_path_factory.mktemp("installers")
    return [clients.pip(NEWEST_PIP, home / "pip"), clients.uv(home / "uv")]


@pytest.mark.parametrize("served", [(s, "/py.pi/") for s in SERVERS], indirect=True)
def test_pip_and_uv_install_by_json(served, installers, tmp_path):
    for client in installers:
        served.server.forget()
        done, found = client.install(served.server.index_url, tmp_path / client.name, "alpha")
        assert done.returncode == 0, done.stderr
        assert found == {"alpha": "2.1", "beta": "1.1+local.1"}
        asked = {request.uri: request for request in served.server.requests}
        for path in ("simple/alpha/", "simple/beta/"):
            assert asked[served.prefix + path].type.startswith(JSON)
        wheel = f"{served.prefix}pool/alpha-2.1-py3-none-any.whl"
        assert asked[f"{wheel}.metadata"].status == asked[wheel].status == 200


@pytest.fixture(scope="module")
def edge(larder, site, tmp_path_factory):
    """CloudFront before a bucket with the index, below a prefix."""
    options = Options()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu"):
        options.add_argument(argument)
    browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        with buckets.moto() as service:
            service.client().create_bucket(Bucket="acme-index")
            sink = {"type": "s3", "bucket": "acme-index", "endpoint": service.url,
                    "prefix": "py.pi/", "publish_files": True}
            folder = tmp_path_factory.mktemp("bucket")
            site.publish("fourth", Publisher(larder, folder, sink, service.environment))
            site.publish("fourth")
            template = serving.printed(larder, "s3-cloudfront", prefix="py.pi")
            yield Edge(template, browser, service, "acme-index")
    finally:
        browser.quit()


@pytest.mark.parametrize("asked", OF_BUCKETS, ids=lambda asked: asked.name)
def test_cloudfront_answers_as_installers_and_browsers_need_it(edge, site, asked):
    check(edge.ask, "/py.pi/", site.tree, asked, codings=())


def test_names_as_people_write_them_lead_cloudfront_to_the_page(edge):
    check_spellings(edge.ask, "/py.pi/")


def test_the_workflow_makes_a_site_for_pages(larder, tmp_path):
    workflow = yaml.safe_load(serving.printed(larder, "github-pages", folder="dist/index"))
    build = workflow["jobs"]["build"]
    assert build["steps"][-1]["with"]["path"] == build["env"]["FOLDER"] == "dist/index"
    (tmp_path / "names.txt").write_text("acme_core-1.0-py3-none-any.whl\n")
    (tmp_path / "pipeline.json").write_text(
        '{"version": 1, "sources": [{"type": "file", "path": "names.txt"}], "render": {},'
        ' "sinks": [{"type": "filesystem", "path": "dist/index"}]}'
    )
    digest = subprocess.run(["sha256sum", larder.binary], capture_output=True, text=True).stdout
    variables = {
        "RUNNER_TEMP": str(tmp_path), "PATH": os.environ["PATH"], "FOLDER": "dist/index",
        "LARDER_URL": larder.binary.absolute().as_uri(), "LARDER_SHA256": digest.split()[0],
    }
    for step in build["steps"]:
        if "run" in step:
            script = ["bash", "-e", "-o", "pipefail", "-c", step["run"]]
            subprocess.run(script, cwd=tmp_path, env=variables, check=True, capture_output=True)
    for path in (".nojekyll", "404.html", "simple/acme-core/index.html"):
        assert (tmp_path / "dist/index" / path).exists()


@pytest.mark.parametrize("server", [*SERVERS, "s3-cloudfront", "github-pages"])
def test_the_docs_show_what_is_printed(larder, server):
    page, right = REPOSITORY / "Docs" / "Serving" / f"{server}.md", serving.printed(larder, server)
    shown = re.compile(r"(?<=\n)# A Python package index.*?(?=^```$)", re.MULTILINE | re.DOTALL)
    if os.environ.get("RECORD_GOLDEN") == "1":
        page.write_text(shown.sub(lambda _: right, page.read_text()))
        pytest.fail(f"{page.name} was recorded; run again without RECORD_GOLDEN")
    assert shown.findall(page.read_text()) == [right]


def test_an_nginx_serves_several_indexes(larder):
    """What stands before each server is the same, so that it does not matter which one counts."""
    texts = [serving.printed(larder, "nginx", prefix=prefix) for prefix in PREFIXES]
    assert len({text.split("\nserver {")[0] for text in texts}) == 1 and texts[0] != texts[1]


@pytest.mark.parametrize(
    "flags, words",
    [
        (["--server", "iis"], "github-pages"),
        (["--server", "nginx", "--folder", "/srv/$index"], "unservable-value"),
        (["--server", "nginx", "--folder", '/srv/"; }'], "unservable-value"),
        (["--server", "apache", "--folder", "/srv/\nindex"], "unservable-value"),
        (["--server", "caddy", "--folder", "public"], "not absolute"),
        (["--server", "caddy", "--folder", "/"], "unservable-value"),
        (["--server", "caddy", "--host", "a b"], "unservable-value"),
        (["--server", "apache", "--port", "0"], "unservable-value"),
        (["--server", "nginx", "--prefix", "/a/../b/"], "unservable-value"),
        (["--server", "s3-cloudfront", "--bucket", "Acme"], "unservable-value"),
        (["--server", "s3-cloudfront", "--folder", "/srv"], "--server nginx"),
        (["--folder", "/srv"], "--server nginx"),
        (["file/filesystem", "--server", "nginx"], "pipeline file"),
    ],
)
def test_what_no_configuration_can_say_is_refused(larder, flags, words):
    done = subprocess.run([larder.binary, "init", *flags], capture_output=True, text=True)
    assert done.returncode == 64 and words in done.stderr and not done.stdout


def test_a_configuration_replaces_no_file(larder, tmp_path):
    command = [larder.binary, "init", "--server", "caddy", "--output", "Caddyfile"]
    assert subprocess.run(command, cwd=tmp_path).returncode == 0
    assert (tmp_path / "Caddyfile").read_text() == serving.printed(larder, "caddy")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 74 and "error[file-exists]" in done.stderr
