"""Signatures of S3 requests against botocore's, and pages of listings against what they hold.

LARDER_CASES is the number of cases of each test (20,000), LARDER_SEED picks other ones.
"""

import datetime
import os
from random import Random
from urllib.parse import quote
from xml.sax.saxutils import escape

import pytest
from botocore import auth, awsrequest, credentials

from probe import Probe

CASES = int(os.environ.get("LARDER_CASES", "20000")) // 4
SEED = int(os.environ.get("LARDER_SEED", "4"))
UNRESERVED = "-._~"


@pytest.fixture(scope="module")
def probe():
    probe = Probe()
    yield probe
    probe.close()


def random_bytes(random, most):
    """UTF-8 in which every byte occurs that keys can have, and what has to be escaped often."""
    kinds = [
        lambda: chr(random.randrange(1, 128)),
        lambda: random.choice("/+ %&=?#!*'();:@$,~._-"),
        lambda: chr(random.choice([0xE9, 0x301, 0x4E2D, 0x1F600, 0x80, 0x7FF, 0x800, 0xFFFD])),
        lambda: random.choice("abcXYZ019"),
    ]
    return "".join(random.choice(kinds)() for _ in range(random.randrange(1, most))).encode()


def random_request(random):
    key = b"k" + random_bytes(random, 30).replace(b"/.", b"/x")
    path = "/" + quote(key, safe="/" + UNRESERVED)
    query = {}
    for _ in range(random.choice([0, 0, 1, 3])):
        query[random_bytes(random, 8)] = random_bytes(random, 20) if random.random() < 0.8 else b""
    parameters = [
        f"{quote(name, safe=UNRESERVED)}={quote(value, safe=UNRESERVED)}"
        for name, value in query.items()
    ]
    random.shuffle(parameters)
    hosts = ["acme.s3.eu-west-1.amazonaws.com", "127.0.0.1:9000", "minio.example:8443", "[::1]:80"]
    scheme = random.choice(["http", "https"])
    # Of the field Host, the port of the scheme is no part.
    url = f"{scheme}://{random.choice(hosts)}{path}".replace("http://[::1]:80", "http://[::1]")
    if parameters:
        url += "?" + "&".join(parameters)
    names = ["x-amz-meta-Odd", "Content-Type", "Cache-Control", "X-Amz-ACL", "Content-MD5"]
    fields = {
        name: random.choice(["a", "a  b", "max-age=60, public", "text/html; charset=utf-8"])
        for name in random.sample(names, random.randrange(4))
    }
    method = random.choice(["GET", "HEAD", "PUT", "DELETE"])
    body = random.randbytes(random.randrange(40)) if method == "PUT" else b""
    return method, url, fields, body


def expected(method, url, fields, body, region, key, time, monkeypatch):
    """What botocore adds to the request at that time."""
    moment = datetime.datetime.fromtimestamp(time, datetime.timezone.utc)
    monkeypatch.setattr(auth, "get_current_datetime", lambda *_, **__: moment)
    request = awsrequest.AWSRequest(method, url, headers=dict(fields), data=body)
    auth.S3SigV4Auth(credentials.Credentials(*key), "s3", region).add_auth(request)
    return {
        name: request.headers[name]
        for name in ["Authorization", "X-Amz-Date", "X-Amz-Security-Token"]
        if name in request.headers
    }


def test_signatures_are_those_of_botocore(probe, monkeypatch):
    random = Random(SEED)
    requests, answers = [], []
    for _ in range(CASES):
        method, url, fields, body = random_request(random)
        region = random.choice(["us-east-1", "eu-west-1", "auto"])
        token = random.choice([None, "tok/en+==", "A" * 400])
        key = ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", token)
        time = random.randrange(1_000_000_000, 4_000_000_000)
        lines = "\n".join(f"{name}:{value}" for name, value in fields.items())
        texts = [method, url, lines, body, region, key[0], key[1], token or "", str(time)]
        requests.append(
            ("s3-sign", *(text if isinstance(text, bytes) else text.encode() for text in texts))
        )
        answers.append(expected(method, url, fields, body, region, key, time, monkeypatch))
    assert len(answers) == CASES > 0
    for request, answer, said in zip(requests, answers, probe.ask_all(requests), strict=True):
        ours = dict(field.split(": ", 1) for field in said.split("\t"))
        ours = {name.title(): value for name, value in ours.items()}
        assert {name: ours.get(name) for name in answer} == answer, request
        assert "X-Amz-Content-Sha256" in ours


