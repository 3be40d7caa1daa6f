"""The `http` source against a server that says, and mis-says, what the test wants."""

import json
import re
import ssl

import pytest
import trustme

from support import simple_pages
from support.faulty import FaultyServer
from support.sources import SourceReader

JSON = simple_pages.JSON_TYPE


@pytest.fixture
def server():
    with FaultyServer() as server:
        yield server


@pytest.fixture
def reader(larder, tmp_path):
    return SourceReader(larder.binary, tmp_path)


def http(server, path="/simple/", **fields):
    return {"type": "http", "id": "origin", "url": server.url(path), **fields}


def expected(index):
    """The records of an index, in the order of its projects."""
    return sorted(
        (record for records in index.values() for record in records), key=lambda r: r["filename"]
    )


def found(reading):
    assert reading.status == 0, reading.stderr
    return sorted(reading.records, key=lambda record: record["filename"])


# What is read.


@pytest.mark.parametrize("form", ["json", "html"])
@pytest.mark.parametrize("seed", range(12))
def test_every_attribute_of_a_simple_index_is_carried_over(server, reader, form, seed):
    index = simple_pages.make_index(seed)
    simple_pages.serve(server, index, form)
    records = found(reader.read(http(server)))
    assert records == expected(index)


def test_the_json_form_is_asked_for_first_and_html_can_be_forced(server, reader):
    index = simple_pages.make_index(1)
    simple_pages.serve(server, index, "json")
    reader.read(http(server))
    assert server.requests[0].value("accept").startswith("application/vnd.pypi.simple.v1+json,")
    server.forget()
    simple_pages.serve(server, index, "html")
    assert found(reader.read(http(server, **{"as": "simple-html"}))) == expected(index)
    assert "json" not in server.requests[0].value("accept")


def test_links_are_resolved_from_the_base_of_the_page(server, reader):
    files = [{"filename": "six-1.0.tar.gz", "url": "../../files/six-1.0.tar.gz"}]
    page = simple_pages.html_page("six", files, base="https://cdn.example/a/b/c/")
    server.pages |= {"/simple/": simple_pages.html_root(["six"]), "/simple/six/": page}
    (record,) = found(reader.read(http(server)))
    assert record["url"] == "https://cdn.example/a/files/six-1.0.tar.gz"


def test_links_are_resolved_from_where_the_page_was_found_in_the_end(server, reader):
    files = [{"filename": "six-1.0.tar.gz", "url": "six-1.0.tar.gz"}]
    server.pages |= {
        "/simple/": simple_pages.html_root(["six"]),
        "/moved/six/": simple_pages.html_page("six", files),
    }
    server.on("/simple/six/", lambda call: call.reply(b"", "302 Found", "Location: /moved/six/"))
    (record,) = found(reader.read(http(server)))
    assert record["url"] == server.url("/moved/six/six-1.0.tar.gz")


def test_the_state_of_a_project_is_carried_over(server, reader, tmp_path):
    page = simple_pages.json_page(
        "six",
        [{"filename": "six-1.0.tar.gz", "url": "https://x.example/six-1.0.tar.gz"}],
        **{"project-status": {"status": "archived", "reason": "done"}},
    )
    simple_pages.serve_page(server, "/simple/", simple_pages.json_root(["six"]), JSON)
    simple_pages.serve_page(server, "/simple/six/", page, JSON)
    for _ in range(2):  # the second time, the page is not transferred again
        done = reader.run("run", reader.pipeline(http(server)))
        assert done.returncode == 0, done.stderr
        made = json.loads((tmp_path / "public/simple/six/index.v1_json").read_text())
        assert made["project-status"] == {"status": "archived", "reason": "done"}


