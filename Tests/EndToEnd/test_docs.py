"""What the README, the docs and the shipped pipelines say is true."""

import http.server
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import package_maker
from support import buckets, clients, own_server, put_servers, servers, shipped
from support.clients import NEWEST_PIP

REPOSITORY = Path(__file__).resolve().parents[2]
README = (REPOSITORY / "README.md").read_text()
DOCS = sorted([*(REPOSITORY / "Docs").glob("*.md"), *(REPOSITORY / "Docs" / "HowTo").glob("*.md")])


def blocks(text, language):
    """The fenced blocks of a page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def words(command):
    return command.replace("\\\n", " ").split()


def test_ci_runs_the_test_command_of_the_readme():
    (command,) = [block for block in blocks(README, "sh") if "pytest" in block]
    script = " ".join(words((REPOSITORY / ".ci" / "run").read_text()))
    assert " ".join(words(command)) in script


def test_each_promise_of_the_readme_names_tests_that_there_are():
    promises = re.findall(r"^- \*\*P(\d), (.*?)(?=^- |^## )", README, re.MULTILINE | re.DOTALL)
    assert [number for number, _ in promises] == list("123456789")
    for _, promise in promises:
        tests = re.findall(r"`(test_\w+\.py)::(test_\w+)`", promise)
        assert tests, promise
        for file, name in tests:
            text = (REPOSITORY / "Tests" / "EndToEnd" / file).read_text()
            assert f"\ndef {name}(" in text, name


def test_the_readme_names_each_room():
    rooms = {path.name for path in (REPOSITORY / "Sources").iterdir()}
    cells = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", README, re.MULTILINE)
    named = set(re.findall(r"\w+", " ".join(cells)))
    assert rooms <= named


def test_the_site_is_made_and_each_link_in_it_leads_somewhere(tmp_path):
    done = subprocess.run(
        [sys.executable, REPOSITORY / ".ci" / "site", tmp_path], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    contents = (tmp_path / "Docs" / "index.html").read_text()
    assert "HowTo/ReplaceDumbPyPI.html" in contents
    loads = re.findall(r'<(?:script|img|link)[^>]+(?:src|href)="(https?:[^"]+)', contents)
    assert not loads


@pytest.fixture(scope="module")
def example(larder, tmp_path_factory):
    """The shipped example, made into an index by the second half of the README's first command."""
    (command,) = [block for block in blocks(README, "sh") if "larder run Pipelines" in block]
    pipeline = Path(words(command)[-1])
    folder = tmp_path_factory.mktemp("example") / pipeline.parent.name
    shutil.copytree(REPOSITORY / pipeline.parent, folder, ignore=shutil.ignore_patterns("public"))
    done = subprocess.run(
        [larder.binary, "run", folder / pipeline.name], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def documented_nginx(example, tmp_path_factory):
    """nginx with the configuration of Docs/Tree.md; only its root and port are ours."""
    state = tmp_path_factory.mktemp("documented")
    (block,) = blocks((REPOSITORY / "Docs" / "Tree.md").read_text(), "nginx")
    port = servers.free_port()
    block = block.replace("/srv/index", str(example)).replace("8000", f"127.0.0.1:{port}")
    block = block.replace("location /simple/", "location /public/simple/")
    # As root, nginx would read the folder as a user who may not.
    user = "user root;" if os.getuid() == 0 else ""
    config = state / "nginx.conf"
    config.write_text(
        f"{user} daemon off; pid {state}/pid; events {{}} http {{ access_log off;"
        f" client_body_temp_path {state}; proxy_temp_path {state}; fastcgi_temp_path {state};"
        f" uwsgi_temp_path {state}; scgi_temp_path {state};\n{block}\n}}\n"
    )
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    command = [program, "-p", state, "-e", state / "error.log", "-c", config]
    with servers.running(command, state, port):
        yield f"http://127.0.0.1:{port}/public/simple/"


@pytest.fixture(scope="module")
def plain_server(example, tmp_path_factory):
    state = tmp_path_factory.mktemp("plain")
    port = servers.free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1",
               "--directory", example]
    with servers.running(command, state, port):
        yield f"http://127.0.0.1:{port}/public/simple/"