def listing(entries, random):
    """A page of a listing in one of the forms that services have."""
    # XML has no control characters.
    is_plain = all(byte >= 0x20 for key, _ in entries for byte in key)
    is_encoded = not is_plain or random.random() < 0.5
    slash = random.choice(["", "/"])
    parts, facts = [], []
    for key, size in entries:
        text = quote(key, safe=slash + UNRESERVED) if is_encoded else escape(key.decode())
        if is_encoded and random.random() < 0.5:
            text = text.replace("%20", "+")
        tag = random.choice(['"abc"', "&quot;abc&quot;"])
        parts.append(
            f"<Contents><Key>{text}</Key><LastModified>2026-01-02T03:04:05.000Z</LastModified>"
            f"<ETag>{tag}</ETag><Size>{size}</Size><Owner><ID>Key</ID></Owner></Contents>"
        )
    token = random.choice([None, b"t/+=", "Ä&".encode()])
    parts.append(f"<IsTruncated>{'true' if token else 'false'}</IsTruncated>")
    if token:
        token_text = escape(token.decode())
        parts.append(f"<NextContinuationToken>{token_text}</NextContinuationToken>")
    if is_encoded:
        parts.append("<EncodingType>url</EncodingType>")
    if random.random() < 0.8:
        parts.append(f"<KeyCount>{len(entries)}</KeyCount>")
    # Keys stay in their order; what is said of the page may stand before, behind and between.
    while len(parts) > len(entries):
        facts.append(parts.pop())
    for fact in facts:
        parts.insert(random.randrange(len(parts) + 1), fact)
    head = random.choice(['<?xml version="1.0" encoding="UTF-8"?>', ""])
    space = random.choice([' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"', ""])
    return f"{head}<ListBucketResult{space}>{''.join(parts)}</ListBucketResult>", token


def test_pages_of_listings_hold_what_the_service_has(probe):
    random = Random(SEED)
    requests, answers = [], []
    for _ in range(CASES // 5):
        entries = [
            (random_bytes(random, 20), random.randrange(1 << 40))
            for _ in range(random.randrange(6))
        ]
        page, token = listing(entries, random)
        requests.append(("s3-page", page.encode()))
        keys = [f"{key.hex()} {size}" for key, size in entries]
        answers.append("\t".join([*keys, token.hex() if token else "end"]))
    assert probe.ask_all(requests) == answers


FACTS = {
    "twice the flag": ("</IsTruncated>", "</IsTruncated><IsTruncated>false</IsTruncated>"),
    "no flag": ("<IsTruncated>false</IsTruncated>", ""),
    "another flag": ("<IsTruncated>false", "<IsTruncated>no"),
    "more, and no way": ("<IsTruncated>false", "<IsTruncated>true"),
    "an end, and a way on": (
        "</IsTruncated>", "</IsTruncated><NextContinuationToken>t</NextContinuationToken>",
    ),
    "a wrong count": ("<KeyCount>1<", "<KeyCount>2<"),
    "a count that is none": ("<KeyCount>1<", "<KeyCount>one<"),
    "hidden keys": ("<KeyCount>", "<CommonPrefixes><Prefix>a/</Prefix></CommonPrefixes><KeyCount>"),
    "no key": ("<Key>a-1.zip</Key>", ""),
    "two keys": ("<Key>a-1.zip</Key>", "<Key>a-1.zip</Key><Key>b-1.zip</Key>"),
    "a broken key": ("<Key>a-1.zip", "<Key>a%2"),
    "an unknown way to write keys": ("<EncodingType>url", "<EncodingType>base64"),
    "no size": ("<Size>3</Size>", ""),
    "a negative size": ("<Size>3", "<Size>-3"),
    "a huge size": ("<Size>3", "<Size>99999999999999999999"),
    "no time": ("<LastModified>2026-01-02T03:04:05.000Z</LastModified>", ""),
    "another document": ("ListBucketResult", "ListVersionsResult"),
    "a cut": ("</ListBucketResult>", ""),
    "a control character": ("<Size>3", "<Size>\x01"),
    "a DOCTYPE": ("<ListBucketResult>", "<!DOCTYPE x [<!ENTITY a 'b'>]><ListBucketResult>"),
    "a page for people": ("<ListBucketResult>", "<html><p>Log in<ListBucketResult>"),
}  # fmt: skip
PAGE = (
    "<ListBucketResult><IsTruncated>false</IsTruncated><KeyCount>1</KeyCount>"
    "<EncodingType>url</EncodingType><Contents><Key>a-1.zip</Key>"
    "<LastModified>2026-01-02T03:04:05.000Z</LastModified><ETag>x</ETag><Size>3</Size></Contents>"
    "</ListBucketResult>"
)


def test_the_page_that_is_damaged_below_is_whole(probe):
    assert probe.ask("s3-page", PAGE.encode()) == f"{b'a-1.zip'.hex()} 3\tend"


@pytest.mark.parametrize("damage", FACTS)
def test_a_page_that_may_not_be_whole_is_refused(probe, damage):
    old, new = FACTS[damage]
    assert old in PAGE
    answer = probe.ask("s3-page", PAGE.replace(old, new).encode())
    assert answer.startswith("problem: ")


def test_every_cut_of_a_page_is_refused(probe):
    cuts = [("s3-page", PAGE.encode()[:end]) for end in range(len(PAGE))]
    assert all(answer.startswith("problem: ") for answer in probe.ask_all(cuts))
