"""What publishers' own scripts put into buckets, written down again to be compared with.

The steps are those of publishers who are known to work so, and nothing of Larder is used for them.
"""

import base64
import email
import hashlib
import json
import mimetypes
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from botocore.exceptions import ClientError
from packaging.version import Version

from support.wheels import metadata_in

FILES, PAGES, LIST = "public, max-age=3600", "public, max-age=300", "no-store"


@dataclass
class DumbPyPIScripts:
    """Publishes what was built into a bucket, as a platform team does with dumb-pypi.

    It reads the list that is published, hashes what was built, takes the metadata out of it, runs
    dumb-pypi over both, drops the legacy JSON, and uploads files, pages and the list, each with a
    cache policy of its own.
    """

    client: object
    bucket: str
    url: str
    folder: Path

    def start(self):
        self.put("packages.json", b"", LIST)

    def put(self, key, content, cache):
        self.client.put_object(
            Bucket=self.bucket, Key=key, Body=content, ACL="public-read", CacheControl=cache,
            ContentType=mimetypes.guess_type(key)[0] or "application/octet-stream",
        )  # fmt: skip

    def published(self):
        body = self.client.get_object(Bucket=self.bucket, Key="packages.json")["Body"]
        return [json.loads(line) for line in body.read().splitlines()]

    def publish(self, dist, commit, seconds):
        before = self.published()
        wheels = sorted(dist.iterdir())
        assert not {wheel.name for wheel in wheels} & {record["filename"] for record in before}
        new = [record_of(wheel, commit, seconds) for wheel in wheels]
        tree = self.render(before + new)
        for wheel in wheels:
            self.put(f"wheels/{wheel.name}", wheel.read_bytes(), FILES)
            self.put(f"wheels/{wheel.name}.metadata", metadata_in(wheel), FILES)
        for path, content in tree.items():
            if not path.startswith("pypi/") and path != "packages.json":
                self.put(path, content, PAGES)
        self.put("packages.json", tree["packages.json"], LIST)

    def render(self, records):
        """The tree that dumb-pypi makes of records."""
        listed, output = self.folder / "list.json", self.folder / "tree"
        listed.write_text("".join(json.dumps(record) + "\n" for record in records))
        subprocess.run(
            [
                *(sys.executable, "-m", "dumb_pypi.main", "--package-list-json", listed),
                *("--output-dir", output, "--packages-url", f"{self.url}/wheels"),
                *("--title", "Internal packages", "--no-generate-timestamp"),
                *("--logo", "https://files.example/logo.svg", "--logo-width", "36"),
            ],
            check=True, capture_output=True,
        )  # fmt: skip
        found = {
            str(path.relative_to(output)): path.read_bytes()
            for path in output.rglob("*") if path.is_file()
        }  # fmt: skip
        return found


def record_of(wheel, commit, seconds):
    metadata = metadata_in(wheel)
    said = email.message_from_bytes(metadata)
    record = {
        "filename": wheel.name,
        "hash": f"sha256={hashlib.sha256(wheel.read_bytes()).hexdigest()}",
        "core_metadata": f"sha256={hashlib.sha256(metadata).hexdigest()}",
        "upload_timestamp": seconds,
        "uploaded_by": f"git@{commit}",
        "requires_dist": said.get_all("Requires-Dist"),
        "requires_python": said.get("Requires-Python"),
    }
    return {key: value for key, value in record.items() if value}


@dataclass
class StoreScripts:
    """Makes indexes of a bucket of wheels, one for each folder in it, as publishers of variants do.

    Projects in `links` are taken over from another index as they stand there.
    """

    client: object
    bucket: str
    url: str
    allowed: set
    links: dict
    keep: int = 60

    def publish(self, channel, cache, is_nightly=False):
        wheels = self.wheels(channel)
        wheels = [key for key in wheels if self.project(key) in self.allowed - set(self.links)]
        if is_nightly:
            wheels = self.newest(wheels)
        for folder in sorted({key.rpartition("/")[0] for key in wheels} | {channel}):
            shown = [
                key for key in wheels
                if key.startswith(f"{folder}/") or key.rpartition("/")[0] == channel
            ]  # fmt: skip
            pages = {name: self.page(shown, name) for name in set(map(self.project, shown))}
            pages |= self.links
            roots = "".join(f'<a href="{name}/">{name}</a><br/>\n' for name in sorted(pages))
            self.put(f"{folder}/index.html", roots, cache)
            for name, page in pages.items():
                self.put(f"{folder}/{name}/index.html", page, cache)

    def wheels(self, channel):
        accepted = re.compile(rf"{channel}(/(cu\d+|cpu))?/[^/]+\.whl")
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket)
        keys = [entry["Key"] for page in pages for entry in page["Contents"]]
        return [key for key in keys if accepted.fullmatch(key)]

    @staticmethod
    def project(key):
        return key.rpartition("/")[2].partition("-")[0].lower().replace("_", "-")

    def newest(self, wheels):
        """The wheels of the newest versions of each project, without what they are built for."""
        versions = {}
        for key in wheels:
            public = Version(key.rpartition("/")[2].split("-")[1]).public
            versions.setdefault(self.project(key), {}).setdefault(Version(public), []).append(key)
        kept = []
        for found in versions.values():
            for version in sorted(found, reverse=True)[: self.keep]:
                kept += found[version]
        return kept

    def page(self, wheels, name):
        lines = []
        for key in sorted(key for key in wheels if self.project(key) == name):
            head = self.head(key)
            sha256 = self.sha256(head) or head["Metadata"].get("checksum-sha256")
            if sha256 is None:  # As their own run that computes what is missing.
                body = self.client.get_object(Bucket=self.bucket, Key=key)["Body"].read()
                sha256 = hashlib.sha256(body).hexdigest()
            attributes = ""
            if (sidecar := self.head(f"{key}.metadata")) is not None:
                said = f"sha256={self.sha256(sidecar)}"
                attributes = f' data-dist-info-metadata="{said}" data-core-metadata="{said}"'
            moment = head["LastModified"].strftime("%Y-%m-%dT%H:%M:%SZ")
            attributes += f' data-upload-time="{moment}"'
            href = f"{self.url}/{key.replace('+', '%2B')}#sha256={sha256}"
            lines.append(f'<a href="{href}"{attributes}>{key.rpartition("/")[2]}</a><br/>')
        return "\n".join(lines)

    def head(self, key):
        try:
            return self.client.head_object(Bucket=self.bucket, Key=key, ChecksumMode="ENABLED")
        except ClientError as error:
            assert error.response["Error"]["Code"] == "404"
            return None

    @staticmethod
    def sha256(head):
        kept = head.get("ChecksumSHA256")
        return kept and base64.b64decode(kept).hex()

    def put(self, key, page, cache):
        self.client.put_object(
            Bucket=self.bucket, Key=key, Body=f"<!DOCTYPE html>\n<html><body>\n{page}</body></html>\n",
            ACL="public-read", CacheControl=cache, ContentType="text/html",
        )  # fmt: skip
