"""Asks the larder-probe child process, which answers one line for each request line."""

import functools
import os
import subprocess
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@functools.cache
def binary() -> Path:
    folder = os.environ.get("LARDER_BIN_DIR")
    if folder is None:
        command = ["swift", "build", "--package-path", str(ROOT), "--show-bin-path"]
        folder = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    return Path(folder) / "larder-probe"


class Probe:
    def __init__(self) -> None:
        self.child = subprocess.Popen(
            [binary()], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def ask(self, verb: str, *arguments: bytes) -> str:
        return self.ask_all([(verb, *arguments)])[0]

    def ask_all(self, requests) -> list[str]:
        """Writes all requests while it reads the answers, so that neither pipe fills up."""
        lines = "".join(
            "\t".join([verb, *(argument.hex() for argument in arguments)]) + "\n"
            for verb, *arguments in requests
        ).encode()

        def write() -> None:
            self.child.stdin.write(lines)
            self.child.stdin.flush()

        writer = threading.Thread(target=write)
        writer.start()
        answers = [self.child.stdout.readline().decode().rstrip("\n") for _ in requests]
        writer.join()
        return answers

    def close(self) -> None:
        self.child.stdin.close()
        assert self.child.wait(timeout=30) == 0
