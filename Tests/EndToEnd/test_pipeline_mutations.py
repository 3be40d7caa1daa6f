"""The shipped pipelines, broken at every token: always a located diagnostic, never a crash."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from support.mutations import mutants

REPOSITORY = Path(__file__).resolve().parents[2]
FILES = {path: json.loads(path.read_text())
         for path in sorted((REPOSITORY / "Pipelines").glob("**/*.json"))}
PIPELINES = [path for path, root in FILES.items() if "sinks" in root]
# Parts of pipelines are arrays, which are checked within a pipeline that includes them.
PARTS = [path for path, root in FILES.items() if isinstance(root, list)]
# Keys whose values are for people, or for programs that read them by themselves.
FREE = {"$comment", "options"}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mutants") / "Pipelines"
    shutil.copytree(REPOSITORY / "Pipelines", folder, ignore=shutil.ignore_patterns("public"))
    return folder


def check(larder, files):
    """Checks files at once, and gives the diagnostics of each."""
    done = subprocess.run(
        [larder.binary, "check", "--format", "json", *files],
        capture_output=True, text=True, timeout=600,
    )
    assert done.returncode in (0, 78), done.stderr
    assert done.stderr == ""
    found = {str(path): [] for path in files}
    for line in done.stdout.splitlines():
        diagnostic = json.loads(line)
        found.setdefault(diagnostic["file"], []).append(diagnostic)
    return found


def name_of(path):
    return str(path.relative_to(REPOSITORY / "Pipelines"))


def errors(diagnostics):
    return [diagnostic for diagnostic in diagnostics if diagnostic["level"] == "error"]


def is_located(diagnostic, text):
    lines = text.split("\n")
    if not 1 <= diagnostic["line"] <= len(lines):
        return False
    line = lines[diagnostic["line"] - 1]
    return 1 <= diagnostic["column"] <= len(line) + 1 and diagnostic["code"] and diagnostic["msg"]


@pytest.mark.parametrize("pipeline", PIPELINES, ids=name_of)
def test_every_broken_token_is_said_with_its_place(larder, shipped, pipeline):
    original = shipped / pipeline.relative_to(REPOSITORY / "Pipelines")
    broken = list(mutants(original.read_text()))
    files = [original.with_name(f"mutant-{number}.json") for number in range(len(broken))]
    for path, mutant in zip(files, broken, strict=True):
        path.write_text(mutant.text)
    found = check(larder, files)
    for path, mutant in zip(files, broken, strict=True):
        judge(mutant, found[str(path)])


@pytest.mark.parametrize("part", PARTS, ids=name_of)
def test_every_broken_token_of_a_part_is_said_with_its_place(larder, shipped, part):
    original = shipped / part.relative_to(REPOSITORY / "Pipelines")
    broken = list(mutants(original.read_text()))
    files = []
    for number, mutant in enumerate(broken):
        original.with_name(f"mutant-{number}.json").write_text(mutant.text)
        files.append(original.parent.parent / f"part-{number}.json")
        files[-1].write_text(including(f"{original.parent.name}/mutant-{number}.json"))
    found = check(larder, files)
    for number, mutant in enumerate(broken):
        judge(mutant, found.get(str(original.with_name(f"mutant-{number}.json")), []))


def including(part):
    return json.dumps({
        "version": 1,
        "sources": [{"type": "stdin"}],
        "transforms": [{"$include": part}],
        "render": {},
        "sinks": [{"type": "filesystem", "path": "public"}],
    })


def judge(mutant, said):
    about = f"{mutant.kind} {mutant.token}: {mutant.text}"
    assert all(is_located(diagnostic, mutant.text) for diagnostic in said), about
    if not mutant.is_json:
        assert [diagnostic["code"] for diagnostic in said] == ["json-syntax"], about
    elif mutant.is_foreign:
        pass  # A program says by itself what is wrong with its options.
    elif mutant.kind == "misspell" and mutant.is_key:
        # No key is ever passed over.
        assert errors(said), about
    elif mutant.kind == "type" and not is_free(mutant):
        assert errors(said), about


def is_free(mutant):
    """Whether what was put in stands where anything may."""
    return any(f'"{key}": {value}' in mutant.text for key in FREE for value in ("5", '{ "": 5 }'))


@pytest.mark.parametrize("pipeline", PIPELINES, ids=name_of)
def test_the_shipped_pipelines_are_clean(larder, pipeline):
    assert check(larder, [pipeline]) == {str(pipeline): []}
