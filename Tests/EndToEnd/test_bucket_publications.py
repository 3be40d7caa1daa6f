"""Whole publications into buckets, beside what scripts publish of the same input.

Each is one pipeline file of those that ship. The scripts are written down again in
`support/bucket_scripts.py`; pip looks at both, and installs.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime

import pytest
import requests

from support import buckets, clients, shipped
from support.bucket_scripts import DumbPyPIScripts, StoreScripts
from support.clients import NEWEST_PIP
from support.html import anchors
from support.larder import finish
from support.wheels import Shape, make_wheel, metadata_in

SMALL = Shape(15_000, 2, 200)
PARSER = clients.Path(__file__).parent / "support/parsers/pip_facts.py"


@pytest.fixture(scope="module")
def moto():
    with buckets.moto() as service:
        # From here on anybody may read what is public, as pip does.
        requests.post(f"{service.url}/moto-api/reset-auth", data="inf", timeout=10)
        yield service


@pytest.fixture(scope="module")
def pip(tmp_path_factory):
    return clients.pip(NEWEST_PIP, tmp_path_factory.mktemp("pip"))


class Bucket:
    def __init__(self, moto, name):
        self.client, self.name, self.url = moto.client(), name, f"{moto.url}/{name}"
        self.client.create_bucket(Bucket=name)

    def keys(self):
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name)
        return sorted(entry["Key"] for page in pages for entry in page.get("Contents", []))

    def times(self):
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name)
        return {
            entry["Key"]: (entry["LastModified"], entry["ETag"])
            for page in pages for entry in page.get("Contents", [])
        }  # fmt: skip

    def read(self, key):
        return self.client.get_object(Bucket=self.name, Key=key)["Body"].read()

    def headers(self, key):
        head = self.client.head_object(Bucket=self.name, Key=key)
        return head["ContentType"], head["CacheControl"]

    def copy(self, other):
        for key in other.keys():
            head = other.client.head_object(Bucket=other.name, Key=key)
            self.client.put_object(
                Bucket=self.name, Key=key, Body=other.read(key), ACL="public-read",
                ContentType=head["ContentType"], CacheControl=head["CacheControl"],
            )  # fmt: skip


def seen_by_pip(pip, bucket, folder, prefix=""):
    """What pip finds on the page of each project, as it would be in one place."""
    folder.mkdir(exist_ok=True)
    pages, asked = {}, []
    for key in bucket.keys():
        found = re.fullmatch(re.escape(prefix) + r"([^/]+)/index\.html", key)
        if found:
            path = folder / f"{found[1]}.html"
            path.write_bytes(bucket.read(key))
            pages[found[1]] = path
            asked.append(f"{bucket.url}/{prefix}{found[1]}/ {path}")
    command = [pip.command[0], PARSER]
    done = subprocess.run(command, input="\n".join(asked), capture_output=True, text=True, check=True)
    views = json.loads(done.stdout)
    for view in views:
        for link in view:
            link["url"] = link["url"].replace(bucket.url, "")
        view.sort(key=lambda link: link["filename"])
    return dict(zip(pages, views))


class Team:
    """A platform team with a build, one pipeline file, and the scripts of before."""

    commits = {"aaa1111": 1_700_000_000, "bbb2222": 1_700_100_000, "ccc3333": 1_700_200_000}

    def __init__(self, larder, moto, folder, name):
        self.larder, self.moto, self.folder = larder, moto, folder
        self.theirs, self.mine = Bucket(moto, f"{name}-theirs"), Bucket(moto, f"{name}-mine")
        self.scripts = DumbPyPIScripts(
            self.theirs.client, self.theirs.name, self.theirs.url, folder
        )
        self.pipeline = shipped.copy(folder / "Pipelines") / "ci-to-bucket/pipeline.json"

    def build(self, *wheels):
        dist = self.folder / "dist"
        shutil.rmtree(dist, ignore_errors=True)
        dist.mkdir()
        return [make_wheel(dist, name, version, SMALL) for name, version in wheels]

    def larder_run(self, commit, *flags, **more):
        moment = datetime.fromtimestamp(self.commits[commit], UTC)
        environment = {
            **self.moto.environment,
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "INDEX_URL": self.mine.url,
            "DIST": str(self.folder / "dist"),
            "COMMIT": commit,
            "COMMIT_TIME": moment.isoformat().replace("+00:00", "Z"),
            "BUCKET": self.mine.name,
            "ENDPOINT": self.moto.url,
            **more,
        }
        command = [self.larder.binary, "run", self.pipeline, *flags]
        return finish(command, self.folder / "run", env=environment)

    def compare(self, pip):
        folder = self.folder / "pages"
        theirs = seen_by_pip(pip, self.theirs, folder, "simple/")
        mine = seen_by_pip(pip, self.mine, folder, "simple/")
        assert mine == theirs and theirs
        records = [json.loads(line) for line in self.mine.read("packages.json").splitlines()]
        by_name = lambda record: record["filename"]
        assert sorted(records, key=by_name) == sorted(self.scripts.published(), key=by_name)
        # Every key of the scripts is there; what is more is the rest of the tree.
        extra = set(self.mine.keys()) - set(self.theirs.keys())
        more = r"pypi/.*|project/.*|larder/[a-z.]+|404\.html|.*\.v1_json|(.*/)?|changelog/.*"
        assert not [key for key in extra if not re.fullmatch(more, key)]
        assert set(self.theirs.keys()) <= set(self.mine.keys())
        for key in self.theirs.keys():
            if key.startswith("wheels/"):
                assert self.mine.read(key) == self.theirs.read(key)
            mine, theirs = self.mine.headers(key), self.theirs.headers(key)
            if key.endswith(".html"):
                assert (mine[0], theirs[0]) == ("text/html; charset=utf-8", "text/html")
            elif key == "packages.json":
                # It holds an object a line, which is no JSON text.
                assert (mine[0], theirs[0]) == ("application/x-ndjson", "application/json")
            else:
                assert mine[0] == theirs[0] == "application/octet-stream"
            assert mine[1] == theirs[1], key


def test_one_file_does_what_scripts_around_dumb_pypi_do(larder, moto, pip, tmp_path):
    team = Team(larder, moto, tmp_path, "team")
    team.scripts.start()
    team.build(("acme-base", "1.0"), ("acme-app", "1.0"), ("under_score", "2.0"))
    team.scripts.publish(tmp_path / "dist", "aaa1111", team.commits["aaa1111"])
    team.mine.copy(team.theirs)

    # The pipeline takes over from the scripts, and goes on from what it published itself.
    for commit, built in [
        ("bbb2222", [("acme-app", "1.1"), ("new-one", "0.1")]),
        ("ccc3333", [("acme-app", "1.2+local.1")]),
    ]:
        team.build(*built)
        team.scripts.publish(tmp_path / "dist", commit, team.commits[commit])
        more = {"STATE": "packages.json"} if commit == "bbb2222" else {}
        run = team.larder_run(commit, **more)
        assert run.status == 0, run.stderr
        assert run.report["sinks"][0]["files"]["added"] == 2 * len(built)
        team.compare(pip)

    before = team.mine.times()
    run = team.larder_run("ccc3333")
    assert run.status == 0 and team.mine.times() == before, run.stderr

    # The files are built no more: they stay, until one line says that they go.
    team.build()
    run = team.larder_run("ccc3333")
    assert run.status == 0 and team.mine.times() == before, run.stderr
    gone = "acme_app-1.1-py3-none-any.whl"
    with (team.pipeline.parent / "deleted.txt").open("a") as file:
        file.write(f"{gone}\n")
    run = team.larder_run("ccc3333")
    assert run.status == 1 and "guard-max-removed" in run.stderr, run.stderr
    assert team.mine.times() == before
    run = team.larder_run("ccc3333", "--allow-removals", "1")
    assert run.status == 0, run.stderr
    lost = {key for key in before if key not in team.mine.keys()}
    assert {f"wheels/{gone}", f"wheels/{gone}.metadata"} <= lost
    assert all(key.startswith(("wheels/acme_app-1.1", "pypi/acme-app/1.1")) for key in lost), lost

    # What the scripts would make of the list without that line, edited by hand.
    tree = team.scripts.render([r for r in team.scripts.published() if r["filename"] != gone])
    team.scripts.put("simple/acme-app/index.html", tree["simple/acme-app/index.html"], "")
    seen = [seen_by_pip(pip, bucket, tmp_path / "pages", "simple/") for bucket in (team.mine, team.theirs)]
    assert seen[0] == seen[1]

    done, versions = pip.install(f"{team.mine.url}/simple/", tmp_path / "site", "acme-app", "--no-deps")
    assert done.returncode == 0, done.stderr
    assert versions == {"acme-app": "1.2+local.1"}


class Store:
    """A bucket of wheels in folders, one for each variant, and another index that is linked to."""

    links = ["numpy", "sympy"]

    def __init__(self, larder, moto, folder):
        self.larder, self.moto, self.folder = larder, moto, folder
        self.bucket, self.upstream = Bucket(moto, "store"), Bucket(moto, "upstream")
        folder = shipped.copy(folder / "Pipelines") / "store-to-bucket"
        self.pipeline = folder / "pipeline.json"
        (folder / "links.txt").write_text("".join(f"{name}\n" for name in self.links))
        self.scripts = StoreScripts(
            self.bucket.client, self.bucket.name, self.bucket.url,
            set((folder / "allow.txt").read_text().split()),
            {name: self.fill_upstream(name) for name in self.links},
        )  # fmt: skip

    def wheel(self, name, version):
        return make_wheel(self.folder, name, version, SMALL)

    def add(self, folder, name, version, digest="checksum", metadata=True):
        """Uploads a wheel, whose digest the service keeps, or its own metadata, or nobody."""
        path = self.wheel(name, version)
        key, content = f"{folder}/{path.name}", path.read_bytes()
        more = {"ACL": "public-read"}
        if digest == "checksum":
            more["ChecksumAlgorithm"] = "SHA256"
        elif digest == "user":
            more["Metadata"] = {"checksum-sha256": hashlib.sha256(content).hexdigest()}
        self.bucket.client.put_object(Bucket="store", Key=key, Body=content, **more)
        if metadata:
            self.bucket.client.put_object(
                Bucket="store", Key=f"{key}.metadata", Body=metadata_in(path), ACL="public-read",
                ChecksumAlgorithm="SHA256",
            )  # fmt: skip
        return key

    def remove(self, key):
        for end in ("", ".metadata"):
            self.bucket.client.delete_object(Bucket="store", Key=key + end)

    def fill_upstream(self, name):
        """A project of the other index: its page, with files that stay there."""
        lines = []
        for version in ("1.0", "2.0"):
            path = self.wheel(name, version)
            content, metadata = path.read_bytes(), metadata_in(path)
            for key, data in ((path.name, content), (f"{path.name}.metadata", metadata)):
                self.upstream.client.put_object(
                    Bucket="upstream", Key=f"files/{key}", Body=data, ACL="public-read"
                )
            digests = [hashlib.sha256(data).hexdigest() for data in (content, metadata)]
            lines.append(
                f'<a href="{self.upstream.url}/files/{path.name}#sha256={digests[0]}" '
                f'data-requires-python="&gt;=3.9" data-dist-info-metadata="sha256={digests[1]}" '
                f'data-core-metadata="sha256={digests[1]}">{path.name}</a><br/>'
            )
        page = "\n".join(lines)
        self.upstream.client.put_object(
            Bucket="upstream", Key=f"simple/{name}/", Body=f"<!DOCTYPE html>\n<html><body>{page}</body></html>",
            ACL="public-read", ContentType="text/html",
        )  # fmt: skip
        return page

    def run(self, variant="", **more):
        environment = {
            **self.moto.environment,
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "BUCKET": "store",
            "ENDPOINT": self.moto.url,
            "UPSTREAM": f"{self.upstream.url}/simple/",
            "VARIANT": variant and f"{variant}/",
            **more,
        }
        done = finish([self.larder.binary, "run", self.pipeline], self.folder / "run", env=environment)
        assert done.status == 0, done.stderr
        return done

    def compare(self, pip, folder):
        """The index of a folder, as the scripts made it and as Larder did."""
        pages = self.folder / "pages"
        names = [anchor.text for anchor in anchors(self.bucket.read(f"{folder}/index.html"))]
        theirs = seen_by_pip(pip, self.bucket, pages, f"{folder}/")
        theirs = {name: theirs[name] for name in names}  # The others are folders of variants.
        place = f"index/{folder}/simple"
        mine = seen_by_pip(pip, self.bucket, pages, f"{place}/")
        for name, links in mine.items():
            for link, other in zip(links, theirs.get(name, [])):
                # What only the metadata in the wheels says, the scripts leave out.
                if other["requires_python"] is None:
                    assert link["requires_python"] == ">=3.9"
                    other["requires_python"] = ">=3.9"
        assert mine == theirs
        for name in mine:
            assert self.attributes(f"{place}/{name}/") == self.attributes(f"{folder}/{name}/")
        for key in ["", *(f"{name}/" for name in mine)]:
            found = self.bucket.headers(f"{place}/{key}index.html")
            said = self.bucket.headers(f"{folder}/{key}index.html")
            assert found == (f"{said[0]}; charset=utf-8", said[1])
        assert names == [a.text for a in anchors(self.bucket.read(f"{place}/index.html"))]
        return mine

    def attributes(self, folder):
        """The `data-*` of each link of a page, but for what the scripts leave out."""
        return {
            anchor.text: {
                name: value for name, value in anchor.attributes.items()
                if name.startswith("data-") and name not in ("data-requires-python", "data-size")
            }
            for anchor in anchors(self.bucket.read(f"{folder}index.html"))
        }  # fmt: skip


def test_one_file_makes_an_index_of_each_variant_of_a_store_as_scripts_do(
    larder, moto, pip, tmp_path
):
    store = Store(larder, moto, tmp_path)
    for variant in ("cpu", "cu126"):
        for version in ("2.8.0", "2.9.0"):
            store.add(f"whl/{variant}", "torch", f"{version}+{variant}")
        store.add(f"whl/{variant}", "torchvision", f"0.24.0+{variant}", digest="user")
    old = store.add("whl/cpu", "torch", "1.0.0+cpu", digest=None, metadata=False)
    gone = store.add("whl/cu126", "triton", "3.0.0")
    store.add("whl", "torch", "0.1")
    store.add("whl", "numpy", "0.5")  # Others have it, and only their files are linked to.
    store.add("whl/cpu", "left-pad", "1.0")  # Nobody allowed it.
    cache = "max-age=600, public, must-revalidate"
    store.scripts.publish("whl", cache)
    counts = {}
    for variant in ("cpu", "cu126", ""):
        store.run(variant)
        seen = store.compare(pip, f"whl/{variant}".rstrip("/"))
        counts[variant] = {name: len(links) for name, links in seen.items()}
    links = {"numpy": 2, "sympy": 2}
    assert counts == {
        "cpu": {"torch": 4, "torchvision": 1, **links},
        "cu126": {"torch": 3, "torchvision": 1, "triton": 1, **links},
        "": {"torch": 6, "torchvision": 2, "triton": 1, **links},
    }

    # What is gone from the store goes from the indexes; the scripts leave pages behind.
    store.remove(old)
    store.remove(gone)
    store.scripts.publish("whl", cache)
    store.bucket.client.delete_object(Bucket="store", Key="whl/cu126/triton/index.html")
    store.bucket.client.delete_object(Bucket="store", Key="whl/triton/index.html")
    for variant in ("cpu", "cu126", ""):
        store.run(variant)
        store.compare(pip, f"whl/{variant}".rstrip("/"))
    assert not [key for key in store.bucket.keys() if "/simple/triton" in key]

    index = f"{store.bucket.url}/index/whl/cpu/simple/"
    done, versions = pip.install(index, tmp_path / "site", "--no-deps", "torch", "numpy")
    assert done.returncode == 0, done.stderr
    assert versions == {"torch": "2.9.0+cpu", "numpy": "2.0"}


def test_the_same_file_keeps_the_newest_sixty_nightly_builds(larder, moto, pip, tmp_path):
    store = Store(larder, moto, tmp_path)
    for day in range(31):
        for month in (6, 7):
            if (month, day) != (6, 30):
                version = f"2.10.0.dev2026{month:02}{day + 1:02}"
                store.add("whl/nightly/cpu", "torch", f"{version}+cpu", metadata=False)
    store.add("whl/nightly/cu126", "torch", "2.10.0.dev20260731+cu126")
    cache = "no-cache,no-store,must-revalidate"
    store.scripts.publish("whl/nightly", cache, is_nightly=True)
    nightly = {"CHANNEL": "whl/nightly/", "NIGHTLY": "true", "CACHE": cache}
    store.run("cpu", **nightly)
    seen = store.compare(pip, "whl/nightly/cpu")
    assert len(seen["torch"]) == 60
