"""Lets the HTTP client of the library send requests, by a child process."""

import json
import os
import subprocess
import threading

from probe import binary


class HTTPProbe:
    """One client with its options, in an environment of its own."""

    def __init__(self, environment=None, prefix=(), **options):
        home = {"PATH": os.environ["PATH"]}
        self.child = subprocess.Popen(
            [*prefix, binary(), "http", json.dumps(options)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=home | (environment or {}),
        )

    def ask(self, url: str, **request) -> dict:
        return self.ask_all([{"url": url, **request}])[0]

    def ask_all(self, requests: list[dict], seconds: float = 60) -> list[dict]:
        """Sends requests together; a client that does not answer in time is ended."""
        guard = threading.Timer(seconds, self.child.kill)
        guard.start()
        try:
            self.child.stdin.write(json.dumps(requests) + "\n")
            self.child.stdin.flush()
            line = self.child.stdout.readline()
        finally:
            guard.cancel()
        assert line, "the client gave no answer"
        return json.loads(line)

    def peak_memory(self) -> int:
        """The most bytes that the process has had in memory."""
        with open(f"/proc/{self.child.pid}/status") as lines:
            return next(int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM"))

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.child.stdin.close()
        status = self.child.wait(timeout=30)
        self.child.stdout.close()
        assert error[0] or status == 0, f"the client ended with {status}"
