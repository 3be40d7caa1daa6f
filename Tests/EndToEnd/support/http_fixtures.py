"""Two faulty servers, one that speaks TLS, and a client that has nothing special.

Test modules import the fixtures that they use, and `fresh`, which forgets what servers got before.
"""

import base64
import ssl
from urllib.parse import quote

import pytest
import trustme

from support.faulty import FaultyServer
from support.http_probe import HTTPProbe

SECRET = "s3cr3t-canary-Zq/+="


@pytest.fixture(scope="module")
def server():
    with FaultyServer() as server:
        yield server


@pytest.fixture(scope="module")
def other():
    with FaultyServer() as server:
        yield server


@pytest.fixture(autouse=True)
def fresh(server, other):
    server.forget()
    other.forget()


@pytest.fixture(scope="module")
def probe():
    with HTTPProbe(connections=16) as probe:
        yield probe


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture(scope="module")
def secure(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with FaultyServer(tls=context) as server:
        yield server


@pytest.fixture(scope="module")
def certificates(authority, tmp_path_factory):
    path = tmp_path_factory.mktemp("tls") / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


def spellings(secret: str) -> list[bytes]:
    """A secret as it may be found: as it is, percent-encoded, and in base64 at each offset."""
    coded = [
        base64.b64encode(b"x" * shift + secret.encode())[4:-4].strip(b"=") for shift in range(3)
    ]
    return [secret.encode(), quote(secret, safe="").encode(), *coded]


def assert_hidden(secret: str, data: bytes | str) -> None:
    data = data.encode() if isinstance(data, str) else data
    for spelling in spellings(secret):
        assert spelling not in data
