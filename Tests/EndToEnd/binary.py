"""Finds and runs the larder that is tested.

LARDER_BIN names it; without it, it is the release build of this repository.
"""

import functools
import os
import pathlib
import subprocess

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]


@functools.cache
def larder() -> str:
    """The path of the binary."""
    given = os.environ.get("LARDER_BIN")
    if given is None:
        folder = subprocess.run(
            ["swift", "build", "-c", "release", "--show-bin-path"],
            cwd=REPOSITORY,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        given = os.path.join(folder, "larder")
    path = os.path.abspath(given)
    assert os.access(path, os.X_OK), f"{path} is missing: swift build -c release"
    return path


def generate(*arguments, stdin: str | bytes = b"", cwd=None) -> subprocess.CompletedProcess:
    """Runs `larder generate`; its streams come back as text."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [larder(), "generate", *map(str, arguments)],
        input=data,
        cwd=cwd,
        capture_output=True,
        timeout=600,
    )
    done.stdout = done.stdout.decode(errors="replace")
    done.stderr = done.stderr.decode(errors="replace")
    return done
