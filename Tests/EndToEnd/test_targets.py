"""Check 36: folders that are not as most are, and never a tree of which a part was moved."""

import os
import subprocess

import pytest

from support.files import files_in
from support.publisher import Publisher, names

NOBODY = 65534


def hidden(folder):
    """What is left beside the index."""
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


@pytest.fixture
def site(larder, tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    return Publisher(larder, tmp_path, {"type": "filesystem", "path": str(folder / "public")})


@pytest.fixture
def public(tmp_path):
    return tmp_path / "site/public"


@pytest.fixture
def layers(tmp_path, site, public):
    """An index in the lower layer of an overlay filesystem, as in the image of a container."""
    assert site.run(names(3)).status == 0
    (tmp_path / "site").rename(tmp_path / "lower")
    for name in ("upper", "work", "site"):
        (tmp_path / name).mkdir()
    options = f"lowerdir={tmp_path}/lower,upperdir={tmp_path}/upper,workdir={tmp_path}/work"
    subprocess.run(
        ["mount", "-t", "overlay", "-o", options, "overlay", tmp_path / "site"], check=True
    )
    yield public
    subprocess.run(["umount", tmp_path / "site"], check=True)


def test_a_folder_of_a_lower_layer_is_left_whole(layers, site):
    before = files_in(layers)
    run = site.run(names(5, "2.0"))
    assert run.status == 74 and "container image" in run.stderr, run.stderr
    assert files_in(layers) == before
    assert hidden(layers.parent) == [".public.larder-lock"]
    run = site.run(names(5, "2.0"), mode="files")
    assert run.status == 0, run.stderr
    assert files_in(layers) == site.expected(names(5, "2.0"))


def test_a_filesystem_that_cannot_exchange_is_found_out_first(larder, site, public):
    assert site.run(names(3)).status == 0
    before = files_in(public)
    strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=renameat2:error=EINVAL"]
    run = subprocess.run(
        [*strace, *site.command(names(5, "2.0"))], env=site.variables, capture_output=True, text=True
    )
    assert run.returncode == 74 and '"mode": "files"' in run.stderr, run.stderr
    assert files_in(public) == before
    assert ".public.larder-next" not in hidden(public.parent)
    assert site.run(names(5, "2.0"), mode="files").status == 0
    assert files_in(public) == site.expected(names(5, "2.0"))


@pytest.mark.parametrize("mode", ["generation", "files"])
@pytest.mark.parametrize("permissions, owner", [(0o777, 0), (0o755, NOBODY), (0o2775, NOBODY)])
def test_permissions_and_owner_of_the_folder_stay(site, public, mode, permissions, owner):
    public.mkdir()
    os.chown(public, owner, owner)
    public.chmod(permissions)
    for items in (names(3), names(5, "2.0")):
        run = site.run(items, mode=mode)
        assert run.status == 0, run.stderr
        assert files_in(public) == site.expected(items)
        status = public.stat()
        assert (status.st_mode & 0o7777, status.st_uid, status.st_gid) == (permissions, owner, owner)


@pytest.mark.parametrize("mode", ["generation", "files"])
def test_a_link_to_the_folder_stays_one(site, public, tmp_path, mode):
    real = tmp_path / "elsewhere/real"
    real.mkdir(parents=True)
    public.symlink_to(real)
    for items in (names(3), names(5, "2.0")):
        run = site.run(items, mode=mode)
        assert run.status == 0, run.stderr
        assert public.is_symlink() and os.readlink(public) == str(real)
        assert files_in(real) == site.expected(items)
    assert hidden(public.parent) == []
