#!/usr/bin/env python3
"""Replays the saved corpus of each parser, then fuzzes it for a while; see README.md.

The exit status is 1 when a property does not hold, and the input that shows it is saved.
"""

import argparse
import hashlib
import os
import re
import subprocess
import sys
import tempfile
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
# The corpus is read in each run of the tests, and lies in everybody's checkout.
MOST_KEPT, LARGEST_KEPT = 20, 8000
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

    def run(self, parser, *arguments):
        """Runs libFuzzer; its last lines say why if it fails."""
        command = [
            self.program, f"--parser={parser}", f"-max_len={LARGEST_INPUT}",
            f"-timeout={SECONDS_FOR_AN_INPUT}", "-rss_limit_mb=4096", "-print_final_stats=1",
            "-detect_leaks=0", f"-artifact_prefix={make(self.finds / parser)}/", *map(str, arguments),
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
        saved = sorted((CORPUS / parser).iterdir())
        assert saved, f"nothing is saved for {parser}, so libFuzzer would begin to fuzz"
        return self.run(parser, *saved)

    def fuzz(self, parser, seconds, folders):
        """Makes new inputs out of those of some folders; the first one gets what is new."""
        return self.run(parser, f"-max_total_time={seconds}", *folders)

    def covers(self, parser, folders):
        """The edges of the code that each input of some folders leads to."""
        with tempfile.TemporaryDirectory() as nothing:
            control = Path(nothing) / "control"
            merged = self.run(
                parser, "-set_cover_merge=1", "-use_counters=0", f"-merge_control_file={control}",
                *[make(Path(nothing) / "target"), *folders],
            )  # fmt: skip
            assert merged.status == 0, merged.log
            lines = control.read_text().splitlines()
        inputs = [Path(line) for line in lines if line.startswith("/")]
        for line in lines:
            kind, *numbers = line.split(" ")
            if kind == "FT":
                yield inputs[int(numbers[0])], set(numbers[1:])

    def keep(self, parser, folder):
        """Makes the saved corpus anew of it and a folder; finds, which people named, stay."""
        saved = CORPUS / parser
        inputs = {path: (path.read_bytes(), edges) for path, edges in self.covers(parser, [saved, folder])}
        small = [entry for entry in inputs.values() if len(entry[0]) <= LARGEST_KEPT]
        for path in saved.iterdir():
            if not path.name.startswith("find-"):
                path.unlink()
        for text in most_covering(small):
            (saved / hashlib.sha256(text).hexdigest()[:16]).write_bytes(text)


def most_covering(inputs):
    """The few texts that lead to the most of the code together, short ones first."""
    seen = set()
    for _ in range(MOST_KEPT):
        text, edges = max(inputs, key=lambda entry: (len(entry[1] - seen), -len(entry[0]), entry[0]))
        if edges <= seen:
            return
        seen |= edges
        yield text


def make(folder):
    folder.mkdir(parents=True, exist_ok=True)
    return folder


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
    make(folder)
    if arguments.seed:
        import seeds

        seeds.write(parser, folder)
        fuzzer.keep(parser, folder)
    replay = fuzzer.replay(parser)
    if replay.status != 0 or arguments.seconds == 0:
        yield replay
        return
    print(f"{parser}...", file=sys.stderr)
    yield fuzzer.fuzz(parser, arguments.seconds, [folder, CORPUS / parser])
    if arguments.keep:
        fuzzer.keep(parser, folder)


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
    parser.add_argument("--seed", action="store_true", help="first save inputs of the other tests")
    parser.add_argument(
        "--keep", action="store_true", help="save what leads to more of the code"
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
