"""pip downloads from an index what dumb-pypi's integration tests download from theirs."""

import functools
import http.server
import json
import os
import subprocess
import sys

import pytest

import binary
import package_maker
from support import own_server


class Site:
    """A folder with a pool and the index of it, served; and the paths that were asked for."""

    def __init__(self, folder):
        self.folder, self.asked = folder, []
        asked = self.asked

        class Handler(http.server.SimpleHTTPRequestHandler):
            def log_message(self, format, *arguments):
                asked.append(self.path)

        self.handler = functools.partial(Handler, directory=str(folder))

    def publish(self, records, name, version_of):
        (self.folder / "pool").mkdir()
        for record in records:
            filename = record["filename"]
            package_maker.make(self.folder / "pool", filename, name, version_of(filename))
        listed = self.folder / "package-list.json"
        listed.write_text("".join(json.dumps(record) + "\n" for record in records))
        done = binary.generate(
            *("--package-list-json", listed, "--output-dir", self.folder),
            *("--packages-url", "../../pool/"),
        )
        assert done.returncode == 0, done.stderr


@pytest.fixture
def served(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    site = Site(folder)
    with own_server.serving(site.handler) as site.url:
        yield site


def download(site, folder, requirement) -> list[str]:
    """The names of the files that pip downloads."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--isolated", "download", requirement),
            *("--index-url", f"{site.url}/simple", "--dest", str(folder)),
            *("--no-cache-dir", "--disable-pip-version-check"),
        ],
        env={**os.environ, "PIP_CONFIG_FILE": os.devnull},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return sorted(path.name for path in folder.iterdir())


def record_of(filename):
    """The record that goes with a package of the maker."""
    is_wheel = filename.endswith(".whl")
    return {"filename": filename, "core_metadata": "true" if is_wheel else None}


@pytest.mark.parametrize("ending", ["-py2.py3-none-any.whl", ".tar.gz", ".zip"])
@pytest.mark.parametrize("requirement", ["ocflib", "ocflib<2017", "ocflib==2016.12.10.1.48"])
def test_downloads_a_package(served, tmp_path, ending, requirement):
    filename = f"ocflib-2016.12.10.1.48{ending}"
    served.publish([record_of(filename)], "ocflib", lambda _: "2016.12.10.1.48")
    assert download(served, tmp_path / "got", requirement) == [filename]


SPELLINGS = ["aspy.yaml", "aspy.yaml>0.2,<0.3", "aspy.yaml==0.2.1", "ASPY.YAML==0.2.1"]
WHEEL_SPELLINGS = ["aspy-yaml", "aspy-yaml>0.2,<0.3", "ASPY-YAML==0.2.1"]
ENDINGS = [".zip", ".tar", ".tar.gz", "-py2.py3-none-any.whl"]


@pytest.mark.parametrize(
    ("ending", "requirement"),
    [(ending, requirement) for ending in ENDINGS for requirement in SPELLINGS]
    + [(ENDINGS[-1], requirement) for requirement in WHEEL_SPELLINGS],
)
def test_downloads_a_package_by_any_spelling_of_its_name(served, tmp_path, ending, requirement):
    filename = f"aspy.yaml-0.2.1{ending}"
    served.publish([record_of(filename)], "aspy.yaml", lambda _: "0.2.1")
    assert download(served, tmp_path / "got", requirement) == [filename]
    assert "/simple/aspy-yaml/" in served.asked


def test_downloads_what_suits_the_python_that_runs(served, tmp_path):
    records = [
        {"filename": "foo-1.tar.gz"},
        {"filename": "foo-2.tar.gz", "requires_python": ">=2"},
        {"filename": "foo-3.tar.gz", "requires_python": "==1.2.3"},
    ]
    served.publish(records, "foo", lambda filename: filename[4])
    assert download(served, tmp_path / "got", "foo") == ["foo-2.tar.gz"]


def test_reads_the_metadata_before_the_wheel(served, tmp_path):
    wheel = "foo-1-py2.py3-none-any.whl"
    served.publish([record_of(wheel)], "foo", lambda _: "1")
    assert download(served, tmp_path / "got", "foo") == [wheel]
    assert served.asked.index(f"/pool/{wheel}.metadata") < served.asked.index(f"/pool/{wheel}")
