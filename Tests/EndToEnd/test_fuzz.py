"""Nothing that a parser is given breaks it: the saved inputs, and those of a short fuzzing.

LARDER_FUZZ_SECONDS is how long each parser is fuzzed (3); Tests/Fuzz/fuzz.py does the same by hand.
"""

import os
import sys
from pathlib import Path

import pytest

FUZZ = Path(__file__).resolve().parents[1] / "Fuzz"
sys.path.insert(0, str(FUZZ))

from fuzz import CORPUS, PARSERS, Fuzzer  # noqa: E402

SECONDS = int(os.environ.get("LARDER_FUZZ_SECONDS", "3"))


@pytest.fixture(scope="module")
def fuzzer(tmp_path_factory):
    return Fuzzer(tmp_path_factory.mktemp("finds"))


def assert_fine(run, fuzzer):
    finds = {find.name: find.read_bytes() for find in (fuzzer.finds / run.parser).iterdir()}
    assert run.status == 0 and not finds, f"{finds}\n{run.log[-4000:]}"


@pytest.mark.parametrize("parser", PARSERS)
def test_reads_all_saved_inputs(fuzzer, parser):
    run = fuzzer.replay(parser)
    assert_fine(run, fuzzer)
    assert run.log.count("\nExecuted ") == len(list((CORPUS / parser).iterdir())) > 0


@pytest.mark.parametrize("parser", PARSERS)
def test_reads_what_nobody_thought_of(fuzzer, parser, tmp_path):
    run = fuzzer.fuzz(parser, SECONDS, [tmp_path, CORPUS / parser])
    assert_fine(run, fuzzer)
    assert run.number(r"stat::number_of_executed_units: *(\d+)") > 100


def test_finds_a_mistake_that_was_planted(fuzzer, tmp_path):
    """Without coverage of Swift code, nobody would come upon its four bytes."""
    # It ends when it has found it.
    run = fuzzer.fuzz("planted", 300, [tmp_path])
    [find] = (fuzzer.finds / "planted").iterdir()
    assert run.status != 0 and find.read_bytes().startswith(b"dist")


def test_covers_the_parsers(fuzzer, tmp_path):
    names = {folder.name for folder in CORPUS.iterdir()}
    run = fuzzer.run("nobody", "-runs=0", tmp_path)
    known = run.log.split("one of ")[1].splitlines()[0].split(", ")
    assert names | {"planted"} == set(known)
