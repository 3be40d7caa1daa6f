"""moto's S3 over HTTP, with the pool uploaded; it checks no signatures."""

import sys
from contextlib import contextmanager

import boto3
from botocore.config import Config

from support.servers import free_port, running

BUCKET = "pool"
REGION = "us-east-1"
KEY_ID, KEY = "AKIAIOSFODNN7EXAMPLE", "example/secret+key"


@contextmanager
def serve(pool, state):
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "--host", "127.0.0.1", "--port", str(port)]
    with running(command, state, port, patience=60):
        url = f"http://127.0.0.1:{port}"
        store = client(url)
        store.create_bucket(Bucket=BUCKET)
        for path in sorted(pool.nested.rglob("*")):
            if path.is_file():
                key = str(path.relative_to(pool.nested))
                # Anyone may read a file, as from a bucket behind a web site.
                store.put_object(
                    Bucket=BUCKET, Key=key, Body=path.read_bytes(), ACL="public-read"
                )
        yield url


def client(url):
    return boto3.client(
        "s3",
        endpoint_url=url,
        region_name=REGION,
        aws_access_key_id=KEY_ID,
        aws_secret_access_key=KEY,
        config=Config(s3={"addressing_style": "path"}),
    )


def objects(url):
    """The objects by key, as boto3 lists them."""
    pages = client(url).get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
    return {item["Key"]: item for page in pages for item in page["Contents"]}
