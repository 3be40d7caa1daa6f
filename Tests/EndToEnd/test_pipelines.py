"""Every pipeline that ships runs on its own files, and makes the very tree that was looked at.

With RECORD_GOLDEN=1 in the environment the trees are written anew, and each test fails.
"""

import hashlib
import json
import os
import re
import tarfile
import xml.etree.ElementTree

import pytest

from binary import REPOSITORY
from support import shipped
from support.larder import finish

GOLDEN = REPOSITORY / "Tests/EndToEnd/golden/pipelines"
#: When the pipelines with ages in them are run: what they drop depends on it.
NOW = "1795651200"  # 2026-11-26T00:00:00Z
NEEDS_STDIN = {"from-stdin.json"}


def tree_of(folder):
    """The pages with their digests, and the records whole.

    The manifest has digests of its own, and the version of Larder, which comes and goes.
    """
    lines = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "manifest.jsonl":
            content = path.read_bytes()
            digest = hashlib.sha256(content).hexdigest()[:16]
            lines.append(f"{digest} {len(content):6} {path.relative_to(folder)}")
    return "\n".join(lines) + "\n\n" + (folder / "larder/records.jsonl").read_text()


def test_there_are_pipelines_enough_to_learn_from():
    assert len(shipped.PIPELINES) >= 8


@pytest.mark.parametrize("name", sorted(set(shipped.PIPELINES) - NEEDS_STDIN - shipped.NEED_A_BUCKET))
def test_a_pipeline_makes_the_tree_that_was_looked_at(larder, tmp_path, monkeypatch, name):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    pipeline = shipped.copy(tmp_path / "Pipelines") / name
    done = finish([larder.binary, "run", pipeline], tmp_path / "run")
    assert done.status == 0, done.stderr
    sink = json.loads(pipeline.read_text())["sinks"][0]
    output = pipeline.parent / sink["path"]
    if sink["type"] == "tarball":
        with tarfile.open(output) as archive:
            archive.extractall(tmp_path / "unpacked", filter="data")
        output = tmp_path / "unpacked" / sink["prefix"]
    found = tree_of(output)
    golden = GOLDEN / (re.sub("[/.]", "-", name.removesuffix(".json")) + ".txt")
    if os.environ.get("RECORD_GOLDEN") == "1":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(found)
        pytest.fail(f"{golden.name} was recorded; run again without RECORD_GOLDEN")
    assert found == golden.read_text()


@pytest.mark.parametrize("name", shipped.PIPELINES)
def test_a_pipeline_is_clean(larder, name):
    done = finish([larder.binary, "check", shipped.FOLDER / name], shipped.FOLDER / "none", report=False)
    assert done.status == 0 and "warning" not in done.stderr + done.stdout, done.stderr


def test_the_tests_that_ship_pass(larder, tmp_path):
    patterns = f"{shipped.FOLDER}/**/*.test.json"
    done = finish([larder.binary, "test", patterns], tmp_path / "test", report=False)
    assert done.status == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "2 passed, 0 failed"


def test_a_test_that_fails_says_what_was_not_as_expected(larder, tmp_path):
    tests = json.loads((shipped.FOLDER / "cooldown/pipeline.test.json").read_text())
    test = tests["tests"][0]
    test["pipeline"] = str(shipped.FOLDER / "cooldown/pipeline.json")
    test["expect"] = {
        "files": {"acme": ["acme-1.1.tar.gz"]},
        "dropped": [{"filename": "acme-1.0.tar.gz"}, {"filename": "acme-1.1.tar.gz", "by": "x"}],
        "artifacts": {"simple/acme/index.html": {"lacks": ["acme-1.0"]}, "nowhere": {}},
    }
    path = tmp_path / "x.test.json"
    path.write_text(json.dumps(tests))
    junit = tmp_path / "junit.xml"
    done = finish(
        [larder.binary, "test", path, "--junit", junit], tmp_path / "test", report=False
    )
    assert done.status == 1
    assert [line.strip() for line in done.stdout.splitlines()[2:-1]] == [
        "acme: acme-1.1.tar.gz is missing",
        "acme: acme-1.0.tar.gz is not expected",
        "acme-1.0.tar.gz was not left out",
        "acme-1.1.tar.gz was left out by cooldown, not by x",
        'simple/acme/index.html holds "acme-1.0"',
        "nowhere is missing",
    ]
    (case,) = xml.etree.ElementTree.parse(junit).getroot().iter("testcase")
    assert len(case.findall("failure")) == 6


def test_a_test_must_replace_every_source(larder, tmp_path):
    tests = json.loads((shipped.FOLDER / "cooldown/pipeline.test.json").read_text())
    test = tests["tests"][0]
    test["pipeline"] = str(shipped.FOLDER / "cooldown/pipeline.json")
    test["sources"] = {}
    path = tmp_path / "x.test.json"
    path.write_text(json.dumps(tests))
    done = finish([larder.binary, "test", path], tmp_path / "test", report=False)
    assert done.status == 1
    assert 'the test does not replace the source "upstream"' in done.stdout


def test_every_pipeline_has_a_line_of_purpose():
    text = (shipped.FOLDER / "README.md").read_text()
    missing = [name for name in shipped.PIPELINES if f"`{name}`" not in text]
    assert not missing
