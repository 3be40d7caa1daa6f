"""The parsers of pip, poetry and pdm find the same files on every page: check 31.

uv has no parser to call by itself; `test_clients.py` lets it install from such pages.
"""

import json
import re
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest

from support.clients import NEWEST_PIP, OLDEST_JSON_PIP, POETRY, UNEARTH, environment

PARSERS = Path(__file__).parent / "support" / "parsers"
FORMS = ["index.html", "index.v1_json"]
INSTALLERS = {
    f"pip=={OLDEST_JSON_PIP}": "pip_links.py",
    f"pip=={NEWEST_PIP}": "pip_links.py",
    POETRY: "poetry_links.py",
    UNEARTH: "unearth_links.py",
}
# Poetry takes no notice of such names, whatever the index: it reads fewer kinds of archives, and
# of versions only those that begin with a digit and are valid.
UNREAD = {POETRY: r"\.tgz$|-v\d|^[^-]*$|-2004d|SNAPSHOT"}


@pytest.fixture(scope="module", params=INSTALLERS)
def read_pages(request):
    """Calls the parser of one installer, in its own environment, over pages of the index."""
    python = environment(request.param) / "python"

    def read(pages):
        lines = "".join(f"{url} {path}\n" for url, path in pages)
        command = [python, PARSERS / INSTALLERS[request.param]]
        done = subprocess.run(command, input=lines, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    read.unread = UNREAD.get(request.param, r"(?!)")
    return read


@pytest.mark.parametrize("form", FORMS)
def test_31_every_parser_finds_every_file(read_pages, rich_index, rich, form):
    base = "https://index.example/simple"
    pages = [
        (f"{base}/{name}/", rich_index.root / "simple" / name / form)
        for name in rich_index.projects
    ]
    expected = {}
    for distribution in rich:
        files = expected.setdefault(distribution.project, set())
        if re.search(read_pages.unread, distribution.filename):
            continue
        files.add(
            (
                distribution.filename,
                f"https://index.example/pool/{quote(distribution.filename, safe='')}",
                is_yanked(distribution.record),
                distribution.record.get("requires_python"),
            )
        )
    for name, links in zip(rich_index.projects, read_pages(pages), strict=True):
        found = {
            (filename, url, yank is not None, requires or None)
            for filename, url, yank, requires in links
        }
        assert found == expected[name]


def is_yanked(record):
    """An empty reason counts under our key, and not under dumb-pypi's."""
    return record.get("yanked") not in (None, False) or bool(record.get("yanked_reason"))
