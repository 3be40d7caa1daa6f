"""What the matrix asks of an installer, and how its programs are run."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from packaging.utils import canonicalize_name

from support.clients import clean_environment, installed

#: A proxy where nobody is: who asks another index than the one of this machine fails.
NO_OTHER_INDEX = {
    name: "http://127.0.0.1:9"
    for lower in ("http_proxy", "https_proxy", "all_proxy")
    for name in (lower, lower.upper())
} | {"no_proxy": "127.0.0.1", "NO_PROXY": "127.0.0.1"}


class Refused(Exception):
    """The client ended with an error; its last words."""


class Unsupported(Exception):
    """The client has no such thing, whatever the index."""


@dataclass(frozen=True)
class Wish:
    """What a client is asked for: requirements, from one index, in a fresh folder.

    `before` is the time before which a release must have been uploaded.
    """

    index_url: str
    folder: Path
    requirements: tuple[str, ...]
    before: str | None = None


@dataclass
class Client:
    """An installer of one version: each of its ways gives versions by normalized name.

    `programs` is the `bin` folder of its environment, `home` one that all its runs share.
    """

    version: str
    programs: Path
    home: Path

    name = ""

    def __str__(self):
        return f"{self.name} {self.version}"

    def choose(self, wish):
        """The versions that it takes: by its resolver, or by installing if it has none alone."""
        try:
            return self.resolve(wish)
        except Unsupported:
            return self.install(wish)

    def resolve(self, wish):
        raise Unsupported

    def install(self, wish):
        raise Unsupported

    def download(self, wish):
        """The names of the files that it downloads."""
        raise Unsupported

    def lock(self, wish, digests):
        """The path of a lock with hashes: its own, or one made of the `digests` of releases."""
        raise Unsupported

    def install_locked(self, wish, lock):
        raise Unsupported

    def run(self, wish, program, *arguments, **variables):
        """Runs one of its programs in the folder of a wish; gives what it says on stdout."""
        environment = clean_environment(self.home) | NO_OTHER_INDEX | variables
        # It names the Python of the tests, into whose environment a client must install nothing.
        del environment["UV_PYTHON"]
        environment["PATH"] = f"{self.programs}{os.pathsep}{environment['PATH']}"
        done = subprocess.run(
            [self.programs / program, *map(str, arguments)],
            cwd=wish.folder,
            env={name: str(value) for name, value in environment.items()},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
        )
        if done.returncode:
            raise Refused((done.stdout + done.stderr).strip()[-2000:])
        return done.stdout


def by_name(pairs):
    return {canonicalize_name(name): version for name, version in pairs}


def in_folder(site_packages):
    """The versions of what is installed in a folder, but for what an environment begins with."""
    found = by_name(installed(site_packages).items())
    return {name: found[name] for name in found.keys() - {"pip", "setuptools", "wheel"}}


def in_environment(folder):
    (site_packages,) = folder.glob("lib/python3.*/site-packages")
    return in_folder(site_packages)


def pinned(text):
    """The versions of a requirements file."""
    return by_name(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))


def parse_version(text):
    return tuple(int(part) for part in text.split(".")[:2])
