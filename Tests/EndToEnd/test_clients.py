"""Real installers take packages from the tree: checks 82 to 86."""

import pytest

from support import clients, servers
from support.clients import NEWEST_PIP, OLDEST_PIP, PIPS
from support.records import digest
from support.servers import get

JSON = "application/vnd.pypi.simple.v1+json"


@pytest.fixture(scope="module")
def client(request, tmp_path_factory):
    """The installer of a parameter: `uv`, or a version of pip."""
    folder = tmp_path_factory.mktemp("client") / "home"
    return clients.uv(folder) if request.param == "uv" else clients.pip(request.param, folder)


every_client = pytest.mark.parametrize("client", [*PIPS, "uv"], indirect=True)
newest_clients = pytest.mark.parametrize("client", [NEWEST_PIP, "uv"], indirect=True)
newest_pip = pytest.mark.parametrize("client", [NEWEST_PIP], indirect=True)


@every_client
def test_82_installs_through_a_server_of_plain_files(client, http_server, tmp_path):
    done, installed = client.install(http_server.index_url, tmp_path / "target", "alpha")
    assert done.returncode == 0, done.stderr
    assert installed == {"alpha": "2.0", "beta": "1.1+local.1"}


@every_client
def test_83_installs_through_nginx_in_the_form_it_asks_for(client, nginx, tmp_path):
    nginx.forget()
    done, installed = client.install(nginx.index_url, tmp_path / "target", "alpha")
    assert done.returncode == 0, done.stderr
    assert installed == {"alpha": "2.0", "beta": "1.1+local.1"}
    (page,) = [request for request in nginx.requests if request.uri == "/simple/alpha/"]
    if client.name in ("pip 20.3.4", "pip 22.0.4"):
        assert (page.file, page.type) == ("/simple/alpha/index.html", "text/html; charset=utf-8")
    else:
        assert (page.file, page.type) == ("/simple/alpha/index.v1_json", JSON)


@newest_clients
def test_83_installs_what_the_hashes_name(client, nginx, site, tmp_path):
    digests = {record["filename"]: record["hash"].replace("=", ":") for record in site.records}
    lock = tmp_path / "requirements.txt"
    lock.write_text(
        f"alpha==2.0 --hash={digests['alpha-2.0-py3-none-any.whl']}\n"
        f"beta==1.0 --hash={digests['beta-1.0-py3-none-any.whl']}\n"
    )
    arguments = ("--require-hashes", "-r", lock)
    done, installed = client.install(nginx.index_url, tmp_path / "target", *arguments)
    assert done.returncode == 0, done.stderr
    assert installed == {"alpha": "2.0", "beta": "1.0"}
    lock.write_text(f"beta==1.0 --hash={digests['alpha-2.0-py3-none-any.whl']}\n")
    done, installed = client.install(nginx.index_url, tmp_path / "other", *arguments)
    assert done.returncode != 0 and installed == {}


@pytest.mark.parametrize("client", [OLDEST_PIP, NEWEST_PIP, "uv"], indirect=True)
def test_84_installs_from_a_folder(client, site, tmp_path):
    url = (site.beside.root / "simple").as_uri()
    done, installed = client.install(url, tmp_path / "target", "alpha")
    assert done.returncode == 0, done.stderr
    assert installed == {"alpha": "2.0", "beta": "1.1+local.1"}


@pytest.mark.parametrize("server", ["nginx", "http_server"])
@newest_clients
def test_85_resolves_from_metadata_without_the_wheel(client, server, request, tmp_path):
    server = request.getfixturevalue(server)
    server.forget()
    if client.name == "uv":
        arguments = ("compile", "--index-url", server.index_url, requirements(tmp_path, "alpha"))
    else:
        arguments = ("install", "--dry-run", "--ignore-installed", "--index-url", server.index_url,
                     "alpha")
    done = client.run(*arguments)
    assert done.returncode == 0, done.stderr
    fetched = [request.uri.rpartition("/")[2] for request in server.requests if request.status == 200]
    assert "alpha-2.0-py3-none-any.whl.metadata" in fetched
    assert "beta-1.1%2Blocal.1-py3-none-any.whl.metadata" in fetched
    if client.name == "uv":
        assert not any(name.endswith(".whl") for name in fetched)


def requirements(folder, *lines):
    path = folder / "requirements.in"
    path.write_text("\n".join(lines) + "\n")
    return path


@newest_pip
def test_86_pip_lists_the_versions_that_a_person_may_want(client, nginx):
    done = client.run("index", "versions", "alpha", "--index-url", nginx.index_url)
    assert done.returncode == 0, done.stderr
    assert "Available versions: 2.0, 1.0" in done.stdout


@newest_pip
def test_86_pip_takes_a_yanked_version_only_if_it_is_named(client, nginx, tmp_path):
    def download(requirement):
        folder = tmp_path / requirement.replace("=", "_")
        done = client.run("download", "--no-deps", "--dest", folder, "--index-url", nginx.index_url,
                          requirement)
        return done, {path.name for path in folder.glob("*")}

    done, files = download("alpha==2.1")
    assert files == {"alpha-2.1-py3-none-any.whl"}
    assert "broken on Sundays" in done.stderr
    assert download("alpha")[1] == {"alpha-2.0-py3-none-any.whl"}
    done, files = download("withdrawn")
    assert done.returncode != 0 and files == set()
    assert download("withdrawn==1.0")[1] == {"withdrawn-1.0-py3-none-any.whl"}


