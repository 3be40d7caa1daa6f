"""S3 services: moto with its signatures checked, and one that says what a test wants."""

import atexit
import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, quote, unquote, urlsplit

import boto3
import requests

# moto reads it once, and would write what it records into the folder of whoever calls.
RECORDINGS = tempfile.mkdtemp(prefix="moto-")
atexit.register(shutil.rmtree, RECORDINGS, ignore_errors=True)
os.environ["MOTO_RECORDER_FILEPATH"] = f"{RECORDINGS}/requests"

from moto.moto_server.threaded_moto_server import ThreadedMotoServer  # noqa: E402

from support import own_server  # noqa: E402
from support.larder import finish  # noqa: E402

POLICY = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}],
}


@dataclass
class Moto:
    """A running moto that refuses requests without a right signature."""

    url: str
    key: dict

    def client(self, service="s3", **key):
        key = key or self.key
        return boto3.client(
            service,
            endpoint_url=self.url,
            region_name="us-east-1",
            aws_access_key_id=key.get("AccessKeyId", "setup"),
            aws_secret_access_key=key.get("SecretAccessKey", "setup"),
        )

    def settings(self, bucket, **more):
        """The source `s3` that reads a bucket of it."""
        return {"type": "s3", "bucket": bucket, "endpoint": self.url, **more}

    @contextmanager
    def recorded(self):
        """A list that in the end has the methods and paths of all requests since."""
        asked = []
        recorder = f"{self.url}/moto-api/recorder"
        requests.post(f"{recorder}/reset-recording", timeout=10)
        requests.post(f"{recorder}/start-recording", timeout=10)
        yield asked
        requests.post(f"{recorder}/stop-recording", timeout=10)
        lines = requests.get(f"{recorder}/download-recording", timeout=10).text.splitlines()
        for entry in map(json.loads, lines):
            asked.append((entry["method"], urlsplit(entry["url"]).path))

    @property
    def environment(self):
        return {
            "AWS_ACCESS_KEY_ID": self.key["AccessKeyId"],
            "AWS_SECRET_ACCESS_KEY": self.key["SecretAccessKey"],
        }


@contextmanager
def moto():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        service = Moto(f"http://{host}:{port}", {})
        # All servers of one process share what they know.
        requests.post(f"{service.url}/moto-api/reset", timeout=10)
        requests.post(f"{service.url}/moto-api/reset-auth", data="inf", timeout=10)
        iam = service.client("iam", AccessKeyId="setup")
        iam.create_user(UserName="reader")
        iam.put_user_policy(
            UserName="reader", PolicyName="all", PolicyDocument=json.dumps(POLICY)
        )
        service.key = iam.create_access_key(UserName="reader")["AccessKey"]
        # From here on, moto checks each signature.
        requests.post(f"{service.url}/moto-api/reset-auth", data="0", timeout=10)
        yield service
    finally:
        server.stop()


@dataclass
class Asked:
    """A request that the service got."""

    method: str
    path: str
    query: dict
    headers: dict
    body: bytes = b""


@dataclass
class Service:
    """A service on a free port, and what it was asked; `answer` makes each answer."""

    answer: callable
    asked: list = field(default_factory=list)
    url: str = ""

    @property
    def settings(self):
        return {
            "type": "s3", "bucket": "acme", "endpoint": self.url, "anonymous": True,
            "retry": {"attempts": 1},
        }


@contextmanager
def service(answer):
    """Serves `answer(asked)`: (status, headers, body)."""
    served = Service(answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # Fields and body in one packet, or each answer waits for the other's receipt.

        def do_GET(self):
            parts = urlsplit(self.path)
            query = {
                name: values[0]
                for name, values in parse_qs(parts.query, keep_blank_values=True).items()
            }
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            asked = Asked(self.command, unquote(parts.path), query, headers, body)
            served.asked.append(asked)
            status, fields, body = served.answer(asked)
            body = body.encode() if isinstance(body, str) else body
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **fields}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_HEAD = do_PUT = do_POST = do_DELETE = do_GET

        def log_message(self, *_):
            pass

    with own_server.serving(Handler) as served.url:
        yield served


def page(keys, token=None, **facts):
    """A page of a listing; `facts` replace or remove what it says of itself."""
    facts = {
        "Name": "acme",
        "EncodingType": "url",
        "KeyCount": len(keys),
        "IsTruncated": "true" if token else "false",
        "NextContinuationToken": token,
        **facts,
    }
    contents = "".join(
        f"<Contents><Key>{quote(key)}</Key><LastModified>2026-01-02T03:04:05.000Z</LastModified>"
        f"<ETag>&quot;{abs(hash(key))}&quot;</ETag><Size>{len(key)}</Size></Contents>"
        for key in keys
    )
    said = "".join(f"<{name}>{value}</{name}>" for name, value in facts.items() if value is not None)
    return 200, {"Content-Type": "application/xml"}, (
        f'<?xml version="1.0"?><ListBucketResult>{said}{contents}</ListBucketResult>'
    )


def error(status, code, message, more="", **headers):
    """The document of an error."""
    return status, {name.replace("_", "-"): value for name, value in headers.items()}, (
        f"<Error><Code>{code}</Code><Message>{message}</Message>{more}</Error>"
    )


@dataclass
class Reader:
    """Runs Larder over sources, in a folder and an environment of its own."""

    larder: object
    folder: object
    environment: dict = field(default_factory=dict)

    def run(self, *sources, flags=(), **environment):
        pipeline = self.folder / "pipeline.json"
        pipeline.write_text(
            json.dumps(
                {
                    "version": 1,
                    "sources": sources,
                    "render": {},
                    "sinks": [{"type": "filesystem", "path": "public"}],
                }
            )
        )
        clean = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "AWS_EC2_METADATA_DISABLED": "true",
            **self.environment,
            **environment,
        }
        command = [self.larder.binary, "run", pipeline, *flags]
        return finish(command, self.folder / "run", env=clean)

    @property
    def records(self):
        """What was published, by file name."""
        lines = (self.folder / "public/larder/records.jsonl").read_text().splitlines()
        return {record["filename"]: record for record in map(json.loads, lines)}

    @property
    def is_untouched(self):
        return not (self.folder / "public").exists()
