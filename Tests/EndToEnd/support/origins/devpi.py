"""devpi with an index of its own, without the public one; the pool is uploaded as twine does."""

import base64
import json
import subprocess
import sys
import urllib.request
import uuid
from contextlib import contextmanager
from pathlib import Path

from support.distributions import DISTRIBUTIONS
from support.servers import free_port, running

INDEX = "root/pool"


@contextmanager
def serve(pool, state):
    port = free_port()
    programs = Path(sys.executable).parent
    folder = ["--serverdir", state / "data"]
    initialise = [programs / "devpi-init", *folder, "--no-root-pypi", "--root-passwd", "secret"]
    subprocess.run(initialise, check=True, capture_output=True)
    command = [programs / "devpi-server", *folder, "--host", "127.0.0.1", "--port", str(port)]
    with running(command, state, port, {"HOME": str(state)}, patience=60):
        url = f"http://127.0.0.1:{port}"
        fill(url, pool)
        yield f"{url}/{INDEX}"


def fill(url, pool):
    token = call("POST", f"{url}/+login", {"user": "root", "password": "secret"})["result"]
    credentials = f"root:{token['password']}"
    call("PUT", f"{url}/{INDEX}", {"bases": [], "type": "stage"}, credentials)
    for distribution in DISTRIBUTIONS:
        upload(f"{url}/{INDEX}/", credentials, distribution, pool.flat / distribution.filename)


def upload(url, credentials, distribution, path):
    fields = {
        ":action": "file_upload",
        "metadata_version": "2.1",
        "name": distribution.name,
        "version": distribution.version,
        "filetype": "bdist_wheel" if distribution.is_wheel else "sdist",
        "requires_python": distribution.requires_python or "",
    }
    boundary = uuid.uuid4().hex
    parts = [form_part(boundary, f'name="{key}"', value.encode()) for key, value in fields.items()]
    parts.append(
        form_part(boundary, f'name="content"; filename="{path.name}"', path.read_bytes())
    )
    body = b"".join(parts) + f"--{boundary}--\r\n".encode()
    send("POST", url, body, f"multipart/form-data; boundary={boundary}", credentials)


def form_part(boundary, what, data):
    head = f"--{boundary}\r\nContent-Disposition: form-data; {what}\r\n\r\n"
    return head.encode() + data + b"\r\n"


def call(method, url, document, credentials=None):
    body = json.dumps(document).encode()
    return json.loads(send(method, url, body, "application/json", credentials))


def send(method, url, body, type_, credentials):
    headers = {"Content-Type": type_, "Accept": "application/json"}
    if credentials:
        headers["X-Devpi-Auth"] = base64.b64encode(credentials.encode()).decode()
    request = urllib.request.Request(url, body, headers, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read()
