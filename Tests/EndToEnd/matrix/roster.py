"""Which installers are in the matrix, and how each gets an environment of its own."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from support.clients import make_environment, uv_program

from matrix.pip_clients import Pip, PipTools, Uv
from matrix.project_clients import Hatch, Pdm, Pipenv, Poetry


@dataclass(frozen=True)
class Entry:
    """A client: its class, its version, and what else is installed into its environment.

    `python` is the newest Python that it runs on, if that is not the one that runs the tests.
    """

    kind: type
    version: str
    requirement: str
    more: tuple[str, ...] = ()
    python: str | None = None

    @property
    def name(self):
        return f"{self.kind.name} {self.version}"

    def make(self, folder):
        """The client in an environment below a folder, where it may be from before."""
        home = folder / self.name.replace(" ", "-")
        environment = home / "environment"
        if not environment.exists():
            home.mkdir(parents=True, exist_ok=True)
            packages = [f"{self.requirement}=={self.version}", *self.more]
            if self.python is None:
                make_environment(environment, *packages)
            else:
                make_old_environment(environment, find_python(self.python), *packages)
        return self.kind(self.version, environment / "bin", home / "home")


def make_old_environment(folder, python, *packages):
    """An environment for a Python that is too old for uv: it has only what is unpacked into it."""
    subprocess.run([python, "-m", "venv", "--without-pip", folder], check=True)
    (site_packages,) = folder.glob("lib/python*/site-packages")
    command = [uv_program(), "pip", "install", "--quiet", "--python", sys.executable, "--no-deps"]
    subprocess.run([*command, "--target", site_packages, *packages], check=True)


def find_python(version):
    """A Python of a version, of pyenv or on the path."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    found = sorted(pyenv.glob(f"versions/{version}.*/bin/python"))
    found += filter(None, [shutil.which(f"python{version}")])
    if not found:
        raise FileNotFoundError(f"no Python {version}: neither of pyenv nor on the path")
    return found[0]


ALL = [
    Entry(Pip, "9.0.3", "pip", python="3.6"),
    Entry(Pip, "20.3.4", "pip"),
    Entry(Pip, "23.3.2", "pip"),
    Entry(Pip, "25.3", "pip"),
    Entry(Pip, "26.3", "pip"),
    Entry(Uv, "0.13.9", "uv"),
    Entry(Poetry, "2.5.1", "poetry"),
    Entry(Pdm, "2.29.3", "pdm[locked]"),
    Entry(Pipenv, "2026.10.3", "pipenv"),
    Entry(PipTools, "7.6.2", "pip-tools", more=("pip==26.3",)),
    Entry(Hatch, "1.18.2", "hatch", more=("uv==0.13.9",)),
]
