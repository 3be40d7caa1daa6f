#!/usr/bin/env python3
"""Measures Larder against dumb-pypi, tar, and the floor that the kernel sets.

Every ratio is taken within this run and printed beside its bars; see README.md.
"""

import argparse
import datetime
import os
import platform
import signal
import sys
import tempfile
from pathlib import Path

from driver import (
    builds, directory, enrich, framework, incremental, json_lines, markup, mirror, put,
    scale, start_up, tarball,
)  # fmt: skip
from driver.processes import Meter, must
from driver.report import Report
from driver.tools import DUMB_PYPI, Tools

SUITES = {
    "builds": builds,
    "json": json_lines,
    "markup": markup,
    "start-up": start_up,
    "framework": framework,
    "directory": directory,
    "mirror": mirror,
    "enrich": enrich,
    "tarball": tarball,
    "incremental": incremental,
    "put": put,
    "scale": scale,
}
# As many as the list that dumb-pypi's own tests have.
DEFAULT_RECORDS = 71_408


class Bench:
    """What the suites share."""

    def __init__(self, arguments, folder):
        self.tools = Tools(Path(__file__).resolve().parent, arguments.python)
        if not arguments.no_prepare:
            self.tools.prepare()
        self.folder = Path(folder)
        self.meter = Meter(self.tools.meter, folder)
        self.report = Report()
        self.rounds = arguments.rounds
        self.is_full = arguments.full
        self.grounds = arguments.grounds
        self.pool_size = arguments.pool_size
        self.listing = arguments.list or self.tools.make_list(
            self.folder / "made-up-list.txt", DEFAULT_RECORDS
        )
        self.json_listing = arguments.json_list or self.tools.make_list(
            self.folder / "made-up-list.jsonl", DEFAULT_RECORDS, json=True
        )


def main():
    arguments = parse_arguments()
    # Ended from outside, it still unmounts and removes what it made.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated"))
    load = os.getloadavg()[0]  # before this run has anything to do itself
    with tempfile.TemporaryDirectory(prefix="larder-bench-", dir=arguments.work_dir) as folder:
        bench = Bench(arguments, folder)
        bench.report.note(head(bench, load))
        try:
            for name in arguments.only:
                SUITES[name].run(bench)
        except BaseException:
            bench.report.note("**This run ended early: what follows it was not measured.**")
            raise
        finally:
            print(bench.report.text())
    return 1 if bench.report.missed["safe"] else 0


def head(bench, load):
    """What was measured, where and when."""
    today = datetime.date.today().isoformat()
    kernel = ".".join(platform.release().split(".")[:2])
    noise = "" if load < 1.5 else "\n**The machine was busy: wall times are not to be trusted.**"
    with open(bench.listing, "rb") as listing:
        lines = sum(1 for _ in listing)
    return (
        f"Measured on {today}: {os.cpu_count()} cores, Linux {kernel}, "
        f"load at the start {load:.1f}.{noise}\n"
        f"List: {Path(bench.listing).name}, {lines:,} lines. "
        f"Peer: {DUMB_PYPI} with {python_version(bench.tools.python)}.\n"
        "Medians, with the least and the greatest value; ratios are medians of the rounds' own."
    )


def python_version(python):
    said = must([python, "-c", "import sys; print(sys.version.split()[0])"])
    return f"{python} {said.decode().strip()}"


def default_python():
    """The system's Python: those that people build are mostly slower, which would flatter us."""
    system = Path("/usr/bin/python3")
    return system if system.exists() else Path(sys.executable)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", type=Path, help="the list of file names; default: a made-up one")
    parser.add_argument("--json-list", type=Path, help="the JSON lines; default: made-up ones")
    parser.add_argument("--rounds", type=int, default=5, help="how often each case is measured")
    parser.add_argument(
        "--full", action="store_true", help="also what takes minutes: dumb-pypi with 1.53 million"
        " records, and Larder with all of PyPI",
    )  # fmt: skip
    parser.add_argument(
        "--only", nargs="+", choices=SUITES, default=list(SUITES), help="the suites to run"
    )
    parser.add_argument(
        "--grounds", nargs="+", choices=["tmpfs", "ext4"], default=["tmpfs", "ext4"],
        help="where full builds are measured",
    )  # fmt: skip
    parser.add_argument(
        "--pool-size", type=int, default=4000, help="the MiB of wheels that are read (4,000)"
    )
    parser.add_argument(
        "--python", type=Path, default=default_python(), help="the Python that peers run with"
    )
    parser.add_argument("--work-dir", default="/dev/shm", help="where to work: a tmpfs")
    parser.add_argument("--no-prepare", action="store_true", help="build and install nothing")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
