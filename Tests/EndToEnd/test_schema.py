"""The JSON Schema and the reader of pipeline files accept and refuse the same files."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline_mutants import CORRECT, RARE, mutants
from probe import Probe
from support import shipped

SCHEMA = shipped.FOLDER / "pipeline.v1.schema.json"

# What the reader refuses and a schema cannot: the code, the place, and why.
BEYOND_A_SCHEMA = [
    ("json-syntax", "", "a parser of JSON takes the last of two members with one key"),
    ("duplicate-id", "/.*/id", "a schema cannot compare one stage with another"),
    ("unknown-reference", r"/merge/order/\d+|.*/source(/\d+)?", "a schema cannot compare a name with ids"),
    ("overlapping-input", "/sources/.*", "a schema cannot compare one stage with another"),
    ("overlapping-paths", "/(sources|sinks)/.*", "a schema cannot compare one path with another"),
    ("needs-newer-release", "/requires", "a schema knows no release"),
    ("wrong-include", r".*/\$include", "a schema cannot look at paths"),
    ("never-matches", ".*", "a schema does not compare conditions"),
    ("empty-matcher", r".*/(size|exceptions/\d+)", "one of several fields must be there"),
    ("missing-field", r".*/transforms/\d+", "one of several fields must be there"),
    ("wrong-type", r".*/source(/\d+)?", "a pattern that may not come from a file, of all globs"),
    ("wrong-placeholder", ".*", "placeholders have a grammar of their own"),
    ("conflicting-fields", "/render/file_url", "a word of the stage, not of one field"),
    ("wrong-value", "/requires|/render/(packages_url|file_url|logo)", "a grammar of their own"),
    ("wrong-value", r"/sinks/\d+/(path|compression|level|mtime|prefix|since)", "an archive's name tells"),
    ("wrong-value", r"/sinks/\d+/acl", "a header has a grammar of its own"),
    ("wrong-value", r".*/transforms/\d+/.*|/merge/exceptions/.*", "a grammar of their own"),
    ("wrong-value", r"/after_publish/\d+/(command|env)", "a grammar of their own"),
]


@pytest.fixture(scope="module")
def probe():
    probe = Probe()
    yield probe
    probe.close()


def refused_by_schema(folder):
    """The names of the files of a folder that check-jsonschema refuses."""
    program = shutil.which("check-jsonschema", path=str(Path(sys.executable).parent))
    done = subprocess.run(
        [program, "--schemafile", SCHEMA, "--output-format", "json", *sorted(folder.iterdir())],
        capture_output=True, text=True, timeout=300,
    )
    report = json.loads(done.stdout)
    assert not report.get("parse_errors")
    return {Path(error["filename"]).name for error in report.get("errors", [])}


def is_beyond_a_schema(mistake):
    code, _, place = mistake.partition(" ")
    return any(code == known and re.fullmatch(where, place) or code == known == "json-syntax"
               for known, where, _ in BEYOND_A_SCHEMA)


def test_the_schema_is_one():
    program = shutil.which("check-jsonschema", path=str(Path(sys.executable).parent))
    subprocess.run([program, "--check-metaschema", SCHEMA], check=True)


def test_both_agree_on_mutated_files(probe, tmp_path):
    bases = CORRECT + [shipped.FILES[name] for name in shipped.PIPELINES]
    texts = [json.dumps(base) for base in bases] + list(mutants(bases, 500, seed=3))
    texts += [json.dumps(file) for file in RARE]
    for number, text in enumerate(texts):
        (tmp_path / f"{number:03}.json").write_text(text)
    refused = refused_by_schema(tmp_path)
    answers = probe.ask_all([("pipeline", text.encode()) for text in texts])
    disagreements, explained, accepted = [], set(), 0
    for number, (text, answer) in enumerate(zip(texts, answers, strict=True)):
        name = f"{number:03}.json"
        verdict, *mistakes = answer.split("\t")
        assert verdict in ("ok", "error"), answer
        accepted += verdict == "ok"
        if (verdict == "error") == (name in refused):
            continue
        if verdict == "error" and all(map(is_beyond_a_schema, mistakes)):
            explained |= {mistake.split(" ")[0] for mistake in mistakes}
            continue
        disagreements.append(f"{name}: {answer}, schema {name in refused}\n{text}")
    assert not disagreements, "\n".join(disagreements[:40])
    assert not {f"{number:03}.json" for number in range(len(bases))} & refused
    # The files are of both kinds, and each exception is met.
    assert 50 < accepted < 400
    assert explained == {code for code, _, _ in BEYOND_A_SCHEMA}
