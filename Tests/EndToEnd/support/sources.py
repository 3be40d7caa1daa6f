"""Runs one source and gives its records."""

import json
import os
import subprocess
from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """What `larder show records` said of a source."""

    status: int
    records: list
    stderr: str

    @property
    def filenames(self):
        return sorted(record["filename"] for record in self.records)


@dataclass(frozen=True)
class SourceReader:
    """Reads sources in a folder of its own, with a cache of its own."""

    binary: str
    folder: object

    def pipeline(self, source, **more):
        """The path of a pipeline file with one source."""
        path = self.folder / "pipeline.json"
        value = {
            "version": 1,
            "sources": [source],
            "render": {},
            "sinks": [{"type": "filesystem", "path": "public"}],
        }
        path.write_text(json.dumps(value | more, indent=1))
        return path

    def read(self, source, environment=None, timeout=60):
        done = self.run("show", "records", self.pipeline(source), "--limit", "1000000",
                        environment=environment, timeout=timeout)
        records = [json.loads(line) for line in done.stdout.splitlines()]
        return Reading(done.returncode, records, done.stderr)

    def run(self, *arguments, environment=None, timeout=60):
        variables = os.environ | {"LARDER_CACHE_DIR": str(self.folder / "cache")}
        return subprocess.run(
            [str(part) for part in [self.binary, *arguments]],
            cwd=self.folder,
            env=variables | (environment or {}),
            capture_output=True,
            text=True,
            timeout=timeout,
        )
