"""Runs the command under test."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """What one run of the command said."""

    status: int
    stdout: str
    stderr: str
    report: dict | None

    @property
    def skipped(self):
        """The lines that were left out, as (line number, code) pairs."""
        return [(line["line"], line["code"]) for line in self.report["skipped"]]


@dataclass(frozen=True)
class Larder:
    """The release binary."""

    binary: Path

    def generate(self, items, output, *, previous=None, packages_url="../../pool/", **flags):
        """Runs `larder generate` over a list.

        `items` are file names, or records as dictionaries, or the bytes of a list.
        `flags` are named as on the command line: `title="x"`, `no_per_release_json=True`.
        """
        command = [self.binary, "generate", "--output-dir", output, "--packages-url", packages_url]
        command += list_flags(items, output.with_name(output.name + ".list"))
        if previous is not None:
            command += list_flags(
                previous, output.with_name(output.name + ".previous"), "previous-"
            )
        if not flags.pop("generate_timestamp", False):
            command.append("--no-generate-timestamp")
        for name, value in flags.items():
            command.append("--" + name.replace("_", "-"))
            if value is not True:
                command.append(value)
        return finish(command, output)

    def run(self, items, output, **render):
        """Runs a pipeline over a list that leaves out bad lines; `render` are its options."""
        path = list_flags(items, output.with_name(output.name + ".list"))[1]
        pipeline = output.with_name(output.name + ".pipeline.json")
        pipeline.write_text(
            json.dumps(
                {
                    "version": 1,
                    "sources": [{"type": "file", "path": str(path), "on_error": "skip"}],
                    "render": render,
                    "sinks": [{"type": "filesystem", "path": str(output)}],
                }
            )
        )
        return finish([self.binary, "run", pipeline], output)


def finish(command, output, report=True, env=None):
    """Runs a command, and reads the report that it writes beside `output` if it can write one."""
    path = output.with_name(output.name + ".report.json")
    command = [str(part) for part in [*command, *(["--report", path] if report else [])]]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=env)
    found = json.loads(path.read_bytes()) if report and path.exists() else None
    return Run(done.returncode, done.stdout, done.stderr, found)


def list_flags(items, path, prefix=""):
    """Writes a list beside the output, and gives the flag that reads it."""
    if isinstance(items, bytes):
        path.write_bytes(items)
        kind = "package-list-json" if items.startswith(b"{") else "package-list"
        return [f"--{prefix}{kind}", path]
    if all(isinstance(item, str) for item in items):
        path.write_text("".join(f"{name}\n" for name in items), encoding="utf-8", newline="")
        return [f"--{prefix}package-list", path]
    path.write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
    return [f"--{prefix}package-list-json", path]