@pytest.mark.parametrize("server", ["documented_nginx", "plain_server"])
@pytest.mark.parametrize("name", ["pip", "uv"])
def test_pip_and_uv_install_the_example(server, name, request, tmp_path):
    url = request.getfixturevalue(server)
    home = tmp_path / "home"
    client = clients.uv(home) if name == "uv" else clients.pip(NEWEST_PIP, home)
    target = tmp_path / "target"
    done, installed = client.install(url, target, "larder-hello")
    assert done.returncode == 0, done.stderr
    assert installed == {"larder-hello": "1.1", "larder-greeting": "2.0"}
    said = subprocess.run(
        [sys.executable, "-m", "larder_hello"], cwd=target, capture_output=True, text=True
    )
    assert said.stdout == "Hello, world!\n"


def test_the_documented_nginx_serves_json_to_those_who_ask(documented_nginx):
    kind, page = servers.get(documented_nginx + "larder-hello/", clients_accept())
    assert kind == "application/vnd.pypi.simple.v1+json"
    assert json.loads(page)["name"] == "larder-hello"
    kind, page = servers.get(documented_nginx + "larder-hello/")
    assert kind == "text/html" and page.startswith(b"<!DOCTYPE html>")


def clients_accept():
    return "application/vnd.pypi.simple.v1+json, text/html; q=0.01"


def write_plugins(page, folder):
    """Makes the programs that Docs/Programs.md shows, and what they work on."""
    if page != "Programs.md":
        return
    text = (REPOSITORY / "Docs" / page).read_text()
    plugins = folder / "plugins"
    plugins.mkdir()
    shutil.copy(REPOSITORY / "Docs" / "larder_stage.py", plugins)
    names = re.findall(r"is `(plugins/\w+\.py)`", text)
    for name, script in zip(names, blocks(text, "python"), strict=True):
        assert len([line for line in script.splitlines() if line]) <= 15
        (folder / name).write_text(script)
    (folder / "pool").mkdir()
    (folder / "pool" / "acme_core-1.0-py3-none-any.whl").write_bytes(b"wheel")
    (folder / "pool" / "evil-1.0-py3-none-any.whl").write_bytes(b"evil")


def write_wheels(folder):
    """Makes the folders of wheels that pipelines in the docs read."""
    for wheels in (folder / "wheels", folder / "public" / "pool"):
        wheels.mkdir(parents=True)
        package_maker.make(wheels, "acme_core-1.0-py3-none-any.whl", "acme-core", "1.0")


@pytest.fixture(scope="module")
def documented_origin(larder, tmp_path_factory):
    """The URL that stands for https://index.example/: an index, its files and its list."""
    site = tmp_path_factory.mktemp("origin")
    (site / "pool").mkdir()
    name = "acme_core-1.0-py3-none-any.whl"
    package_maker.make(site / "pool", name, "acme-core", "1.0")
    record = {"filename": name, "upload_timestamp": 1_500_000_000}
    assert larder.generate([record], site / "index").status == 0
    for path in (site / "index").iterdir():
        path.rename(site / path.name)
    state = tmp_path_factory.mktemp("origin-state")
    with servers.http_server(site, state) as server:
        yield server.index_url.removesuffix("index/simple/")


@pytest.fixture(scope="module")
def documented_bucket():
    """The URL that stands for https://bucket.example."""

    def answer(asked):
        return buckets.page(["pool/acme_core-1.0-py3-none-any.whl", "pool/old/old-1.0.zip"])

    with buckets.service(answer) as service:
        yield service.url


@pytest.fixture
def documented_cache():
    """The cache that Docs/Programs.md purges, and the paths that it was to forget."""
    purged = []

    class Cache(http.server.BaseHTTPRequestHandler):
        def do_PURGE(self):
            purged.append(self.path)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    with own_server.serving(Cache) as url:
        yield url, purged


documented_pipelines = [
    (page.name, block)
    for page in [REPOSITORY / "README.md", *DOCS]
    for block in blocks(page.read_text(), "json")
    if '"sinks"' in block
]


@pytest.fixture(scope="module")
def documented_service():
    """The URL that stands for https://minio.example, and what is in its bucket."""
    with buckets.moto() as moto:
        moto.client().create_bucket(Bucket="acme-index")
        yield moto


@pytest.fixture
def documented_server(tmp_path):
    """The URL that stands for https://repo.example/: it keeps what it is sent in `public`."""
    with put_servers.nginx(tmp_path / "public", tmp_path / "state") as server:
        yield server.url


