"""Publishes lists to a sink, as a person would, and says what came of it."""

import json
import os
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from support.larder import finish, list_flags


@dataclass
class Publisher:
    """Runs Larder over a list and one sink, in a folder and an environment of its own."""

    larder: object
    folder: Path
    sink: dict
    environment: dict = field(default_factory=dict)

    def command(self, items, *flags, **sink):
        path = list_flags(items, self.folder / "list")[1]
        pipeline = self.folder / "pipeline.json"
        pipeline.write_text(
            json.dumps(
                {
                    "version": 1,
                    "sources": [{"type": "file", "path": str(path)}],
                    "render": {"packages_url": "../../pool/", "timestamps": False},
                    "sinks": [{**self.sink, **sink}],
                }
            )
        )
        return [self.larder.binary, "run", pipeline, *flags]

    @property
    def variables(self):
        return {"PATH": os.environ["PATH"], "HOME": str(self.folder), **self.environment}

    def run(self, items, *flags, **sink):
        command = self.command(items, *flags, **sink)
        return finish(command, self.folder / "run", env=self.variables)

    def run_pipeline(self, sources, render, *flags):
        """Publishes what other sources than a list have."""
        pipeline = self.folder / "pipeline.json"
        pipeline.write_text(
            json.dumps({"version": 1, "sources": sources, "render": render, "sinks": [self.sink]})
        )
        command = [self.larder.binary, "run", pipeline, *flags]
        return finish(command, self.folder / "run", env=self.variables)

    def start(self, items, *flags, **sink):
        """Starts a run that is not waited for."""
        return subprocess.Popen(
            self.command(items, *flags, **sink), env=self.variables, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )

    def expected(self, items):
        """The tree that a folder gets of the same list."""
        folder = self.folder / "expected"
        folder.mkdir(exist_ok=True)
        number = len(list(folder.iterdir()))
        tree = folder / str(number)
        other = Publisher(
            self.larder, folder.parent / f"expected-{number}",
            {"type": "filesystem", "path": str(tree)},
        )
        other.folder.mkdir()
        run = other.run(items)
        assert run.status == 0, run.stderr
        return {
            str(path.relative_to(tree)): path.read_bytes()
            for path in tree.rglob("*")
            if path.is_file()
        }


def kill(child):
    child.send_signal(signal.SIGKILL)
    child.wait(timeout=10)


def names(count, version="1.0"):
    return [f"project{number:03}-{version}.tar.gz" for number in range(count)]
