"""Check 38: who may read an index does not depend on the umask, unless it is asked to."""

import os
import stat

import pytest

from support.publisher import Publisher, names

READABLE = {True: 0o755, False: 0o644}


@pytest.fixture
def publisher(larder, tmp_path):
    return Publisher(larder, tmp_path, {"type": "filesystem", "path": str(tmp_path / "public")})


def run(publisher, mask, *arguments, **sink):
    before = os.umask(mask)
    try:
        done = publisher.run(*arguments, **sink)
    finally:
        os.umask(before)
    assert done.status == 0, done.stderr


def permissions(folder):
    """Those of all files and folders, the folder itself included."""
    return {
        (path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in [folder, *folder.rglob("*")]
    }


@pytest.mark.parametrize("mode", ["generation", "files"])
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_everybody_may_read_the_index_and_only_its_owner_write(publisher, tmp_path, mask, mode):
    sink = {"mode": mode, "precompress": ["gzip"], "durable": False}
    for items in (names(30), names(40, "2.0"), names(30, "2.0")):
        run(publisher, mask, items, **sink)
        assert permissions(tmp_path / "public") == set(READABLE.items())


@pytest.mark.parametrize("mode", ["generation", "files"])
@pytest.mark.parametrize("mask", [0o000, 0o027, 0o077])
def test_the_umask_decides_where_it_is_asked_to(publisher, tmp_path, mask, mode):
    for items in (names(5), names(6, "2.0")):
        run(publisher, mask, items, mode=mode, permissions="umask")
        assert permissions(tmp_path / "public") == {(True, 0o777 & ~mask), (False, 0o666 & ~mask)}


def test_files_of_others_keep_their_permissions(publisher, tmp_path):
    run(publisher, 0o022, names(3))
    secret = tmp_path / "public/private/notes"
    secret.parent.mkdir(mode=0o750)
    secret.write_text("of ours")
    secret.chmod(0o640)
    run(publisher, 0o077, names(4, "2.0"))
    assert stat.S_IMODE(secret.stat().st_mode) == 0o640
    assert stat.S_IMODE(secret.parent.stat().st_mode) == 0o750
