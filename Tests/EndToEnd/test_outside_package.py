"""A package outside of this repository, with the very code of Docs/WritingAStage.md."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = (REPOSITORY / "Docs" / "WritingAStage.md").read_text()
FILES = dict(re.findall(r"^`([\w/.-]+\.swift)`\n\n```swift\n(.*?)^```$", PAGE, re.M | re.S))
PIPELINE = {
    "version": 1,
    "sources": [{"type": "shelf", "path": "wheels"}, {"type": "file", "path": "list.jsonl"}],
    "transforms": [{"type": "license-gate", "allow": ["MIT", ""]}],
    "render": {},
    "sinks": [{"type": "bundle", "path": "index.bundle"}],
}


def swift(*arguments, cwd):
    done = subprocess.run(["swift", *arguments], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


@pytest.fixture(scope="module")
def package():
    """The package, beside a link to this repository; it stays, so that a second run is short."""
    folder = REPOSITORY / ".build" / "outside" / "acme-larder"
    folder.mkdir(parents=True, exist_ok=True)
    link = folder.parent / "larder"
    if not link.is_symlink():
        link.symlink_to(REPOSITORY)
    for kind in ["Sources", "Tests"]:
        shutil.rmtree(folder / kind, ignore_errors=True)
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists() or file.read_text() != text:
            file.write_text(text)
    pins = REPOSITORY / "Package.resolved"
    if pins.exists():
        shutil.copy(pins, folder / "Package.resolved")
    swift("build", "--build-tests", cwd=folder)
    return folder


@pytest.fixture(scope="module")
def acme(package):
    def run(*arguments, cwd=None):
        return subprocess.run(
            [package / ".build" / "debug" / "acme-larder", *arguments],
            cwd=cwd, capture_output=True, text=True, timeout=60,
        )

    return run


def test_three_stages_take_sixty_lines():
    stages = [text for name, text in FILES.items() if name.startswith("Sources/AcmeStages/")]
    lines = [line for text in stages for line in text.splitlines() if line.strip()]
    assert len(stages) == 3
    assert len(lines) <= 60


def test_the_stages_pass_the_kit(package):
    said = swift("test", "--skip-build", "--disable-xctest", cwd=package)
    assert re.search(r"with 3 tests .*passed", said), said


def test_every_verb_knows_the_stages(acme):
    assert "Lists a folder." in acme("describe").stdout
    assert "path   a path   required" in acme("describe", "source/shelf").stdout
    schema = json.loads(acme("schema").stdout)
    assert schema["$defs"]["sink-bundle"]["required"] == ["path", "type"]
    assert "license-gate" in schema["$defs"]["transform"]["properties"]["type"]["enum"]
    begun = json.loads(acme("init", "shelf/license-gate/bundle").stdout)
    assert [stage["type"] for stage in begun["sources"]] == ["shelf"]


def test_the_stages_run(acme, tmp_path):
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels" / "acme-1.0.tar.gz").touch()
    (tmp_path / "list.jsonl").write_text(
        '{"filename": "good-1.0.zip", "license": "MIT"}\n'
        '{"filename": "bad-1.0.zip", "license": "Proprietary"}\n'
    )
    (tmp_path / "pipeline.json").write_text(json.dumps(PIPELINE))
    done = acme("run", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    pages = json.loads((tmp_path / "index.bundle").read_text())
    root = bytes(pages["simple/index.html"]).decode()
    assert "acme" in root and "good" in root and "bad" not in root
    shutil.rmtree(tmp_path / "wheels")
    done = acme("run", cwd=tmp_path)
    assert done.returncode == 69 and "cannot list" in done.stderr
