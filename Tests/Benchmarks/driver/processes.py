"""Runs programs and says what they cost."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Sample:
    """One run of one program: times in seconds, its peak memory in MiB, and what it said."""

    wall: float
    user: float
    system: float
    peak: float
    said: dict = field(default_factory=dict)

    @property
    def cpu(self):
        return self.user + self.system


def must(command, **options):
    """Runs a command that is not measured; stops the benchmark with its words if it fails."""
    done = subprocess.run([str(part) for part in command], capture_output=True, **options)
    if done.returncode != 0:
        sys.exit(
            f"failed ({done.returncode}): {' '.join(map(str, command))}\n"
            + done.stderr.decode(errors="replace")
            + done.stdout.decode(errors="replace")
        )
    return done.stdout


class Meter:
    """Measures whole processes with the program ProcessMeter."""

    def __init__(self, program, folder):
        self.program = program
        self.result = Path(folder) / "meter.json"

    def run(self, command, stdin=None):
        """Runs `command`; the last line of its output is its JSON, if it is one."""
        with open(stdin or "/dev/null", "rb") as source:
            said = must([self.program, self.result, *command], stdin=source)
        cost = json.loads(self.result.read_text())
        last = said.strip().rpartition(b"\n")[2]
        return Sample(
            wall=cost["wall"],
            user=cost["user"],
            system=cost["system"],
            peak=cost["peak_kib"] / 1024,
            said=json.loads(last) if last.startswith(b"{") else {},
        )