def test_tracks_of_another_index_are_not_ours(server, reader, tmp_path):
    page = json.loads(simple_pages.json_page(
        "six", [{"filename": "six-1.0.tar.gz", "url": "https://x.example/six-1.0.tar.gz"}]
    ))
    page["meta"]["tracks"] = ["https://evil.example/simple/six/"]
    page["alternate-locations"] = ["https://evil.example/simple/six/"]
    simple_pages.serve_page(server, "/simple/", simple_pages.json_root(["six"]), JSON)
    simple_pages.serve_page(server, "/simple/six/", json.dumps(page).encode(), JSON)
    assert reader.run("run", reader.pipeline(http(server))).returncode == 0
    for path in (tmp_path / "public").rglob("*"):
        assert not path.is_file() or b"evil.example" not in path.read_bytes()


def test_a_page_of_links_is_an_index_of_all_its_files(server, reader):
    index = simple_pages.make_index(3, base=server.url("/pool/"))
    files = expected(index)
    links = "<br>".join(map(simple_pages.anchor, files))
    server.pages["/links.html"] = f"<html><body><a href=/>home</a>{links}</body></html>".encode()
    assert found(reader.read(http(server, "/links.html"))) == files


@pytest.mark.parametrize("path", ["/list/packages.txt", "/list/names"])
def test_a_list_of_names_is_read_with_a_template_of_urls(server, reader, path):
    simple_pages.serve_page(server, path, b"six-1.0.tar.gz\nsix-1.1+x-py3-none-any.whl\n", "text/plain")
    source = http(server, path, file_url="https://files.example/p/{project}/{filename}")
    assert found(reader.read(source)) == [
        {"filename": "six-1.0.tar.gz", "url": "https://files.example/p/six/six-1.0.tar.gz"},
        {
            "filename": "six-1.1+x-py3-none-any.whl",
            "url": "https://files.example/p/six/six-1.1%2Bx-py3-none-any.whl",
        },
    ]


@pytest.mark.parametrize(
    ("path", "root"),
    [("/tree/larder/records.jsonl", "/tree"), ("/tree/records.jsonl", "/tree")],
)
def test_relative_urls_of_records_start_at_the_page_of_their_project(server, reader, path, root):
    line = {"filename": "a_b-1.0.tar.gz", "url": "../../pool/a_b-1.0.tar.gz", "size": 7}
    simple_pages.serve_page(server, path, json.dumps(line).encode() + b"\n", "application/jsonl")
    (record,) = found(reader.read(http(server, path)))
    assert record == line | {"url": server.url(root + "/pool/a_b-1.0.tar.gz")}


# Which projects.


def test_names_of_projects_need_no_list_of_all(server, reader):
    index = simple_pages.make_index(5)
    simple_pages.serve(server, index, "json")
    del server.handlers["/simple/"]
    reading = reader.read(http(server, "/simple", projects=["Project_2", "project-4"]))
    assert found(reading) == expected({k: index[k] for k in ["project-2", "project-4"]})


def test_patterns_and_files_of_them_choose_projects(server, reader, tmp_path):
    index = simple_pages.make_index(5)
    simple_pages.serve(server, index, "html")
    (tmp_path / "allow.txt").write_text("# ours\nproject-1\nPROJECT_[34]\n")
    reading = reader.read(http(server, projects={"file": "allow.txt"}))
    wanted = ["project-1", "project-3", "project-4"]
    assert found(reading) == expected({name: index[name] for name in wanted})


def test_a_named_project_that_is_not_there_is_an_error(server, reader):
    simple_pages.serve(server, simple_pages.make_index(5), "json")
    reading = reader.read(http(server, projects=["project-1", "projet-2"]))
    assert reading.status == 69
    assert "/simple/projet-2/: status 404" in reading.stderr


# What must not be published.


def test_a_file_of_another_project_is_refused_or_left_out(server, reader):
    index = simple_pages.make_index(7, projects=2)
    stray = {"filename": "other-1.0.tar.gz", "url": "https://x.example/other-1.0.tar.gz"}
    simple_pages.serve(server, index | {"project-1": [*index["project-1"], stray]}, "json")
    reading = reader.read(http(server))
    assert reading.status == 65
    assert 'error[foreign-file]: source "origin" (http): a page of "project-1" lists' in reading.stderr
    for _ in range(2):
        done = reader.run("run", "--report", "r.json", reader.pipeline(http(server, on_error="skip")))
        assert done.returncode == 0, done.stderr
        report = json.loads((reader.folder / "r.json").read_text())
        assert [line["code"] for line in report["skipped"]] == ["foreign-file"]


