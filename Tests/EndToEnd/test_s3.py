"""Buckets of moto, which checks each signature."""

import base64
import hashlib
import random
from urllib.parse import quote

import pytest
from moto.backends import get_backend

from support import buckets
from support.buckets import Reader

ACCOUNT = "123456789012"
TRAPS = [
    "pool/with space/a_space-1.0.tar.gz",
    "pool/+plus+/a_plus-1.0+local.1-py3-none-any.whl",
    "pool/\x01control/a_control-1.0.zip",
    "pool//double/a_double-1.0.zip",
    "pool/%2B/a_percent-1.0.zip",
    "pool/Ä/é-中/a_letters-1.0.zip",
    "pool/a&b<c>\"d'/a_markup-1.0.zip",
    "pool/.../a_dots-1.0.zip",
    "pool/~tilde/a_epoch-1!2.0.zip",
    "pool/?query#fragment/a_query-1.0.zip",
]
OTHERS = ["pool/", "pool/README.md", "pool/index.html", "pool/.hidden", "else/b-1.0.zip"]


@pytest.fixture(scope="module")
def moto():
    with buckets.moto() as service:
        yield service


@pytest.fixture
def reader(larder, moto, tmp_path):
    return Reader(larder, tmp_path, moto.environment)


def fill(moto, name, keys):
    """Puts objects into the backend at once: 3,000 requests take longer than all tests."""
    moto.client().create_bucket(Bucket=name)
    backend = get_backend("s3")[ACCOUNT]["aws"]
    for key in keys:
        backend.put_object(name, key, key.encode())


@pytest.fixture(scope="module")
def big(moto):
    keys = [f"pool/{number % 40}/p{number}-1.0.zip" for number in range(3000 - len(TRAPS))] + TRAPS
    random.Random(4).shuffle(keys)
    fill(moto, "acme-big", keys + OTHERS)
    return keys


@pytest.mark.parametrize("page_size", [7, 1000])
def test_all_keys_are_read_once(moto, reader, big, page_size):
    run = reader.run(moto.settings("acme-big", prefix="pool/", page_size=page_size))
    assert run.status == 0, run.stderr
    root = f"{moto.url}/acme-big/"
    found = {record["url"]: record["size"] for record in reader.records.values()}
    expected = {root + quote(key, safe="/-._~"): len(key.encode()) for key in big}
    assert found == expected
    assert len(found) == 3000


def test_the_url_of_each_record_leads_to_its_object(moto, reader, big):
    run = reader.run(moto.settings("acme-big", prefix="pool/", exclude=["[0-9]*/**"]))
    assert run.status == 0, run.stderr
    assert len(reader.records) == len(TRAPS)
    client = moto.client()
    for key in TRAPS:
        name = key.rsplit("/", 1)[1]
        # What is signed for a key by Amazon's own client is the URL that larder wrote.
        signed = client.generate_presigned_url("get_object", {"Bucket": "acme-big", "Key": key})
        assert signed.split("?X-Amz")[0].split("?AWS")[0] == reader.records[name]["url"]


def test_the_last_change_is_the_upload(moto, reader):
    fill(moto, "acme-time", ["a-1.0.zip"])
    (stored,) = moto.client().list_objects_v2(Bucket="acme-time")["Contents"]
    assert reader.run(moto.settings("acme-time")).status == 0
    written = stored["LastModified"].strftime("%Y-%m-%dT%H:%M:%S")
    assert reader.records["a-1.0.zip"]["upload_time"].startswith(written)
    assert "approximate" not in reader.records["a-1.0.zip"]
    assert reader.run(moto.settings("acme-time", upload_time="none")).status == 0
    assert "upload_time" not in reader.records["a-1.0.zip"]


