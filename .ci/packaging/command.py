"""Starting programs."""

import subprocess


def output(*command: str, **options) -> str:
    """What it says; what it complained of, if it fails."""
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done.stdout
