"""Which installers are in the matrix, and how each gets an environment of its own."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from support.clients import POETRY, environment, make_environment, uv_program

from matrix.pip_clients import Pip, PipTools, Uv
from matrix.project_clients import Hatch, Pdm, Pipenv, Poetry


@dataclass(frozen=True)
class Entry:
    """A client: its class, its version, and what is installed into its environment.

    `python` is the newest Python that it runs on, if that is not the one that runs the tests.
    """

    kind: type
    version: str
    packages: tuple[str, ...]
    python: str | None = None

    @property
    def name(self):
        return f"{self.kind.name} {self.version}"

    def make(self, folder):
        """The client, with a home below a folder."""
        home = folder / self.name.replace(" ", "-")
        home.mkdir(parents=True, exist_ok=True)
        programs = self.programs(home / "environment")
        return self.kind(self.version, programs, home)

    def programs(self, folder):
        """Where its programs are: those that other tests have too are made once.

        One without packages is in the environment of the tests.
        """
        if self.python:
            return old_environment(folder, find_python(self.python), *self.packages)
        if not self.packages:
            return Path(uv_program()).parent
        if len(self.packages) == 1:
            return environment(*self.packages)
        return make_environment(folder, *self.packages)


def old_environment(folder, python, *packages):
    """An environment for a Python that is too old for uv: it has only what is unpacked into it."""
    subprocess.run([python, "-m", "venv", "--without-pip", folder], check=True)
    (site_packages,) = folder.glob("lib/python*/site-packages")
    command = [uv_program(), "pip", "install", "--quiet", "--python", sys.executable, "--no-deps"]
    subprocess.run([*command, "--target", site_packages, *packages], check=True)
    return folder / "bin"


def find_python(version):
    """A Python of a version, of pyenv or on the path."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    found = sorted(pyenv.glob(f"versions/{version}.*/bin/python"))
    found += filter(None, [shutil.which(f"python{version}")])
    if not found:
        raise FileNotFoundError(f"no Python {version}: neither of pyenv nor on the path")
    return found[0]


def pip(version, python=None):
    return Entry(Pip, version, (f"pip=={version}",), python)


ALL = [
    pip("9.0.3", python="3.6"),
    pip("20.3.4"),
    pip("23.3.2"),
    pip("25.3"),
    pip("26.3"),
    Entry(Uv, "0.13.9", ()),
    Entry(Poetry, "2.5.1", (POETRY,)),
    Entry(Pdm, "2.29.3", ("pdm[locked]==2.29.3",)),
    Entry(Pipenv, "2026.10.3", ("pipenv==2026.10.3",)),
    Entry(PipTools, "7.6.2", ("pip-tools==7.6.2", "pip==26.3")),
    Entry(Hatch, "1.18.2", ("hatch==1.18.2", "uv==0.13.9")),
]