def test_siblings_tell_of_their_files(moto, reader):
    wheel = "x/a-1.0-py3-none-any.whl"
    names = [wheel + ending for ending in ["", ".metadata", ".asc", ".provenance"]]
    fill(moto, "acme-siblings", [*names, "y/b-1.0.zip", "x/b-1.0.zip.metadata"])
    run = reader.run(moto.settings("acme-siblings", file_url="https://files.example/{key}"))
    assert run.status == 0, run.stderr
    record = reader.records["a-1.0-py3-none-any.whl"]
    assert record["core_metadata"] is True or record["core_metadata"] == "true"
    assert record["gpg_sig"] is True
    assert record["url"] == f"https://files.example/{wheel}"
    assert record["provenance"] == f"https://files.example/{wheel}.provenance"
    # A sibling in another folder is none.
    assert "core_metadata" not in reader.records["b-1.0.zip"]
    assert reader.run(moto.settings("acme-siblings")).status == 0
    assert "provenance" not in reader.records["a-1.0-py3-none-any.whl"]


def test_templates_say_where_files_are(moto, reader):
    fill(moto, "acme-template", ["p q/a-1.0+l.zip"])
    for template, url in {
        "https://files.example/x/{key}": "https://files.example/x/p%20q/a-1.0%2Bl.zip",
        "https://files.example/{filename}": "https://files.example/a-1.0%2Bl.zip",
        "../../pool/{key}?v=1": "../../pool/p%20q/a-1.0%2Bl.zip?v=1",
    }.items():
        run = reader.run(moto.settings("acme-template", file_url=template))
        assert run.status == 0, run.stderr
        assert reader.records["a-1.0+l.zip"]["url"] == url


@pytest.mark.parametrize("template", [
    "https://files.example/", "https://files.example/{key}{key}", "https://{key}", "/{key}",
    "//{key}", "{key}", "https://files.example/{key}/x", "https://files.example/?{key}",
    "javascript:/x/{key}", "https:///{key}", "https://files.example/#/{key}",
])  # fmt: skip
def test_templates_that_keys_could_lead_astray_are_refused(moto, reader, template):
    run = reader.run(moto.settings("acme", file_url=template))
    assert run.status == 78 and "file_url" in run.stderr, run.stderr


def put(moto, bucket, key, body, **more):
    moto.client().put_object(Bucket=bucket, Key=key, Body=body, **more)


def heads(moto, reader, **more):
    return reader.run(moto.settings("acme-facts", **more))


def test_checksums_and_metadata_are_asked_for_once(moto, reader):
    moto.client().create_bucket(Bucket="acme-facts")
    body = b"wheel"
    digest = hashlib.sha256(body)
    put(
        moto, "acme-facts", "a-1.0.zip", body, ChecksumAlgorithm="SHA256",
        ChecksumSHA256=base64.b64encode(digest.digest()).decode(),
    )  # fmt: skip
    meta = {"sha256": digest.hexdigest(), "requires-python": ">=3.9", "reason": "broken"}
    put(moto, "acme-facts", "b-1.0.zip", body, Metadata=meta)
    names = {"sha256": "sha256", "requires_python": "Requires-Python", "yanked": "reason"}
    asked = {"checksums": True, "user_metadata": names}
    run = heads(moto, reader, **asked)
    assert run.status == 0, run.stderr
    a, b = (reader.records[name] for name in ["a-1.0.zip", "b-1.0.zip"])
    assert a["hashes"] == b["hashes"] == {"sha256": digest.hexdigest()}
    assert b["requires_python"] == ">=3.9" and b["yanked"] == "broken"
    assert "requires_python" not in a
    # What is kept is used, as a change of the service's that no listing shows proves.
    objects = get_backend("s3")[ACCOUNT]["aws"].buckets["acme-facts"].keys
    objects["b-1.0.zip"]._metadata["x-amz-meta-requires-python"] = ">=4"
    assert heads(moto, reader, **asked).status == 0
    assert reader.records["b-1.0.zip"] == b
    # A new version of the object is asked again.
    put(moto, "acme-facts", "b-1.0.zip", b"other", Metadata={"requires-python": ">=3.11"})
    run = heads(moto, reader, **asked)
    assert run.status == 0
    assert reader.records["b-1.0.zip"]["requires_python"] == ">=3.11"
    assert "hashes" not in reader.records["b-1.0.zip"]
    assert "1 of 2" in run.stderr


