"""A project of poetry that takes its dependencies from one index."""

import subprocess
from pathlib import Path

from support.clients import clean_environment

PROJECT = """\
[project]
name = "demo"
version = "1"
requires-python = ">=3.11"
dependencies = [{dependencies}]

[tool.poetry]
package-mode = false

[[tool.poetry.source]]
name = "index"
url = "{index_url}"
priority = "primary"
"""


def pyproject(index_url, dependencies):
    """The file that says what the project needs, and where that is."""
    listed = ", ".join(f'"{dependency}"' for dependency in dependencies)
    return PROJECT.format(index_url=index_url, dependencies=listed)


class PoetryProject:
    """The folder of a project, and poetry over it."""

    def __init__(self, program, folder, index_url, dependencies):
        self.program = program
        self.folder = Path(folder)
        (self.folder / "pyproject.toml").write_text(pyproject(index_url, dependencies))

    def run(self, *arguments):
        environment = clean_environment(self.folder) | {"POETRY_VIRTUALENVS_IN_PROJECT": "true"}
        return subprocess.run(
            [self.program, "--no-interaction", *arguments],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
        )

    @property
    def site_packages(self):
        (folder,) = (self.folder / ".venv" / "lib").glob("python3.*/site-packages")
        return folder