@pytest.mark.parametrize(
    "pipeline",
    [
        pipeline for _, pipeline in documented_pipelines
        if "https://repo.example/" in pipeline or "https://minio.example" in pipeline
    ],
)
def test_sinks_in_the_docs_are_written(
    larder, documented_server, documented_service, pipeline, tmp_path
):
    pipeline = pipeline.replace("https://repo.example/", documented_server)
    pipeline = pipeline.replace("https://minio.example", documented_service.url)
    (tmp_path / "pipeline.json").write_text(pipeline)
    (tmp_path / "names.txt").write_text("acme_core-1.0-py3-none-any.whl\n")
    environment = {**os.environ, **documented_service.environment, "REPO_TOKEN": "token"}
    done = subprocess.run(
        [larder.binary, "run"], cwd=tmp_path, env=environment, capture_output=True, text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    if '"s3"' in pipeline:
        documented_service.client().head_object(
            Bucket="acme-index", Key="simple/acme-core/index.html"
        )
    else:
        assert (tmp_path / "public" / "simple" / "acme-core" / "index.html").exists()


@pytest.mark.parametrize(
    "page, pipeline",
    [
        (page, pipeline) for page, pipeline in documented_pipelines
        if "https://repo.example/" not in pipeline and "https://minio.example" not in pipeline
    ],
)
def test_pipelines_in_the_docs_run(
    larder, documented_origin, documented_bucket, documented_cache, page, pipeline, tmp_path
):
    pipeline = pipeline.replace("https://index.example/", documented_origin)
    pipeline = pipeline.replace("https://bucket.example", documented_bucket)
    (tmp_path / "pipeline.json").write_text(pipeline)
    (tmp_path / "names.txt").write_text("acme_core-1.0-py3-none-any.whl\n")
    (tmp_path / "design").mkdir()
    write_plugins(page, tmp_path)
    write_wheels(tmp_path)
    done = subprocess.run(
        [larder.binary, "run"],
        cwd=tmp_path,
        env=os.environ
        | {"LARDER_CACHE_DIR": str(tmp_path / "cache")}
        | {"AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "example"}
        | {"CDN_URL": documented_cache[0]},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "public" / "simple" / "acme-core" / "index.html").exists()
    if "CDN_URL" in pipeline:
        assert {"/", "/simple/", "/simple/acme-core/", "/simple/acme-core/index.html",
                "/simple/acme-core"} <= set(documented_cache[1])


def test_shipped_pipelines_run(larder, tmp_path):
    folder = shipped.copy(tmp_path / "Pipelines")
    for pipeline in set(shipped.PIPELINES) - shipped.NEED_A_BUCKET:
        done = subprocess.run(
            [larder.binary, "run", folder / pipeline], input="acme_core-1.0.tar.gz\n",
            capture_output=True, text=True, timeout=60,
        )
        assert done.returncode == 0, f"{pipeline}: {done.stderr}"


def test_verify_finds_what_the_docs_show(larder, tmp_path):
    (shown,) = blocks((REPOSITORY / "Docs" / "Verify.md").read_text(), "text")
    names = ["six-1.16.0-py2.py3-none-any.whl", "six-1.17.0.tar.gz"]
    tree = tmp_path / "public"
    assert larder.run(names, tree, packages_url="../../pool/").status == 0
    (tree / "pool").mkdir()
    (tree / "pool" / names[0]).write_bytes(b"wheel")
    (tree / "pypi" / "old").mkdir()
    (tree / "pypi" / "old" / "json").write_text("{}")
    done = subprocess.run(
        [larder.binary, "verify", "public"], cwd=tmp_path, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, shown, "")


def test_the_docs_name_each_flag_of_generate(larder):
    shown = subprocess.run(
        [larder.binary, "generate", "--help"], capture_output=True, text=True
    ).stdout
    flags = set(re.findall(r"--[a-z][a-z-]+", shown)) - {"--help", "--version"}
    documented = set(re.findall(r"`(--[a-z-]+)", (REPOSITORY / "Docs" / "Generate.md").read_text()))
    assert flags == documented - {"--output-dir`"}


def test_the_docs_name_each_key_of_a_record(larder, tmp_path):
    page = (REPOSITORY / "Docs" / "Records.md").read_text()
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", page, re.MULTILINE)
    keys = set(re.findall(r"\w+", " ".join(rows)))
    source = (REPOSITORY / "Sources/IndexModel/Records/RecordKey.swift").read_text()
    assert keys == set(re.findall(r'case \.\w+: "(\w+)"', source))
