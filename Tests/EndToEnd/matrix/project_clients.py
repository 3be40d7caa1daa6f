"""Poetry, pdm, pipenv and Hatch: what installs the dependencies of a project."""

import dataclasses
import datetime
import json
import re
import shutil
import tomllib

from matrix.client import Client, by_name, in_environment
from support.poetry import pyproject

PROJECT = """\
[project]
name = "demo"
version = "1"
requires-python = ">=3.11"
dependencies = {dependencies}
"""


class ProjectClient(Client):
    """Writes a project, locks it, and installs it into an environment inside its folder."""

    lock_name = ""
    environment = ".venv"

    def resolve(self, wish):
        return self.versions(self.lock(wish, {}).read_text())

    def lock(self, wish, digests):
        self.write_project(wish)
        self.make_lock(wish)
        return wish.folder / self.lock_name

    def install(self, wish):
        return self.install_locked(wish, self.lock(wish, {}))

    def install_locked(self, wish, lock):
        self.write_project(wish)
        if lock != wish.folder / self.lock_name:
            shutil.copy(lock, wish.folder / self.lock_name)
        self.sync(wish)
        return in_environment(wish.folder / self.environment)

    def versions(self, text):
        """What a lock of TOML says."""
        packages = tomllib.loads(text)["package"]
        return by_name((package["name"], package["version"]) for package in packages)


class Poetry(ProjectClient):
    name, lock_name = "poetry", "poetry.lock"

    def write_project(self, wish):
        text = pyproject(wish.index_url, wish.requirements)
        (wish.folder / "pyproject.toml").write_text(text)

    def make_lock(self, wish):
        self.poetry(wish, "lock")

    def sync(self, wish):
        self.poetry(wish, "install", "--no-root")

    def poetry(self, wish, *arguments):
        more = {}
        if wish.before is not None:
            # It knows an age in days only.
            age = datetime.datetime.now(datetime.UTC) - datetime.datetime.fromisoformat(wish.before)
            more["POETRY_SOLVER_MIN_RELEASE_AGE"] = age.days
        self.run(
            wish, "poetry", "--no-interaction", *arguments,
            POETRY_VIRTUALENVS_IN_PROJECT="true", POETRY_CACHE_DIR=wish.folder / "cache", **more,
        )  # fmt: skip


class Pdm(ProjectClient):
    name, lock_name = "pdm", "pdm.lock"
    more = """
[tool.pdm]
distribution = false

[[tool.pdm.source]]
name = "pypi"
url = "{index_url}"
"""

    def write_project(self, wish):
        text = PROJECT.format(dependencies=list(wish.requirements))
        text += self.more.format(index_url=wish.index_url)
        (wish.folder / "pyproject.toml").write_text(text)

    def make_lock(self, wish):
        before = () if wish.before is None else ("--exclude-newer", wish.before)
        self.pdm(wish, "lock", *before)

    def sync(self, wish):
        self.pdm(wish, "sync")

    def pdm(self, wish, *arguments):
        self.run(wish, "pdm", *arguments, PDM_CACHE_DIR=wish.folder / "cache", PDM_CHECK_UPDATE="0")


class Pipenv(ProjectClient):
    name, lock_name = "pipenv", "Pipfile.lock"

    def write_project(self, wish):
        # With a slash at its end it asks for `simple//app/`, which is another key in a bucket.
        lines = ["[[source]]", 'name = "index"', f'url = "{wish.index_url.rstrip("/")}"']
        lines += ["verify_ssl = false", "[packages]"]
        for requirement in wish.requirements:
            name, version = re.fullmatch(r"([\w.-]+)(.*)", requirement).groups()
            lines.append(f'"{name}" = "{version or "*"}"')
        (wish.folder / "Pipfile").write_text("\n".join(lines) + "\n")

    def make_lock(self, wish):
        before = {} if wish.before is None else {"PIP_UPLOADED_PRIOR_TO": wish.before}
        self.pipenv(wish, "lock", **before)

    def sync(self, wish):
        self.pipenv(wish, "sync")

    def versions(self, text):
        packages = json.loads(text)["default"]
        return by_name((name, it["version"].removeprefix("==")) for name, it in packages.items())

    def pipenv(self, wish, *arguments, **more):
        self.run(
            wish, "pipenv", *arguments, PIPENV_VENV_IN_PROJECT="1", PIPENV_IGNORE_VIRTUALENVS="1",
            PIPENV_NOSPIN="1", PIPENV_CACHE_DIR=wish.folder / "cache", **more,
        )  # fmt: skip


class Hatch(ProjectClient):
    """Its environments are made by pip; locks it can only follow by uv, which makes those."""

    name, lock_name, environment = "hatch", "pylock.toml", ".hatch"
    more = """
[tool.hatch.envs.default]
skip-install = true
path = ".hatch"
dependencies = {dependencies}
installer = "{installer}"
locked = {locked}
"""

    def resolve(self, wish):
        self.write_project(wish)
        self.hatch(wish, "lock", "--export", wish.folder / self.lock_name)
        return self.versions((wish.folder / self.lock_name).read_text())

    def install(self, wish):
        self.write_project(wish)
        self.hatch(wish, "env", "create")
        return in_environment(wish.folder / self.environment)

    def write_project(self, wish, installer="pip"):
        text = PROJECT.format(dependencies=[])
        text += self.more.format(
            dependencies=list(wish.requirements), installer=installer,
            locked="true" if installer == "uv" else "false",
        )  # fmt: skip
        (wish.folder / "pyproject.toml").write_text(text)

    def lock(self, wish, digests):
        self.write_project(wish, "uv")
        self.hatch(wish, "lock", "--export", wish.folder / self.lock_name)
        return wish.folder / self.lock_name

    def install_locked(self, wish, lock):
        """Into an environment that is there, and empty: a new one would be locked anew."""
        self.write_project(dataclasses.replace(wish, requirements=()), "uv")
        self.hatch(wish, "env", "create")
        self.write_project(wish, "uv")
        shutil.copy(lock, wish.folder / self.lock_name)
        self.hatch(wish, "dep", "sync")
        return in_environment(wish.folder / self.environment)

    def versions(self, text):
        packages = tomllib.loads(text)["packages"]
        return by_name((package["name"], package["version"]) for package in packages)

    def hatch(self, wish, *arguments):
        # pip and uv take the index and the time from the environment, and know nothing of Hatch's.
        more = {"PIP_INDEX_URL": wish.index_url, "UV_DEFAULT_INDEX": wish.index_url}
        if wish.before is not None:
            more["PIP_UPLOADED_PRIOR_TO"] = wish.before
        self.run(
            wish, "hatch", *arguments, HATCH_DATA_DIR=wish.folder / "data",
            HATCH_CACHE_DIR=wish.folder / "cache", **more,
        )  # fmt: skip
