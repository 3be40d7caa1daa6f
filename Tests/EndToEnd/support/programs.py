"""Programs as stages: a folder with a pipeline, and what is left of a program when a run ends."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from support.larder import finish

LINES = [f"p{number}-1.zip" for number in range(5)]


def python(script):
    """A command that runs a script."""
    return [sys.executable, "-c", script]


@dataclass
class Site:
    """A pipeline with a program in it."""

    larder: object
    folder: Path
    lines: list = field(default_factory=lambda: list(LINES))

    def __post_init__(self):
        # A run that fails must leave this as it is.
        (self.folder / "public").mkdir(exist_ok=True)
        (self.folder / "public/robots.txt").write_text("User-agent: *\n")

    def run(self, *transforms, sources=None, sinks=None, verb="run", environment=None):
        lines = [line if isinstance(line, str) else json.dumps(line) for line in self.lines]
        (self.folder / "list.txt").write_text("".join(f"{line}\n" for line in lines))
        pipeline = {
            "version": 1,
            "sources": sources or [{"type": "file", "path": "list.txt"}],
            "transforms": list(transforms),
            "render": {},
            "guards": {"allow_empty_projects": True},
            "sinks": sinks or [{"type": "filesystem", "path": "public"}],
        }
        path = self.folder / "pipeline.json"
        path.write_text(json.dumps(pipeline, indent=1))
        old = dict(os.environ)
        os.environ.update({"LARDER_CACHE_DIR": str(self.folder / "cache"), **(environment or {})})
        try:
            return finish([self.larder.binary, verb, path], self.folder / "out", verb == "run")
        finally:
            os.environ.clear()
            os.environ.update(old)

    @property
    def records(self):
        """The records of the index, by file name; nil if there is none."""
        path = self.folder / "public/larder/records.jsonl"
        if not path.exists():
            return None
        found = [json.loads(line) for line in path.read_bytes().split(b"\n") if line]
        return {record["filename"]: record for record in found}

    def check_untouched(self):
        assert [path.name for path in (self.folder / "public").iterdir()] == ["robots.txt"]
        # Programs of a site have its path in their working folder.
        assert left_in(self.folder) == []


def left_in(folder):
    """The processes whose working folder is this one."""
    left = []
    for process in Path("/proc").iterdir():
        if not process.name.isdigit():
            continue
        try:
            if os.readlink(process / "cwd") == str(folder):
                left.append((process / "cmdline").read_bytes())
        except OSError:
            continue
    return [line for line in left if line]


def sh(script):
    return ["sh", "-c", script]


def run_tool(larder, *arguments, stdin=""):
    return subprocess.run(
        [larder.binary, *map(str, arguments)],
        input=stdin, capture_output=True, text=True, timeout=120,
    )
