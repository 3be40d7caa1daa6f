"""moto's S3 over HTTP, with the pool uploaded; it checks signatures while a test asks for that."""

import json
import sys
import urllib.request
from contextlib import contextmanager

import boto3
from botocore.config import Config

from support.servers import free_port, running

BUCKET = "pool"
REGION = "us-east-1"
READER = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": ["s3:List*", "s3:Get*"], "Resource": "*"}],
}


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
                content = path.read_bytes()
                store.put_object(Bucket=BUCKET, Key=key, Body=content, ACL="public-read")
        yield url


def client(url, service="s3"):
    return boto3.client(
        service,
        endpoint_url=url,
        region_name=REGION,
        aws_access_key_id="anyone",
        aws_secret_access_key="any",
        config=Config(s3={"addressing_style": "path"}),
    )


@contextmanager
def checking_signatures(url):
    """Refuses what is not signed, or not signed right; gives the key of one who may read."""
    users = client(url, "iam")
    users.create_user(UserName="reader")
    users.put_user_policy(
        UserName="reader", PolicyName="read", PolicyDocument=json.dumps(READER)
    )
    key = users.create_access_key(UserName="reader")["AccessKey"]
    allow_unsigned(url, 0)
    try:
        yield key["AccessKeyId"], key["SecretAccessKey"]
    finally:
        allow_unsigned(url, float("inf"))


def allow_unsigned(url, count):
    """How many requests go unchecked from now on."""
    body, headers = str(count).encode(), {"Content-Type": "text/plain"}
    request = urllib.request.Request(f"{url}/moto-api/reset-auth", body, headers)
    urllib.request.urlopen(request, timeout=30).close()


def objects(url):
    """The objects by key, as boto3 lists them."""
    pages = client(url).get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
    return {item["Key"]: item for page in pages for item in page["Contents"]}