@pytest.mark.parametrize("client", ["uv"], indirect=True)
def test_86_uv_takes_a_yanked_version_only_if_it_is_named(client, nginx, tmp_path):
    def compile_(requirement):
        arguments = ("compile", "--no-header", "--no-annotate", "--index-url", nginx.index_url)
        return client.run(*arguments, requirements(tmp_path, requirement))

    assert "alpha==2.0" in compile_("alpha").stdout
    done = compile_("alpha==2.1")
    assert "alpha==2.1" in done.stdout
    assert "broken on Sundays" in done.stderr
    assert compile_("withdrawn").returncode != 0
    assert "withdrawn==1.0" in compile_("withdrawn==1.0").stdout


@every_client
def test_installs_every_spelling_of_a_name_and_a_version(client, nginx, tmp_path):
    wanted = ("epoch", "beta==1.1+local.1", "MIXED_case.name", "alpha<2")
    done, installed = client.install(nginx.index_url, tmp_path / "target", *wanted)
    assert done.returncode == 0, done.stderr
    assert installed == {
        "epoch": "1!1.0", "beta": "1.1+local.1", "Mixed.Case_Name": "1.0", "alpha": "1.0"
    }


@newest_clients
def test_installs_a_source_archive(client, nginx, tmp_path):
    done, installed = client.install(nginx.index_url, tmp_path / "target", "source-only")
    assert done.returncode == 0, done.stderr
    assert installed == {"source-only": "1.0"}


@newest_clients
def test_a_version_for_another_python_is_not_chosen(client, nginx, tmp_path):
    done, installed = client.install(nginx.index_url, tmp_path / "target", "alpha>=3")
    assert done.returncode != 0 and installed == {}


# Files that nobody can install, whose facts have made clients refuse the whole page.
ODD_NEIGHBOURS = [
    {"filename": "beta-0.1.tar.gz", "hash": "sha1=" + digest("sha1", "x")},
    {"filename": "beta-0.2.tar.gz", "hashes": {"blake2b_256": "b" * 64, "md5": digest("md5", "x")}},
    {"filename": "beta-0.3.tar.gz", "requires_python": ">=3.x bogus"},
    {"filename": "beta-0.4.tar.gz", "yanked": '"<&\n\N{PILE OF POO}'},
    {"filename": "beta-0.5-py3-none-any.whl", "core_metadata": "sha1=" + digest("sha1", "x")},
    {"filename": "beta-0.6-py3-none-any.whl", "core_metadata": "blake2b_256=" + "b" * 64},
    {"filename": "beta-0.7.tar.gz", "upload_time": "1969-12-31T23:59:59.999999Z"},
    {"filename": "beta-0.8.tar.gz", "gpg_sig": True, "provenance": "https://pool.example/p?a=b&c"},
    {"filename": "beta-2004d.tar.gz"},
    {"filename": "beta-0.9-py2.7.egg"},
    {"filename": "beta.zip"},
]


@pytest.mark.parametrize("form", ["html", "json"])
@every_client
def test_odd_neighbours_spoil_no_page(client, form, site, build_index, tmp_path):
    names = {"beta-1.0-py3-none-any.whl", "beta-1.1+local.1-py3-none-any.whl"}
    good = [record for record in site.records if record["filename"] in names]
    if form == "html":
        index = build_index(good + ODD_NEIGHBOURS, packages_url=site.pool.as_uri())
        done, installed = client.install((index.root / "simple").as_uri(), tmp_path / "t", "beta")
    else:
        index = build_index(good + ODD_NEIGHBOURS)
        with servers.nginx(index.root, site.pool, tmp_path) as server:
            done, installed = client.install(server.index_url, tmp_path / "t", "beta")
    assert done.returncode == 0, done.stderr
    assert installed == {"beta": "1.1+local.1"}


@pytest.mark.parametrize("client", ["uv"], indirect=True)
def test_uv_reads_upload_times_in_both_forms(client, nginx, http_server, tmp_path):
    """`--exclude-newer` needs the time of every file: HTML has it as an attribute."""
    for server in (nginx, http_server):
        arguments = ("compile", "--no-header", "--no-annotate", "--index-url", server.index_url,
                     "--exclude-newer", "2023-11-14T22:13:21Z")
        done = client.run(*arguments, requirements(tmp_path, "alpha"))
        assert "alpha==1.0" in done.stdout, done.stderr


def test_nginx_serves_each_reader_its_form(nginx):
    pip_accepts = f"{JSON}, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01"
    for accept, type_ in {None: "text/html", "*/*": "text/html", "text/html": "text/html",
                          pip_accepts: JSON}.items():
        for page in ("", "alpha/"):
            assert get(nginx.index_url + page, accept)[0].split(";")[0] == type_
    legacy = nginx.index_url.replace("/simple/", "/pypi/alpha/json")
    assert get(legacy)[0] == get(legacy + "/")[0] == "application/json"
