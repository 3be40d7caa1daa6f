"""The installers that people use, each in an environment of its own."""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

PIPS = ["20.3.4", "22.0.4", "23.0.1", "25.3", "26.3"]
OLDEST_PIP, NEWEST_PIP = PIPS[0], PIPS[-1]
OLDEST_JSON_PIP = "23.0.1"
POETRY, UNEARTH = "poetry==2.5.1", "unearth==0.19.0"
#: All that the tests take from a registry; they run where none is.
FROM_REGISTRY = [*(f"pip=={version}" for version in PIPS), POETRY, UNEARTH]
#: Where the installers stay for later tests and runs, as long as the Python that runs the tests.
ENVIRONMENTS = Path(sys.prefix) / "environments"


def uv_program():
    program = shutil.which(
        "uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    )
    assert program, "uv is missing; it stands in requirements.txt"
    return program


def environment(package):
    """The programs of a package from the registry that this machine uses, and of what it needs."""
    folder = ENVIRONMENTS / package
    if not folder.exists():
        ENVIRONMENTS.mkdir(exist_ok=True)
        # A run that is ended meanwhile leaves no half of one.
        with tempfile.TemporaryDirectory(dir=ENVIRONMENTS) as beside:
            made = make_environment(Path(beside) / "new", package).parent
            try:
                made.rename(folder)
            except OSError:
                # Another run was faster.
                if not folder.exists():
                    raise
    return folder / "bin"


def make_environment(folder, *packages):
    """A virtual environment that may be moved, with packages from the registry."""
    uv = [uv_program(), "--quiet"]
    make = [*uv, "venv", "--relocatable", "--python", sys.executable, folder]
    subprocess.run(make, check=True)
    python = folder / "bin" / "python"
    subprocess.run([*uv, "pip", "install", "--python", python, *packages], check=True)
    return folder / "bin"


def clean_environment(home):
    """Variables without the settings of the person who runs the tests."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PIP_", "UV_", "POETRY_", "PDM_", "PYTHON", "VIRTUAL_ENV"))
        and not name.lower().endswith("_proxy")
    }
    return kept | {
        "HOME": str(home),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_CACHE_DIR": "1",
        "UV_NO_CACHE": "1",
        "UV_NO_CONFIG": "1",
        "UV_PYTHON": sys.executable,
    }


@dataclass(frozen=True)
class Client:
    """pip or uv: both know `install`, `--target` and `--index-url`."""

    name: str
    command: tuple[str, ...]
    home: Path

    def run(self, *arguments):
        return subprocess.run(
            [*self.command, *map(str, arguments)],
            cwd=self.home,
            env=clean_environment(self.home),
            capture_output=True,
            text=True,
            timeout=120,
        )

    def install(self, index_url, target, *arguments):
        """Installs into a folder; gives the outcome and the versions that are there then."""
        done = self.run("install", "--index-url", index_url, "--target", target, *arguments)
        return done, installed(target)


def installed(target):
    """Project and version of each package in a folder."""
    found = {}
    for info in Path(target).glob("*.dist-info"):
        lines = (info / "METADATA").read_text().splitlines()
        fields = dict(line.split(": ", 1) for line in lines if ": " in line)
        found[fields["Name"]] = fields["Version"]
    return found


def pip(version, home):
    home.mkdir(exist_ok=True)
    python = environment(f"pip=={version}") / "python"
    return Client(f"pip {version}", (str(python), "-m", "pip"), home)


def uv(home):
    home.mkdir(exist_ok=True)
    return Client("uv", (uv_program(), "pip"), home)
