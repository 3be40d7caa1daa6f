"""Who asks nginx whether a page has changed is never told that it has not when it has.

nginx compares the size and the whole second of a page. So pages are changed here to others of the
same size, several times a second. LARDER_CHANGES is how often (100).
"""

import http.client
import os
import time
from collections import Counter
from urllib.parse import urlsplit

import pytest

from support import servers
from support.publisher import Publisher, names

CHANGES = int(os.environ.get("LARDER_CHANGES", "100"))
JSON = "application/vnd.pypi.simple.v1+json"
# Each page as (path, what is accepted): those of the project that changes, and those that stay.
CHANGING = [("/simple/project000/", "text/html"), ("/simple/project000/", JSON)]
STAYING = [("/simple/", "text/html"), ("/simple/", JSON), ("/simple/project001/", "text/html"),
           ("/simple/project001/", JSON)]  # fmt: skip


class Client:
    """Knows pages as a cache does, and asks whether they are still so."""

    def __init__(self, url):
        self.connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
        self.known = {}

    def get(self, page, **conditions):
        path, accepted = page
        fields = {name.replace("_", "-"): value for name, value in conditions.items() if value}
        self.connection.request("GET", path, headers={"Accept": accepted, **fields})
        answer = self.connection.getresponse()
        return answer.status, answer.headers, answer.read()

    def learn(self, page):
        status, fields, body = self.get(page)
        assert status == 200
        self.known[page] = body, fields["ETag"], fields["Last-Modified"]

    def asks(self, page):
        """The answers to the conditions that clients give: statuses and bodies."""
        _, tag, time = self.known[page]
        for match, since in ((tag, time), (tag, None), (None, time)):
            status, _, body = self.get(page, If_None_Match=match, If_Modified_Since=since)
            assert status in (200, 304)
            yield status, body


@pytest.fixture
def client(tmp_path):
    """A client of the folder `public`."""
    state = tmp_path / "nginx"
    state.mkdir()
    with servers.nginx(tmp_path / "public", tmp_path, state) as server:
        yield Client(server.index_url)


@pytest.mark.parametrize("mode", ["generation", "files"])
def test_a_page_that_changed_is_never_answered_as_unchanged(larder, client, tmp_path, mode):
    """Check 16: same-size changes within a second each give no stale 304, and no needless 200."""
    sink = {"type": "filesystem", "path": str(tmp_path / "public"), "mode": mode, "durable": False}
    publisher, counts, slow = Publisher(larder, tmp_path, sink), Counter(), 0

    def publish(number):
        assert publisher.run(names(1, f"{1000 + number}") + names(2)[1:]).status == 0

    publish(0)
    for number in range(1, CHANGES + 1):
        for page in CHANGING + STAYING:
            client.learn(page)
        start = time.monotonic()
        publish(number)
        slow += time.monotonic() - start > 1
        for page in CHANGING:
            before = client.known[page][0]
            _, _, now = client.get(page)
            assert now != before and len(now) == len(before)
            for status, body in client.asks(page):
                counts["stale" if status == 304 else "changed"] += 1
                assert status == 200 and body == now, f"change {number}: a stale {page}"
        for page in STAYING:
            for status, _ in client.asks(page):
                counts["unchanged"] += 1
                assert status == 304, f"change {number}: {page} was sent again"
    print(f"{CHANGES} changes, {slow} of them slower than a second: {dict(counts)}")
    assert slow < CHANGES / 4


def test_a_page_of_the_same_size_and_second_would_be_told_from_the_answer(client, tmp_path):
    """What the test above would see of a publisher that does not mind the time."""
    page = tmp_path / "public/simple/project000/index.html"
    page.parent.mkdir(parents=True)
    page.write_text("old")
    client.learn(CHANGING[0])
    second = page.stat().st_mtime
    page.write_text("new")
    os.utime(page, (second, second))
    assert {status for status, _ in client.asks(CHANGING[0])} == {304}
