"""Secrets of a pipeline are in nothing that a run says or keeps, whatever goes wrong."""

import base64
import os
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest

from support.faulty import BEHAVIOURS, FaultyServer
from support.sources import SourceReader

#: Odd enough that each way of writing it differs.
USER, PASSWORD, TOKEN = "canary user+1/%", "pa:ss=w?ord&2 \N{SNOWMAN}", "tok.en~3+/=="
LOGINS = {
    "password": ({"username": "${env:USER_NAME}", "password": "${env:PASSWORD}"}, [PASSWORD]),
    "token": ({"bearer_token": "${file:token}"}, [TOKEN]),
}
LIMITS = {"timeout": "2s", "connect_timeout": "1s", "idle_timeout": "1s", "retry": {"attempts": 1}}


def spellings(secret):
    """The ways in which a secret could be said by accident."""
    raw = secret.encode()
    return [
        raw,
        base64.b64encode(raw),
        base64.b64encode(USER.encode() + b":" + raw),
        quote(secret, safe="").encode(),
        raw.decode("latin-1").encode(),
    ]


@pytest.mark.parametrize("login", LOGINS)
def test_no_failure_tells_a_secret(larder, tmp_path, login):
    fields, secrets = LOGINS[login]
    with FaultyServer() as server, FaultyServer(host="127.0.0.2") as other:
        server.on("/away", lambda call: call.reply(b"", "302 Found", f"Location: {other.url('/')}"))
        paths = sorted(set(BEHAVIOURS)) + ["/away", "/ok", "/missing"]
        paths = [with_query(path) for path in paths]
        assert len(paths) >= 40

        def attempt(number, path):
            folder = tmp_path / str(number)
            folder.mkdir()
            (folder / "token").write_text(TOKEN)
            (folder / "token").chmod(0o600)
            reader = SourceReader(larder.binary, folder)
            source = {"type": "http", "url": server.url(path), **fields, **LIMITS}
            pipeline = reader.pipeline(source)
            variables = {"USER_NAME": USER, "PASSWORD": PASSWORD}
            done = reader.run(
                "run", pipeline, "-v", "--report", "report.json", environment=variables
            )
            shown = reader.run("show", "config", pipeline, environment=variables)
            logged = reader.run(
                "run", pipeline, "--log-format", "json", environment=variables
            )
            said = "".join(run.stdout + run.stderr for run in [done, shown, logged]).encode()
            return path, done.returncode, said, contents(folder)

        with ThreadPoolExecutor(6) as pool:
            results = list(pool.map(attempt, range(len(paths)), paths))
        assert sum(status != 0 for _, status, *_ in results) >= 40
        for path, _, said, kept in results:
            for spelling in (s for secret in secrets for s in spellings(secret)):
                assert spelling not in said, path
                assert spelling not in kept, path
        for spelling in (s for secret in secrets for s in spellings(secret)):
            assert spelling not in other.everything
        assert any(request.value("authorization") for request in server.requests)


def with_query(path):
    """Behaviours that need to be told more."""
    queries = {
        "/status": "?code=500",
        "/cut": "?framing=length&at=7",
        "/field": "?name=X-Odd&value=1",
        "/wrong-length": "?value=99999",
        "/endless": "?framing=chunked",
        "/steps": "?count=9",
    }
    return path + queries.get(path, "")


def contents(folder):
    """All that is kept in a folder, but for the file of the secret itself."""
    found = b""
    for parent, _, names in os.walk(folder):
        for name in names:
            if name != "token":
                with open(os.path.join(parent, name), "rb") as file:
                    found += file.read()
    return found
