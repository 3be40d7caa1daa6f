"""Runs dumb-pypi and reads the tree that it makes."""

import os
import pathlib
import re
import subprocess
import sys

import index_tree
from index_tree import HTMLReader, Index, Row, resolve, split_fragment


def run(list_path, output, packages_url, is_json) -> str:
    """Makes a tree; returns what dumb-pypi says on stderr."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "dumb_pypi.main"),
            *("--package-list-json" if is_json else "--package-list", str(list_path)),
            *("--output-dir", str(output), "--packages-url", packages_url),
            "--no-generate-timestamp",
        ],
        # Its set order and its file encoding must not come from the machine.
        env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stderr


def read(root: pathlib.Path) -> Index:
    """Reads a whole tree of dumb-pypi."""
    return index_tree.read(root, read_home, read_changelog)


def read_home(text: str):
    """The projects of the home page."""
    home = []
    for attributes, label, _ in HTMLReader(text).anchors:
        found = re.fullmatch(r"\s*(\S+) \(latest version: (.*)\)\s*", label)
        assert found, label
        home.append((found[1], resolve("index.html", attributes["href"]), found[2]))
    return home


def read_changelog(page: str, text: str) -> list[Row]:
    """The rows of one page of the changelog."""
    rows = []
    for cells in HTMLReader(text).rows:
        if cells[0]["tag"] == "th":
            continue
        file, time, uploader = cells
        url, fragment = split_fragment(resolve(page, file["href"]))
        rows.append(Row(file["text"], url, fragment, time["text"].strip(), uploader["text"]))
    return rows
