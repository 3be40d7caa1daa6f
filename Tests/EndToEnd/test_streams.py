"""Check 11: standard streams that are closed, full, or that nobody reads."""

import subprocess

import pytest

from support.files import files_in
from support.publisher import Publisher, names


@pytest.fixture
def site(larder, tmp_path):
    return Publisher(larder, tmp_path, {"type": "filesystem", "path": str(tmp_path / "public")})


def shell(site, command, redirection):
    """Runs a command through a shell, for Python does not start one without streams."""
    words = " ".join(f"'{word}'" for word in command)
    return subprocess.run(
        ["bash", "-c", f"exec {words} {redirection}"],
        env=site.variables, capture_output=True, text=True, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize(
    "redirection",
    ["<&-", ">&-", "2>&-", "<&- >&- 2>&-", "2>/dev/full", ">/dev/full", "2> >(exec true)"],
)
def test_what_is_published_does_not_depend_on_the_streams(site, tmp_path, redirection):
    for items in (names(20), names(30, "2.0")):
        done = shell(site, site.command(items), redirection)
        assert done.returncode == 0, done
        assert files_in(tmp_path / "public") == site.expected(items)


@pytest.mark.parametrize("arguments", [["describe"], ["schema"], ["explain"], ["show", "records"]])
@pytest.mark.parametrize("redirection", [">/dev/full", "> >(exec true)"])
def test_an_answer_that_nobody_gets_is_a_failure_and_no_death(site, arguments, redirection):
    pipeline = site.command(names(30_000))[2]
    command = [site.larder.binary, *arguments, *([pipeline] if "records" in arguments else [])]
    done = shell(site, command, redirection)
    if redirection == ">/dev/full" or arguments == ["show", "records"]:
        assert done.returncode == 74 and "standard output" in done.stderr, done
    # A short one may be in the pipe before the reader is gone.
    assert done.returncode in (0, 74), done
