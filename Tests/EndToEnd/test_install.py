"""What .ci/package makes is installed, runs, and needs nothing but what it says."""

import hashlib
import json
import os
import re
import ssl
import statistics
import subprocess
import sys
import tarfile
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import package_maker
import pytest
import trustme
from support.clients import clean_environment, uv_program

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCES = REPOSITORY / "Sources"
INSTALL = REPOSITORY / "Docs" / "Install"
SYSTEM = re.compile(r"/(ld-linux-x86-64|libc|libm|libstdc\+\+|libgcc_s|libresolv|libnss_\w+)\.so")


def run(*command, **options):
    options = {"capture_output": True, "text": True, "timeout": 300} | options
    done = subprocess.run(command, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def the(folder, pattern):
    (path,) = folder.glob(pattern)
    return path


@pytest.fixture(scope="module")
def dists(larder, tmp_path_factory):
    """The results of two runs, of which the second is in other surroundings."""
    first, second = tmp_path_factory.mktemp("dist"), tmp_path_factory.mktemp("again")
    command = [REPOSITORY / ".ci" / "package", "--offline", "--binary", larder.binary,
               "--output"]
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1700000000"}
    other = environment | {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    with ThreadPoolExecutor() as pool:
        runs = [pool.submit(run, *command, first, env=environment),
                pool.submit(run, *command, second, env=other, cwd=second, umask=0o077)]
        for each in runs:
            each.result()
    return first, second


@pytest.fixture(scope="module")
def dist(dists):
    return dists[0]


def test_two_runs_make_the_same_bytes(dists):
    first, second = ({path.name: path.read_bytes() for path in dist.iterdir()} for dist in dists)
    assert first == second
    assert len(first) == 5
    run("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=dists[0])


def test_the_wheel_is_small_and_says_where_it_runs(dist):
    wheel = the(dist, "*.whl")
    assert wheel.stat().st_size < 15_000_000
    (tag,) = re.findall(r"-py3-none-(manylinux_2_\d+_\w+)\.whl", wheel.name)
    auditwheel = Path(sys.executable).with_name("auditwheel")
    said = " ".join(run(auditwheel, "show", wheel).split())
    assert f'This constrains the platform tag to "{tag}"' in said
    assert f"`{tag.removesuffix('_x86_64')}`" in (REPOSITORY / "Docs" / "Install.md").read_text()


def pip_installed(wheel, folder):
    run(sys.executable, "-m", "venv", folder / "venv", env=clean_environment(folder))
    pip = [folder / "venv" / "bin" / "pip", "install", "--no-index", "--quiet"]
    run(*pip, "--disable-pip-version-check", wheel, env=clean_environment(folder))
    return folder / "venv" / "bin" / "larder"


def uv_installed(wheel, folder):
    variables = {"UV_TOOL_DIR": str(folder / "tools"), "UV_TOOL_BIN_DIR": str(folder / "bin")}
    command = [uv_program(), "tool", "install", "--quiet", "--offline", "--python", sys.executable]
    run(*command, wheel, env=clean_environment(folder) | variables)
    return folder / "bin" / "larder"


def unpacked(tarball, folder):
    with tarfile.open(tarball) as tar:
        tar.extractall(folder, filter="data")
    (folder / "larder").symlink_to(the(folder, "larder-*/bin/larder"))
    return folder / "larder"


@pytest.fixture(scope="module", params=["pip", "uv", "tarball"])
def installed(request, dist, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "tarball":
        return unpacked(the(dist, "*.tar.gz"), folder)
    return {"pip": pip_installed, "uv": uv_installed}[request.param](the(dist, "*.whl"), folder)


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture(scope="module")
def secure(larder, authority, tmp_path_factory):
    """The URL of a simple index, on a server with a certificate."""
    folder = tmp_path_factory.mktemp("secure")
    package = {"filename": "remote-1.0.tar.gz", "url": "https://index.example/remote-1.0.tar.gz"}
    (folder / "list.jsonl").write_text(json.dumps(package) + "\n")
    pipeline = {"version": 1, "sources": [{"type": "file", "path": "list.jsonl"}], "render": {},
                "sinks": [{"type": "filesystem", "path": "public"}]}
    (folder / "pipeline.json").write_text(json.dumps(pipeline))
    run(larder.binary, "run", folder / "pipeline.json")
    handler = partial(SimpleHTTPRequestHandler, directory=folder / "public")
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}/simple/"
    server.shutdown()
    server.server_close()


def pipeline_with_all(folder, authority, url):
    """A pipeline that needs each library: reads a folder and a server, and writes all archives."""
    (folder / "pool").mkdir()
    package_maker.make_wheel(
        folder / "pool" / "local-1.0-py3-none-any.whl", "local-1.0.dist-info",
        "Metadata-Version: 2.1\nName: local\nVersion: 1.0\n"
        "Description-Content-Type: text/markdown\n\n# A *heading*\n",
    )  # fmt: skip
    package_maker.make(folder / "pool", "local-1.0.tar.gz", "local", "1.0")
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    archives = ["index.tar.gz", "index.tar.xz", "index.tar.zst", "index.zip"]
    pipeline = {
        "version": 1,
        "sources": [{"type": "directory", "path": "pool"},
                    {"type": "http", "url": url, "ca_file": "authority.pem"}],
        "render": {"packages_url": "../../../pool/"},
        "sinks": [{"type": "filesystem", "path": "public"},
                  *({"type": "tarball", "id": name.replace(".", "-"), "path": name}
                    for name in archives)],
    }
    path = folder / "pipeline.json"
    path.write_text(json.dumps(pipeline))
    return path


def test_it_runs_and_brings_all_libraries_but_those_of_c(
    installed, authority, secure, tmp_path
):
    pipeline = pipeline_with_all(tmp_path, authority, secure)
    variables = {"LD_DEBUG": "libs", "LD_DEBUG_OUTPUT": str(tmp_path / "loader")}
    run(installed, "run", pipeline, env=clean_environment(tmp_path) | variables)
    projects = {path.name for path in (tmp_path / "public" / "simple").iterdir() if path.is_dir()}
    assert projects == {"local", "remote"}
    page = (tmp_path / "public" / "project" / "local" / "index.html").read_text()
    assert "A <em>heading</em>" in page
    said = "".join(path.read_text() for path in tmp_path.glob("loader.*"))
    loaded = {Path(path) for path in re.findall(r"calling init: (\S+)", said)}
    along = installed.resolve().parents[1] / "lib" / "larder"
    ours = {path for path in loaded if not SYSTEM.search(str(path))}
    assert {path.resolve().parent for path in ours} == {along}
    wanted = {
        name
        for file in SOURCES.rglob("*.c")
        for name in re.findall(r'^LIBRARY\("(.+?)"', file.read_text(), re.MULTILINE)
    }
    assert wanted <= {path.name for path in ours}


def test_it_starts_within_ten_milliseconds(installed):
    def start():
        silent = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
        arguments = [installed, "--version"]
        child = os.posix_spawn(installed, arguments, os.environ, file_actions=[silent])
        _, status, used = os.wait4(child, 0)
        assert status == 0
        return used.ru_utime + used.ru_stime

    # Of the processor, which other tests keep busy; it never waits for anything else.
    assert statistics.median(start() for _ in range(50)) < 0.010


@pytest.mark.parametrize(
    "place",
    ["ssl/certs/ca-certificates.crt", "pki/tls/certs/ca-bundle.crt", "ssl/ca-bundle.pem",
     "pki/ca-trust/extracted/pem/tls-ca-bundle.pem"],
)
def test_the_certificates_of_each_linux_are_found(dist, place, authority, secure, tmp_path):
    binary = unpacked(the(dist, "*.tar.gz"), tmp_path)
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    pipeline = {"version": 1, "sources": [{"type": "http", "url": secure}], "render": {},
                "sinks": [{"type": "filesystem", "path": "public"}]}
    (tmp_path / "pipeline.json").write_text(json.dumps(pipeline))
    script = f"""
        mount -t tmpfs none /etc && mkdir -p $(dirname /etc/{place})
        {binary} run pipeline.json && exit 1
        cp authority.pem /etc/{place} && {binary} run pipeline.json
    """
    run("unshare", "--mount", "sh", "-uc", script, cwd=tmp_path)
    assert (tmp_path / "public" / "simple" / "remote").is_dir()


def test_the_debian_package_depends_on_the_libraries_that_it_needs(dist, tmp_path):
    package = the(dist, "*.deb")
    run("dpkg-deb", "--extract", package, tmp_path)
    assert run(tmp_path / "usr" / "bin" / "larder", "--version")
    depends = run("dpkg-deb", "--field", package, "Depends")
    for file in SOURCES.rglob("*.c"):
        for name in re.findall(r'^LIBRARY\("(.+?)"', file.read_text(), re.MULTILINE):
            owners = {line.split(":")[0] for line in run("dpkg", "-S", f"*/{name}").splitlines()}
            assert any(re.search(rf"\b{owner}\b", depends) for owner in owners), name
    files = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert files == {
        "usr/bin/larder", "usr/share/bash-completion/completions/larder",
        "usr/share/fish/vendor_completions.d/larder.fish", "usr/share/man/man1/larder.1.gz",
        "usr/share/zsh/vendor-completions/_larder",
    }


def test_the_bill_of_materials_names_what_is_in_the_wheel(dist):
    bill = json.loads(the(dist, "*.cdx.json").read_text())
    parts = [bill["metadata"]["component"], *bill["components"]]
    listed = {each["content"] for part in parts for each in part.get("hashes", [])}
    with zipfile.ZipFile(the(dist, "*.whl")) as wheel:
        names = [name for name in wheel.namelist() if "/scripts/" in name or "/lib/" in name]
        there = {hashlib.sha256(wheel.read(name)).hexdigest() for name in names}
        assert json.loads(wheel.read(the_name(wheel, ".cdx.json"))) == bill
    assert listed == there
    assert {"swift", "swift-argument-parser"} <= {part["name"] for part in parts}


def the_name(wheel, ending):
    (name,) = [name for name in wheel.namelist() if name.endswith(ending)]
    return name


def test_the_manual_page_tells_of_each_verb_and_flag(dist, larder):
    with zipfile.ZipFile(the(dist, "*.whl")) as wheel:
        page = wheel.read(the_name(wheel, "/larder.1")).decode()
    page = page.replace(r"\-", "-")
    for verb, flags in verbs(larder).items():
        assert f'\n.SS "{verb}' in page
        section = page.split(f'\n.SS "{verb}')[1].split("\n.SS")[0]
        for flag in flags - {"--help", "--version"}:
            assert rf"\fB{flag}\fR" in section, (verb, flag)


def verbs(larder):
    """The long flags of each verb."""
    def of(command, before):
        for verb in command.get("subcommands", []):
            name = f"{before} {verb['commandName']}"
            names = [name for each in verb.get("arguments", []) for name in each.get("names", [])]
            yield name, {f"--{each['name']}" for each in names if each["kind"] == "long"}
            yield from of(verb, name)

    return dict(of(json.loads(run(larder.binary, "--experimental-dump-help"))["command"], "larder"))


@pytest.mark.parametrize(
    "schema, file",
    [("vendor.github-actions", "action/action.yml"), ("vendor.gitlab-ci", "gitlab.yml")],
)
def test_the_examples_for_ci_keep_to_their_schemas(schema, file):
    checker = Path(sys.executable).with_name("check-jsonschema")
    run(checker, "--builtin-schema", schema, INSTALL / file)


@pytest.mark.parametrize("file", ["action/action.yml", "gitlab.yml", "larder@.service"])
def test_the_examples_use_flags_that_there_are(file, larder):
    commands = re.findall(r"(?:^ *- |run: |=/usr/bin/)(larder [a-z].*)$",
                          (INSTALL / file).read_text(), re.MULTILINE)
    known = verbs(larder)
    assert commands
    for command in commands:
        verb = " ".join(command.split()[:2])
        assert set(re.findall(r" (--[\w-]+)", command)) <= known[verb], command


def test_the_page_names_what_is_made(dist):
    page = (REPOSITORY / "Docs" / "Install.md").read_text()
    for name in re.findall(r"\blarder[_-]\d[\w.-]*\.(?:deb|tar\.gz)", page):
        assert (dist / name).is_file(), name
