"""Single damages to a published index, drawn by a generator with a seed, and undone again."""

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Folder:
    """An index in a folder, or one that a server gives out of it."""

    root: Path

    def keys(self):
        paths = sorted(path for path in self.root.rglob("*") if path.is_file())
        return [str(path.relative_to(self.root)) for path in paths]

    def read(self, key):
        return (self.root / key).read_bytes()

    def write(self, key, content):
        path = self.root / key
        # A page may have a second name, in the tree before it.
        path.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(0o644)

    def remove(self, key):
        path = self.root / key
        path.unlink()
        while not any(path.parent.iterdir()):
            path = path.parent
            path.rmdir()


@dataclass(frozen=True)
class Bucket:
    """An index in a bucket."""

    client: object
    name: str

    def keys(self):
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name)
        return sorted(entry["Key"] for page in pages for entry in page.get("Contents", []))

    def read(self, key):
        return self.client.get_object(Bucket=self.name, Key=key)["Body"].read()

    def write(self, key, content, **headers):
        kind = "application/octet-stream"
        if key.endswith(("/", ".html")):
            kind = "text/html"
        if key.endswith("json") or content.startswith(b'{"meta"'):
            simple = key.startswith("simple/")
            kind = "application/vnd.pypi.simple.v1+json" if simple else "application/json"
        headers = {"ContentType": kind, **headers}
        self.client.put_object(Bucket=self.name, Key=key, Body=content, **headers)

    def remove(self, key):
        self.client.delete_object(Bucket=self.name, Key=key)


def is_distribution(key):
    return key.startswith("pool/") and not key.endswith(".metadata")


@contextmanager
def changed(store, changes):
    """Writes what `changes` says of keys, or removes those that it gives nothing for."""
    before = {key: store.read(key) if key in store.keys() else None for key in changes}
    try:
        put(store, changes)
        yield
    finally:
        put(store, before)


def put(store, changes):
    for key, content in changes.items():
        if content is None:
            store.remove(key)
        else:
            store.write(key, content)


class Damages:
    """Draws damages to one index; each is a context that gives the key that is damaged."""

    def __init__(self, random_, store, old):
        """`old` is what an earlier publication had, by key."""
        self.random, self.store, self.old = random_, store, old
        # What a publication says of itself is no page of the index.
        self.everything = [key for key in store.keys() if not key.endswith("larder/intent.json")]

    def choose(self, *, readable):
        """A key; that of a file which is read in full if `readable`."""
        return self.random.choice(
            [key for key in self.everything if readable(key) and self.store.read(key)]
        )

    def flip(self, readable):
        key = self.choose(readable=readable)
        content = bytearray(self.store.read(key))
        content[self.random.randrange(len(content))] ^= 1 << self.random.randrange(8)
        return key, changed(self.store, {key: bytes(content)})

    def cut(self, readable):
        key = self.choose(readable=lambda key: True)
        content = self.store.read(key)
        return key, changed(self.store, {key: content[: self.random.randrange(len(content))]})

    def grow(self, readable):
        key = self.choose(readable=lambda key: True)
        content = self.store.read(key) + self.random.choice([b"\n", b"\0", b"<!-- more -->"])
        return key, changed(self.store, {key: content})

    def delete(self, readable):
        # Without a manifest, nobody knows what has to be there.
        key = self.choose(readable=lambda key: key != "larder/manifest.jsonl")
        return key, changed(self.store, {key: None})

    def swap(self, readable):
        first = self.choose(readable=readable)
        second = self.choose(
            readable=lambda key: readable(key) and self.store.read(key) != self.store.read(first)
        )
        contents = {first: self.store.read(second), second: self.store.read(first)}
        return first, changed(self.store, contents)

    def keep_old(self, readable):
        key = self.choose(
            readable=lambda key: self.old.get(key, self.store.read(key)) != self.store.read(key)
        )
        return key, changed(self.store, {key: self.old[key]})

    def leave_over(self, readable):
        name = f"gone-{self.random.randrange(1000)}"
        key = self.random.choice(
            [
                f"simple/{name}/index.html", f"simple/{name}/index.v1_json",
                f"project/{name}/index.html", f"pypi/{name}/json", f"pypi/{name}/1.0/json",
                f"changelog/page{self.random.randrange(2, 90)}.html", "larder/other.jsonl",
                "pypi/alpha/0.1/json",
            ]
        )
        source = self.choose(readable=lambda found: found.endswith(key[-5:]))
        return key, changed(self.store, {key: self.store.read(source)})


class FolderDamages(Damages):
    """Damages that only a folder can have, beside the others."""

    def close_file(self, readable):
        key = self.choose(readable=lambda key: True)
        return key, self.mode(key, self.random.choice([0o600, 0o000, 0o640]))

    def close_folder(self, readable):
        key = str(Path(self.choose(readable=lambda key: not key.startswith("pool/"))).parent)
        return key.removesuffix("."), self.mode(key, self.random.choice([0o700, 0o600, 0o750]))

    @contextmanager
    def mode(self, key, mode):
        path = self.store.root / key
        before = path.stat().st_mode
        path.chmod(mode)
        try:
            yield
        finally:
            path.chmod(before & 0o7777)

    def lose_project(self, readable):
        folder = self.random.choice(["simple", "project", "pypi"])
        names = sorted(path.name for path in (self.store.root / folder).iterdir() if path.is_dir())
        key = f"{folder}/{self.random.choice(names)}"
        return key, self.away(key, lambda path: None)

    def lead_nowhere(self, readable):
        key = self.choose(readable=lambda key: key != "larder/manifest.jsonl")
        return key, self.away(key, lambda path: path.symlink_to("nowhere"))

    def put_folder(self, readable):
        key = self.choose(readable=lambda key: True)
        return key, self.away(key, lambda path: path.mkdir())

    @contextmanager
    def away(self, key, replace):
        """Moves something out of the tree while something else is there, or nothing."""
        path = self.store.root / key
        aside = self.store.root.with_name("aside")
        path.rename(aside)
        try:
            replace(path)
            yield
        finally:
            if path.is_symlink():
                path.unlink()
            elif path.exists():
                shutil.rmtree(path)
            aside.rename(path)


EVERYWHERE = ["flip", "cut", "grow", "delete", "swap", "keep_old"]
IN_LISTED = [*EVERYWHERE, "leave_over"]
IN_FOLDERS = [
    *IN_LISTED, "close_file", "close_folder", "lose_project", "lead_nowhere", "put_folder"
]
