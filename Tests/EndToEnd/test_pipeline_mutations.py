"""The shipped pipelines, broken at every token: always a located diagnostic, never a crash."""

import json
import subprocess

import pytest

from support import shipped
from support.mutations import mutants

# Keys whose values are for people, or for programs that read them by themselves.
FREE = {"$comment", "options"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return shipped.copy(tmp_path_factory.mktemp("mutants") / "Pipelines")


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


def errors(diagnostics):
    return [diagnostic for diagnostic in diagnostics if diagnostic["level"] == "error"]


def is_located(diagnostic, text):
    lines = text.split("\n")
    if not 1 <= diagnostic["line"] <= len(lines):
        return False
    line = lines[diagnostic["line"] - 1]
    return 1 <= diagnostic["column"] <= len(line) + 1 and diagnostic["code"] and diagnostic["msg"]


@pytest.mark.parametrize("pipeline", shipped.PIPELINES)
def test_every_broken_token_is_said_with_its_place(larder, folder, pipeline):
    original = folder / pipeline
    broken = list(mutants(original.read_text()))
    files = [original.with_name(f"mutant-{number}.json") for number in range(len(broken))]
    for path, mutant in zip(files, broken, strict=True):
        path.write_text(mutant.text)
    found = check(larder, files)
    for path, mutant in zip(files, broken, strict=True):
        judge(mutant, found[str(path)])


@pytest.mark.parametrize("part", shipped.PARTS)
def test_every_broken_token_of_a_part_is_said_with_its_place(larder, folder, part):
    original = folder / part
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


@pytest.mark.parametrize("pipeline", shipped.PIPELINES)
def test_the_shipped_pipelines_are_clean(larder, pipeline):
    path = shipped.FOLDER / pipeline
    assert check(larder, [path]) == {str(path): []}