def test_a_tag_is_no_digest(moto, reader):
    fill(moto, "acme-tags", ["a-1.0.zip"])
    assert reader.run(moto.settings("acme-tags", checksums=True)).status == 0
    assert "hashes" not in reader.records["a-1.0.zip"]


def test_metadata_that_contradicts_the_checksum_stops_the_run(moto, reader):
    moto.client().create_bucket(Bucket="acme-lie")
    digest = base64.b64encode(hashlib.sha256(b"x").digest()).decode()
    put(moto, "acme-lie", "a-1.0.zip", b"x", ChecksumAlgorithm="SHA256", ChecksumSHA256=digest,
        Metadata={"sha256": "0" * 64})
    run = reader.run(
        moto.settings("acme-lie", checksums=True, user_metadata={"sha256": "sha256"})
    )
    assert run.status == 65 and "conflicting-digests" in run.stderr
    assert reader.is_untouched


def test_one_name_for_two_files_stops_the_run(moto, reader):
    fill(moto, "acme-twice", ["x/a-1.0.zip"])
    put(moto, "acme-twice", "y/a-1.0.zip", b"x/a-1.0.zip")
    run = reader.run(moto.settings("acme-twice"))
    assert run.status == 0, run.stderr
    assert reader.records["a-1.0.zip"]["url"].endswith("/acme-twice/x/a-1.0.zip")
    put(moto, "acme-twice", "y/a-1.0.zip", b"y/a-1.0.zip")
    run = reader.run(moto.settings("acme-twice"))
    assert run.status == 65 and "duplicate-file" in run.stderr
    assert '"x/a-1.0.zip"' in run.stderr and '"y/a-1.0.zip"' in run.stderr
    assert reader.run(moto.settings("acme-twice", exclude=["y"])).status == 0


@pytest.mark.parametrize("key", ["a/../x-1.0.zip", "../x-1.0.zip", "./x-1.0.zip"])
def test_keys_that_lead_elsewhere_are_bad_records(moto, reader, key):
    bucket = f"acme-dots-{len(key)}-{key.count('.')}"
    fill(moto, bucket, [key, "good-1.0.zip"])
    run = reader.run(moto.settings(bucket))
    assert run.status == 65 and "unsafe-key" in run.stderr
    assert reader.is_untouched
    run = reader.run(moto.settings(bucket, on_error="skip"))
    assert run.status == 0 and list(reader.records) == ["good-1.0.zip"]
    assert run.skipped == [(0, "unsafe-key")]


@pytest.mark.parametrize("name", ["a\x01-1.0.zip", "a\\b-1.0.zip", "a\n-1.0.zip", "a\x7f-1.zip"])
def test_names_that_are_no_file_names_are_bad_records(moto, reader, name):
    bucket = f"acme-name-{ord(name[1])}"
    fill(moto, bucket, [f"pool/{name}", "pool/good-1.0.zip"])
    run = reader.run(moto.settings(bucket))
    assert run.status == 65 and "unsafe-filename" in run.stderr
    run = reader.run(moto.settings(bucket, on_error="skip"))
    assert run.status == 0 and list(reader.records) == ["good-1.0.zip"]


def test_an_unknown_bucket_and_a_wrong_key_are_said(moto, reader):
    run = reader.run(moto.settings("acme-nowhere"))
    assert run.status == 69 and "no-bucket" in run.stderr and "NoSuchBucket" in run.stderr
    run = reader.run(moto.settings("acme-big"), AWS_SECRET_ACCESS_KEY="wrong-secret")
    assert run.status == 69 and "wrong-credentials" in run.stderr
    assert "wrong-secret" not in run.stderr
    run = reader.run(moto.settings("acme-big"), AWS_ACCESS_KEY_ID="AKIAWRONG")
    assert run.status == 69 and "wrong-credentials" in run.stderr