def test_a_project_that_went_in_this_moment_is_an_error_or_left_out(server, reader):
    index = simple_pages.make_index(7, projects=3)
    simple_pages.serve(server, index, "json")
    del server.handlers["/simple/project-1/"]
    assert reader.read(http(server)).status == 69
    done = reader.run("run", "--report", "r.json", reader.pipeline(http(server, on_error="skip")))
    assert done.returncode == 0, done.stderr
    report = json.loads((reader.folder / "r.json").read_text())
    assert [line["code"] for line in report["skipped"]] == ["missing-page"]
    assert report["skipped"][0]["path"] == server.url("/simple/project-1/")


@pytest.mark.parametrize("form", ["json", "html"])
def test_a_page_over_https_must_not_send_clients_to_http(reader, form):
    authority = trustme.CA()
    authority.cert_pem.write_to_path(reader.folder / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    index = simple_pages.make_index(7, projects=1)
    index["project-0"][3]["url"] = index["project-0"][3]["url"].replace("https:", "http:")
    with FaultyServer(tls=context) as server:
        simple_pages.serve(server, index, form)
        assert reader.read(http(server)).status == 69  # nobody knows the authority
        reading = reader.read(http(server, ca_file="ca.pem"))
        assert reading.status == 65
        assert "error[insecure-url]" in reading.stderr
        reading = reader.read(http(server, ca_file="ca.pem", on_error="skip"))
        del index["project-0"][3]
        assert found(reading) == expected(index)


@pytest.mark.parametrize("name", ["../evil-1.0.tar.gz", "project_0-1.0\n.tar.gz", "pro\x00ject-1.zip"])
def test_a_hostile_file_name_is_refused(server, reader, name):
    index = {"project-0": [{"filename": name, "url": "https://x.example/project_0-1.0.tar.gz"}]}
    simple_pages.serve(server, index, "json")
    assert reader.read(http(server)).status == 65


def test_a_project_that_no_project_can_be_called_is_refused_or_left_out(server, reader):
    index = simple_pages.make_index(7, projects=2)
    simple_pages.serve(server, index, "json")
    root = simple_pages.json_root([*index, "../../etc"])
    simple_pages.serve_page(server, "/simple/", root, JSON)
    reading = reader.read(http(server))
    assert reading.status == 65
    assert "error[invalid-project]" in reading.stderr
    for _ in range(2):
        done = reader.run("run", "--report", "r.json", reader.pipeline(http(server, on_error="skip")))
        assert done.returncode == 0, done.stderr
        report = json.loads((reader.folder / "r.json").read_text())
        assert [line["code"] for line in report["skipped"]] == ["invalid-project"]


def test_a_newer_major_version_of_the_api_is_refused(server, reader):
    page = simple_pages.json_root(["six"]).replace(b'"1.4"', b'"2.0"')
    simple_pages.serve_page(server, "/simple/", page, JSON)
    reading = reader.read(http(server))
    assert reading.status == 65
    assert "version 2.0 of the simple API" in reading.stderr


SIGN_IN = """\
error[not-an-index]: source "origin" (http): {start} did not return a package index
   = got: 200 text/html, 5,812 bytes, title "Sign in - ACME SSO", and no <a> elements with package names
   = note: redirected once, from {start} to {end}
   = help: the server wants credentials: give "username" and "password", or "bearer_token", as ${{env:...}} values
   = at: pipeline.json:7 /sources/0/url

error: nothing was published; the 2 sinks are as they were
"""  # noqa: E501


def test_a_page_to_sign_in_is_no_index(server, reader):
    """Message 9 of those that read exactly so."""
    page = b"<html><head><title>Sign in - ACME SSO</title></head><body><form></form>"
    page += b" " * (5_812 - len(page) - 14) + b"</body></html>"
    with FaultyServer(host="127.0.0.2") as elsewhere:
        elsewhere.pages["/login"] = page
        location = f"Location: {elsewhere.url('/login')}"
        server.on("/simple/", lambda call: call.reply(b"", "302 Found", location))
        sinks = [{"type": "filesystem", "path": path} for path in ["a", "b"]]
        path = reader.pipeline(http(server), sinks=sinks)
        done = reader.run("run", "--quiet", path.name)
        start, end = server.url("/simple/"), elsewhere.url("/login")
    assert (done.returncode, done.stderr) == (69, SIGN_IN.format(start=start, end=end))


LOGIN = b"<html><title>Log in</title><body><a href='/help/'>help</a><form></form></body></html>"


@pytest.mark.parametrize("at", ["/simple/", "/simple/project-3/"])
@pytest.mark.parametrize(
    "answer",
    [
        lambda call: call.reply(LOGIN),
        lambda call: call.reply(LOGIN, type=JSON),
        lambda call: call.reply(b""),
        lambda call: call.reply(b"", type=JSON),
        lambda call: call.reply(b"\n \n"),
        lambda call: call.reply(b"[]", type="application/json"),
        lambda call: call.reply(b"{}", type=JSON),
        lambda call: call.reply(b'{"message":"try later"}', type="application/json"),
        lambda call: call.reply(b"null", type=JSON),
        lambda call: call.reply(b"Service unavailable", type="text/plain"),
        lambda call: call.reply(b"<html><body>Maintenance</body></html>"),
        lambda call: call.reply(b"", "204 No Content"),
        lambda call: call.reply(b"<html></html>", "206 Partial Content"),
        lambda call: call.reply(b"", "304 Not Modified"),
        lambda call: call.reply(b"<html></html>", "404 Not Found"),
        lambda call: call.reply(b"<html></html>", "403 Forbidden"),
        lambda call: call.reply(b"\x00\xff\xfe", type="application/octet-stream"),
    ],
)
def test_what_is_no_page_of_packages_is_an_error_and_publishes_nothing(server, reader, at, answer):
    simple_pages.serve(server, simple_pages.make_index(5), "html")
    server.on(at, answer)
    done = reader.run("run", reader.pipeline(http(server)))
    assert done.returncode in (65, 69), done.stderr
    assert server.url(at) in done.stderr
    assert not (reader.folder / "public").exists()


@pytest.mark.parametrize("framing", ["length", "chunked", "close"])
@pytest.mark.parametrize("form", ["html", "json", "listing", "listing in json"])
def test_a_page_that_was_cut_never_means_fewer_packages(server, reader, form, framing):
    index = simple_pages.make_index(9, projects=1, files=3)
    files = index["project-0"]
    body, kind = {
        "html": (simple_pages.html_page("project-0", files), "text/html"),
        "json": (simple_pages.json_page("project-0", files), JSON),
        "listing": (simple_pages.listing(files), "text/html"),
        "listing in json": (simple_pages.json_listing(files), "application/json"),
    }[form]
    at = 0

    def cut(call):
        lines = {
            "length": [f"Content-Length: {len(body)}"],
            "chunked": ["Transfer-Encoding: chunked"],
            "close": ["Connection: close"],
        }[framing]
        call.head("200 OK", *lines, type=kind)
        sent = body[:at]
        if framing == "chunked":
            sent = b"%x\r\n%s" % (len(body), sent)
        call.send(sent)

    server.on("/simple/project-0/", cut)
    source = http(server, projects=["project-0"], retry={"attempts": 1})
    if form.startswith("listing"):
        source = http(server, "/simple/project-0/", retry={"attempts": 1})
    for at in [*range(0, len(body), 97), len(body) - 1]:
        reading = reader.read(source)
        complete = reading.status == 0 and len(reading.records) == len(files)
        assert complete or reading.status in (65, 69, 75), (at, reading)
    at = len(body)
    if framing == "close":
        assert len(found(reader.read(source))) == len(files)


# Busy servers.


def test_a_page_is_asked_for_again_while_the_server_is_busy(server, reader):
    index = simple_pages.make_index(5)
    simple_pages.serve(server, index, "json")
    page = server.handlers["/simple/project-3/"]

    def busy(call):
        if server.count("busy") <= 2:
            return call.reply(b"", "503 Service Unavailable", "Retry-After: 0")
        return page(call)

    server.on("/simple/project-3/", busy)
    assert found(reader.read(http(server))) == expected(index)
    targets = [request.target for request in server.requests]
    assert targets.count("/simple/project-3/") == 3
    assert targets.count("/simple/") == 1


def test_a_server_that_stays_busy_fails_the_run(server, reader):
    simple_pages.serve(server, simple_pages.make_index(5), "json")
    server.on("/simple/project-3/", lambda call: call.reply(b"", "503 Busy", "Retry-After: 0"))
    reading = reader.read(http(server, retry={"attempts": 3}))
    assert (reading.status, reading.records) == (75, [])
    assert sum(request.target == "/simple/project-3/" for request in server.requests) == 3


# What did not change.


def test_pages_that_did_not_change_are_not_transferred_again(server, reader):
    index = simple_pages.make_index(5)
    simple_pages.serve(server, index, "json")
    first = found(reader.read(http(server)))
    index["project-2"] = index["project-2"][:3]
    simple_pages.serve(server, index, "json")
    server.forget()
    assert found(reader.read(http(server))) == expected(index)
    assert len(first) == len(expected(index)) + 5
    asked = {request.target: request.value("if-none-match") for request in server.requests}
    assert len(asked) == 7
    assert all(asked.values())


@pytest.mark.parametrize("changed", ["project-1", "project-3", "project-5", None])
def test_what_is_kept_of_an_index_that_changes_stays_whole(server, reader, changed):
    """Whichever page is not as it was, the next runs know the others from before."""
    index = simple_pages.make_index(5)
    simple_pages.serve(server, index, "json")
    reader.read(http(server))
    if changed:
        index[changed] = index[changed][:3]
    else:
        del index["project-3"]
    simple_pages.serve(server, index, "json")
    for _ in range(3):
        assert found(reader.read(http(server))) == expected(index)
    assert server.requests[-1].value("if-none-match")


def test_serials_save_even_the_question(server, reader):
    index = simple_pages.make_index(5)
    serials = {name: 100 + number for number, name in enumerate(index)}

    def serve():
        root = simple_pages.json_root(index, serials)
        simple_pages.serve_page(server, "/simple/", root, JSON)
        for name, files in index.items():
            page = simple_pages.json_page(name, files, serials[name])
            simple_pages.serve_page(server, f"/simple/{name}/", page, JSON)

    serve()
    reader.read(http(server))
    index["project-2"], serials["project-2"] = index["project-2"][:3], 200
    serve()
    server.forget()
    assert found(reader.read(http(server))) == expected(index)
    assert [r.target for r in server.requests] == ["/simple/", "/simple/project-2/"]


def test_an_index_that_went_back_in_time_is_refused(server, reader):
    index = simple_pages.make_index(5)

    def serve(serial):
        root = simple_pages.json_root(index, dict.fromkeys(index, serial))
        simple_pages.serve_page(server, "/simple/", root, JSON)
        for name, files in index.items():
            page = simple_pages.json_page(name, files, serial)
            simple_pages.serve_page(server, f"/simple/{name}/", page, JSON)

    serve(100)
    assert reader.read(http(server)).status == 0
    serve(99)
    for _ in range(2):
        reading = reader.read(http(server))
        assert reading.status == 65
        assert "error[older-index]" in reading.stderr
    assert found(reader.read(http(server, allow_older=True))) == expected(index)
    assert found(reader.read(http(server))) == expected(index)


@pytest.mark.parametrize("damage", [b"", b"{}\n", b'{"larder_pages":1}\n{"url":"x","bytes":99}\n'])
def test_a_damaged_cache_is_not_used(server, reader, damage):
    index = simple_pages.make_index(5)
    simple_pages.serve(server, index, "json")
    reader.read(http(server))
    (kept,) = (reader.folder / "cache").rglob("*.pages")
    kept.write_bytes(damage)
    assert found(reader.read(http(server))) == expected(index)


def test_a_byte_that_changed_in_the_cache_is_seen(server, reader):
    index = simple_pages.make_index(5)
    simple_pages.serve(server, index, "json")
    reader.read(http(server))
    (kept,) = (reader.folder / "cache").rglob("*.pages")
    whole = kept.read_bytes()
    for place in range(10, len(whole), len(whole) // 40):
        kept.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert found(reader.read(http(server))) == expected(index)


def test_what_another_version_kept_is_not_used(server, reader):
    index = simple_pages.make_index(5)
    simple_pages.serve(server, index, "json")
    reader.read(http(server))
    (kept,) = (reader.folder / "cache").rglob("*.pages")
    kept.write_bytes(re.sub(rb'"larder":"\d', b'"larder":"9', kept.read_bytes()))
    server.forget()
    assert found(reader.read(http(server))) == expected(index)
    assert not any(request.value("if-none-match") for request in server.requests)


def test_pages_read_before_a_failure_are_kept(server, reader):
    index = simple_pages.make_index(5)
    simple_pages.serve(server, index, "json")
    page = server.handlers["/simple/project-5/"]
    server.on("/simple/project-5/", lambda call: call.reply(b"", "404 Gone"))
    assert reader.read(http(server)).status == 69
    server.on("/simple/project-5/", page)
    server.forget()
    assert found(reader.read(http(server))) == expected(index)
    known = [request for request in server.requests if request.value("if-none-match")]
    assert len(known) >= 1


def test_without_a_cache_nothing_is_kept(server, reader):
    simple_pages.serve(server, simple_pages.make_index(5), "json")
    reader.read(http(server, cache=False))
    assert not list((reader.folder / "cache").rglob("*.pages"))


# Credentials.


def test_a_login_is_sent_to_its_origin_only_and_shown_nowhere(server, reader):
    canary = "canary-7d1f"
    index = simple_pages.make_index(5, projects=2)
    simple_pages.serve(server, index, "json")
    with FaultyServer(host="127.0.0.2") as other:
        simple_pages.serve(other, index, "json")
        place = f"Location: {other.url('/simple/project-1/')}"
        server.on("/simple/project-1/", lambda call: call.reply(b"", "302 Found", place))
        source = http(server, bearer_token="${env:TOKEN}", allow_hosts=["127.0.0.2"])
        reading = reader.read(source, {"TOKEN": canary})
        assert found(reading) == expected(index)
        assert server.requests[0].value("authorization") == f"Bearer {canary}"
        assert canary.encode() not in other.everything
    kept = b"".join(p.read_bytes() for p in reader.folder.rglob("*") if p.is_file())
    assert canary.encode() not in kept
    assert canary not in reading.stderr


def test_an_index_on_another_host_must_be_named(server, reader):
    index = simple_pages.make_index(5, projects=1)
    with FaultyServer(host="127.0.0.2") as other:
        simple_pages.serve(other, index, "json")
        place = f"Location: {other.url('/simple/')}"
        server.on("/simple/", lambda call: call.reply(b"", "302 Found", place))
        reading = reader.read(http(server))
        assert reading.status == 69
        assert '"allow_hosts": ["127.0.0.2"]' in reading.stderr


def test_a_password_in_the_url_is_refused(reader):
    source = {"type": "http", "url": "https://me:secret@index.example/simple/"}
    reading = reader.read(source)
    assert reading.status == 78
    assert "secret" not in reading.stderr.replace("literal-secret", "")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_secret_in_a_file_that_others_may_read_is_refused(server, reader, mode):
    simple_pages.serve(server, simple_pages.make_index(5, projects=1), "json")
    secret = reader.folder / "token"
    secret.write_text("canary-51c0\n")
    source = http(server, bearer_token="${file:token}")
    secret.chmod(mode)
    reading = reader.read(source)
    assert reading.status == 78
    assert f"the secret in {secret}: its mode is {mode:04o}" in reading.stderr
    assert "canary" not in reading.stderr
    assert not server.requests
    secret.chmod(0o600)
    assert reader.read(source).status == 0
    assert server.requests[0].value("authorization") == "Bearer canary-51c0"
