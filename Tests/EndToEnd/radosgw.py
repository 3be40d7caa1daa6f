"""Publishing to and reading from Ceph's S3 gateway: the tests that else run against moto.

Not part of a CI run, for Ceph is large: `pytest Tests/EndToEnd/radosgw.py`.
"""

import pytest

import test_s3
from support.radosgw import radosgw
from test_s3 import *  # noqa: F403
from test_s3_sink import *  # noqa: F403


@pytest.fixture(scope="module")
def moto(tmp_path_factory):
    with radosgw(tmp_path_factory.mktemp("ceph")) as service:
        yield service


def fill(service, name, keys):
    """As the one for moto, which puts objects where only moto finds them."""
    client = service.client()
    client.create_bucket(Bucket=name)
    for key in keys:
        client.put_object(Bucket=name, Key=key, Body=key.encode())


test_s3.fill = fill

# Ceph 16 keeps no SHA-256 of objects, this one has no second storage class, and conditions on a
# version are asked twice of it.
for lacking in (
    "test_checksums_and_metadata_are_asked_for_once",
    "test_metadata_that_contradicts_the_checksum_stops_the_run",
    "test_one_file_more_sends_eight_pages_an_intent_and_a_manifest",
    "test_each_page_says_what_it_is_and_how_long_it_holds",
):
    del globals()[lacking]
