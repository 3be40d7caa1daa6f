"""Ceph's S3 gateway, on a monitor and a store in memory of its own.

It needs root and `apt-get install -y --no-install-recommends radosgw ceph-mon ceph-osd ceph-common`.
"""

import json
import os
import re
import socket
import subprocess
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import requests

from support.buckets import Moto

CLUSTER, STORE = "11111111-2222-3333-4444-555555555555", "22222222-2222-3333-4444-555555555555"
# Without keys there is no secure mode, which the gateway else insists on.
CONFIG = """
[global]
fsid = {cluster}
mon host = v2:127.0.0.1:{monitor}
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
ms client mode = crc
ms mon client mode = crc
ms mon service mode = crc
run dir = {folder}/run
admin socket = {folder}/run/$name.asok
log file = {folder}/$name.log
crash dir = {folder}
keyring = {folder}/keyring
mon data = {folder}/mon
osd data = {folder}/osd
osd objectstore = memstore
memstore device bytes = 1073741824
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
rgw frontends = beast endpoint=127.0.0.1:{gateway}
debug rgw = 1
"""


@dataclass
class Gateway(Moto):
    """A running gateway; it checks each signature."""

    log: Path = None

    @contextmanager
    def recorded(self):
        """A list that in the end has the methods and paths of all requests since."""
        asked, start = [], self.log.stat().st_size
        yield asked
        time.sleep(1)  # The log is written behind.
        text = self.log.read_bytes()[start:].decode(errors="replace")
        for method, target in re.findall(r'"(GET|HEAD|PUT|POST|DELETE) (\S+) HTTP/1.1" \d', text):
            asked.append((method, unquote(urlsplit(target).path)))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def radosgw(folder):
    """Starts all of it, with its state in a folder."""
    ports = {"monitor": free_port(), "gateway": free_port()}
    config = folder / "ceph.conf"
    config.write_text(CONFIG.format(cluster=CLUSTER, folder=folder, **ports))
    environment = {**os.environ, "CEPH_CONF": str(config)}
    for name in ("mon", "osd", "run"):
        (folder / name).mkdir()

    def do(*command):
        done = subprocess.run(
            list(map(str, command)), env=environment, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    with ExitStack() as daemons:

        def start(*command):
            child = subprocess.Popen(
                list(command), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            daemons.callback(child.wait)
            daemons.callback(child.kill)

        address = f"[v2:127.0.0.1:{ports['monitor']}]"
        do("monmaptool", "--create", "--fsid", CLUSTER, "--addv", "a", address, folder / "monmap")
        do("ceph-mon", "-i", "a", "--mkfs", "--monmap", folder / "monmap")
        start("ceph-mon", "-i", "a", "-f")
        do("ceph", "osd", "new", STORE)
        do("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", STORE)
        start("ceph-osd", "-i", "0", "-f")
        user = json.loads(
            do("radosgw-admin", "user", "create", "--uid", "larder", "--display-name", "Larder")
        )
        start("radosgw", "-n", "client.admin", "-f")
        key = {
            "AccessKeyId": user["keys"][0]["access_key"],
            "SecretAccessKey": user["keys"][0]["secret_key"],
        }
        url = f"http://127.0.0.1:{ports['gateway']}"
        wait_for(url)
        yield Gateway(url, key, folder / "client.admin.log")


def wait_for(url):
    for _ in range(600):
        try:
            return requests.get(url, timeout=5)
        except requests.RequestException:
            time.sleep(0.1)
    raise AssertionError("the gateway does not answer")
