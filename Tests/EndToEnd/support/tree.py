"""Reads the tree of pages that a run made."""

import json
from dataclasses import dataclass
from pathlib import Path

from support.html import anchors
from support.larder import Run


@dataclass(frozen=True)
class Index:
    """A tree of pages and the run that made it."""

    root: Path
    run: Run

    def files(self):
        """The content of every file of the tree by its path."""
        return {
            str(path.relative_to(self.root)): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
        }

    def folders(self, *parts):
        """The names of the folders in one folder of the tree."""
        return sorted(path.name for path in self.root.joinpath(*parts).iterdir() if path.is_dir())

    @property
    def projects(self):
        """The normalized names of all projects, as the folders of `simple/` name them."""
        return self.folders("simple")

    def read(self, *parts):
        return self.root.joinpath(*parts).read_bytes()

    def read_json(self, *parts):
        return json.loads(self.read(*parts))

    def simple_html(self, project):
        return self.read("simple", project, "index.html").decode("ascii")

    def anchors(self, project):
        """The links of a project page, each as it reads in HTML."""
        return anchors(self.read("simple", project, "index.html"))

    def simple_json(self, project):
        return self.read_json("simple", project, "index.v1_json")

    def simple_files(self, project):
        """The objects of a project's files by file name."""
        return {file["filename"]: file for file in self.simple_json(project)["files"]}

    def legacy(self, project, version=None):
        folders = [project] if version is None else [project, version]
        return self.read_json("pypi", *folders, "json")

    def legacy_files(self, project):
        """All file objects of a project in the legacy API."""
        return [file for files in self.legacy(project)["releases"].values() for file in files]
