"""The indexes of the matrix: who made the pages, and which server sends them."""

import json
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import boto3

import binary
import dumb_pypi_tree
from support import servers
from support.larder import Larder, finish

POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": "*",
            "Action": ["s3:GetObject", "s3:ListBucket"],
            "Resource": ["arn:aws:s3:::index", "arn:aws:s3:::index/*"],
        }
    ],
}
#: moto does not check these: its readers sign nothing.
KEY = {"AWS_ACCESS_KEY_ID": "matrix", "AWS_SECRET_ACCESS_KEY": "matrix"}


@dataclass(frozen=True)
class Index:
    """A column: the name of it, and `open(packages, folder)`, which gives a running server."""

    name: str
    open: callable


def larder_tree(packages, output, packages_url):
    run = Larder(Path(binary.larder())).generate(
        packages.records, output, packages_url=packages_url
    )
    assert run.status == 0, run.stderr


def dumb_pypi_pages(packages, output, packages_url):
    records = output.with_name("records.jsonl")
    records.write_text("".join(f"{json.dumps(r)}\n" for r in packages.records_of_dumb_pypi))
    dumb_pypi_tree.run(records, output, packages_url, is_json=True)


@contextmanager
def nginx(make, packages, folder):
    make(packages, folder / "index", "../../pool/")
    with servers.nginx(folder / "index", packages.pool, folder) as server:
        yield server


@contextmanager
def http_server(make, packages, folder):
    make(packages, folder / "index", "../../../pool/")
    (folder / "pool").symlink_to(packages.pool)
    with servers.http_server(folder, folder) as server:
        yield server


@contextmanager
def bucket(publish, packages, folder):
    """A bucket of moto, read without a key: what is asked for stands in its log."""
    port = servers.free_port()
    command = [Path(sys.executable).with_name("moto_server"), "-H", "127.0.0.1", "-p", port]
    with servers.running(command, folder, port, {"MOTO_RECORDER_FILEPATH": str(folder / "moto")}):
        url = f"http://127.0.0.1:{port}"
        client = boto3.client(
            "s3", endpoint_url=url, region_name="us-east-1", aws_access_key_id="matrix",
            aws_secret_access_key="matrix",
        )  # fmt: skip
        client.create_bucket(Bucket="index")
        client.put_bucket_policy(Bucket="index", Policy=json.dumps(POLICY))
        for path in packages.pool.iterdir():
            client.put_object(Bucket="index", Key=f"pool/{path.name}", Body=path.read_bytes())
        publish(packages, folder, client)
        yield servers.Server(
            f"{url}/index/simple/", folder / "stderr", servers.parse_http_server
        )


def publish_larder(**options):
    """Publishes with the sink `s3`, which sends the page of a project to the key with a slash."""

    def publish(packages, folder, client):
        names = folder / "names.jsonl"
        names.write_text("".join(f"{json.dumps(record)}\n" for record in packages.records))
        sink = {
            "type": "s3", "bucket": "index", "endpoint": client.meta.endpoint_url,
            "region": "us-east-1", **options,
        }  # fmt: skip
        pipeline = folder / "pipeline.json"
        pipeline.write_text(json.dumps({
            "version": 1,
            "sources": [{"type": "file", "path": str(names)}],
            "render": {"packages_url": "../../pool/"},
            "sinks": [sink],
        }))  # fmt: skip
        environment = {"HOME": str(folder), "AWS_EC2_METADATA_DISABLED": "true", **KEY}
        run = finish([binary.larder(), "run", pipeline], folder / "run", env=environment)
        assert run.status == 0, run.stderr

    return publish


def of(open_, make):
    return lambda packages, folder: open_(make, packages, folder)


LARDER = [
    Index("nginx", of(nginx, larder_tree)),
    Index("http.server", of(http_server, larder_tree)),
    Index("S3, HTML", of(bucket, publish_larder(index_keys="both"))),
    Index("S3, JSON", of(bucket, publish_larder(json_at_slash=True))),
]
#: It writes HTML only: a server sends no other bytes than another.
DUMB_PYPI = [Index("dumb-pypi, nginx", of(nginx, dumb_pypi_pages))]
ALL = LARDER + DUMB_PYPI
