"""The installers that people use, each in an environment of its own."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PIPS = ["20.3.4", "22.0.4", "23.0.1", "25.3", "26.3"]
OLDEST_PIP, NEWEST_PIP = PIPS[0], PIPS[-1]
OLDEST_JSON_PIP = "23.0.1"


def uv_program():
    program = shutil.which(
        "uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    )
    assert program, "uv is missing; it stands in requirements.txt"
    return program


def make_environment(folder, *packages):
    """A virtual environment with packages from the registry that this machine uses."""
    uv = uv_program()
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, folder], check=True)
    subprocess.run(
        [uv, "pip", "install", "--quiet", "--python", folder / "bin" / "python", *packages],
        check=True,
    )
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


def pip(version, folder):
    programs = make_environment(folder, f"pip=={version}")
    return Client(f"pip {version}", (str(programs / "python"), "-m", "pip"), folder)


def uv(folder):
    folder.mkdir()
    return Client("uv", (uv_program(), "pip"), folder)
