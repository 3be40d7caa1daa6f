"""What a process uses of the machine, measured from a process that uses little itself.

Linux counts the memory of the process that starts another as the other's too: measured from a test
runner of 600 MB, no program ever takes less.
"""

import json
import os
import resource
import subprocess
import sys
from typing import NamedTuple


class Used(NamedTuple):
    status: int
    stderr: str
    peak_memory: int
    """The most bytes that the process had in memory."""


def metered(command, cpu_seconds):
    """Runs `command`, which may use so many seconds of a core, and says what it used."""
    meter = [sys.executable, "-I", "-S", __file__, str(cpu_seconds), *map(str, command)]
    done = subprocess.run(meter, capture_output=True, text=True, check=True)
    return Used(**json.loads(done.stdout))


def main(cpu_seconds, *command):
    child = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (int(cpu_seconds),) * 2),
    )  # fmt: skip
    stderr = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    print(json.dumps(Used(child.returncode, stderr, used.ru_maxrss << 10)._asdict()))


if __name__ == "__main__":
    main(*sys.argv[1:])
