#!/usr/bin/env python3
"""Replays the saved corpus of each parser, then fuzzes it for a while; see README.md.

The exit status is 1 when a property does not hold, and the input that shows it is saved.
"""

import argparse
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORPUS = HERE / "Corpus"
PARSERS = sorted(folder.name for folder in CORPUS.iterdir())
# SwiftPM's own flags build main.swift without a main; of two sanitizers, swiftc takes the last flag.
BUILD = [
    "swift", "build", "--package-path", str(HERE), "-c", "release", "--product", "LarderFuzz",
    "--sanitize=fuzzer", "--sanitize=address", "-Xswiftc", "-sanitize=fuzzer,address",
    "-Xswiftc", "-enable-testing",
]  # fmt: skip
LARGEST_INPUT = 20_000
SECONDS_FOR_AN_INPUT = 20


@dataclass
class Run:
    """What a run of libFuzzer said."""

    parser: str
    status: int
    log: str

    def number(self, pattern):
        found = re.findall(pattern, self.log)
        return int(found[-1]) if found else 0

    @property
    def row(self):
        return [
            self.parser, len(list((CORPUS / self.parser).iterdir())),
            self.number(r"stat::number_of_executed_units: *(\d+)"),
            self.number(r"stat::average_exec_per_sec: *(\d+)"),
            self.number(r"cov: (\d+)"), self.number(r"ft: (\d+)"),
            "fine" if self.status == 0 else "FAILED",
        ]  # fmt: skip


class Fuzzer:
    """The program of all parsers, and where it keeps what it finds."""

    def __init__(self, finds, build=True):
        if build:
            subprocess.run(BUILD, check=True, stdout=sys.stderr)
        shown = subprocess.run(
            [*BUILD, "--show-bin-path"], check=True, capture_output=True, text=True
        )
        self.program = Path(shown.stdout.strip()) / "LarderFuzz"
        self.finds = finds
        finds.mkdir(parents=True, exist_ok=True)

    def run(self, parser, *arguments):
        """Runs libFuzzer; its last lines say why if it fails."""
        command = [
            self.program, f"--parser={parser}", f"-max_len={LARGEST_INPUT}",
            f"-timeout={SECONDS_FOR_AN_INPUT}", "-rss_limit_mb=4096", "-print_final_stats=1",
            "-detect_leaks=0", f"-artifact_prefix={self.finds}/{parser}-", *map(str, arguments),
        ]  # fmt: skip
        # The handler of crashes waits for a debugger. Leaks of Swift objects are no crash, and
        # LeakSanitizer does not see pointers that Swift keeps tags in.
        environment = os.environ | {
            "SWIFT_BACKTRACE": "enable=no", "ASAN_OPTIONS": "detect_leaks=0",
        }  # fmt: skip
        done = subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment
        )
        return Run(parser, done.returncode, done.stderr.decode(errors="replace"))

    def replay(self, parser):
        """Reads each saved input once."""
        return self.run(parser, *sorted((CORPUS / parser).iterdir()))

    def fuzz(self, parser, seconds, folders):
        """Makes new inputs out of those of some folders; the first one gets what is new."""
        return self.run(parser, f"-max_total_time={seconds}", *folders)

    def merge(self, parser, target, *folders):
        """Adds to a folder the fewest inputs of others that lead to more of the code."""
        target.mkdir(parents=True, exist_ok=True)
        return self.run(parser, "-merge=1", target, *folders)


def main():
    arguments = parse_arguments()
    work = HERE / ".build" / "fuzz"
    fuzzer = Fuzzer(work / "finds", build=not arguments.no_build)
    runs = []
    for parser in arguments.parsers:
        runs += list(visit(fuzzer, parser, work / parser, arguments))
    table([run.row for run in runs if run is not None])
    failed = [run for run in runs if run.status != 0]
    for run in failed:
        print(f"\n{run.parser}:\n" + "\n".join(run.log.splitlines()[-40:]))
    if failed:
        print(f"\nThe inputs are in {fuzzer.finds}.")
    return 1 if failed else 0


def visit(fuzzer, parser, folder, arguments):
    """Does what was asked for to one parser; yields the run that tells most, and each failure."""
    folder.mkdir(parents=True, exist_ok=True)
    if arguments.seed:
        import seeds

        seeds.write(parser, folder)
    replay = fuzzer.replay(parser)
    if replay.status != 0 or arguments.seconds == 0:
        yield replay
        return
    print(f"{parser}...", file=sys.stderr)
    yield fuzzer.fuzz(parser, arguments.seconds, [folder, CORPUS / parser])
    if arguments.keep:
        fuzzer.merge(parser, CORPUS / parser, folder)


def table(rows):
    head = ["parser", "corpus", "execs", "execs/s", "coverage", "features", "result"]
    lines = [head, *([f"{cell:,}" if isinstance(cell, int) else cell for cell in row] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        name, *numbers = zip(line, widths)
        print(name[0].ljust(name[1]), *(text.rjust(width) for text, width in numbers), sep="  ")


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parsers", nargs="*", help=f"some of {', '.join(PARSERS)}; default: all")
    parser.add_argument("--seconds", type=int, default=30, help="for each parser; 0: replay only")
    parser.add_argument("--seed", action="store_true", help="also begin with seeds of the tests")
    parser.add_argument(
        "--keep", action="store_true", help="add what leads to more of the code to the saved corpus"
    )
    parser.add_argument("--no-build", action="store_true", help="take the program that is there")
    arguments = parser.parse_args()
    unknown = set(arguments.parsers) - set(PARSERS)
    if unknown:
        parser.error(f"no such parser: {', '.join(sorted(unknown))}")
    arguments.parsers = arguments.parsers or PARSERS
    return arguments


if __name__ == "__main__":
    sys.exit(main())
