"""A publication renders and writes what changed, and nothing else."""

import json
import random
import subprocess

import pytest

from support.records import rich_list


@pytest.fixture(params=["generation", "files"])
def site(larder, tmp_path, request):
    """A folder that a list is published to, as a whole or page by page."""

    class Site:
        public = tmp_path / "public"
        binary = larder.binary

        def publish(self, records, *flags, **render):
            (tmp_path / "list.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records))
            pipeline = {
                "version": 1,
                "sources": [{"type": "file", "path": "list.jsonl", "format": "jsonl"}],
                "render": render,
                "sinks": [{"type": "filesystem", "path": "public", "mode": request.param}],
            }
            (tmp_path / "pipeline.json").write_text(json.dumps(pipeline))
            done = subprocess.run(
                [larder.binary, "run", "--report", "report.json", *flags],
                cwd=tmp_path, capture_output=True, text=True, timeout=120,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            return json.loads((tmp_path / "report.json").read_text()), done.stderr

        def tree(self):
            return {
                str(path.relative_to(self.public)): (path.read_bytes(), path.stat().st_mtime_ns)
                for path in sorted(self.public.rglob("*")) if path.is_file()
            }  # fmt: skip

    return Site()


def rendered(report):
    (stage,) = [stage for stage in report["stages"] if stage["kind"] == "render"]
    return stage["out"]


def bytes_of(tree):
    return {path: content for path, (content, _) in tree.items()}


@pytest.mark.parametrize("seed", range(6))
def test_an_index_that_was_changed_step_by_step_is_the_one_made_at_once(site, tmp_path, seed):
    rng = random.Random(seed)
    records = [d.record for d in rich_list(seed=seed)]
    kept = rng.sample(records, len(records) // 2)
    for step in range(4):
        site.publish(kept, title="A")
        kept = rng.sample(kept, len(kept) * 9 // 10) + rng.sample(records, 5)
        kept = list({r["filename"]: r for r in kept}.values())
    report, _ = site.publish(kept, title="A")
    step_by_step = bytes_of(site.tree())
    site.public.rename(tmp_path / "before")
    site.publish(kept, title="A")
    assert bytes_of(site.tree()) == step_by_step


def test_pages_of_projects_that_did_not_change_stay_as_they_are(site):
    records = [d.record for d in rich_list(seed=1)]
    site.publish(records)
    before = site.tree()
    report, _ = site.publish(records[1:])
    after = site.tree()
    changed = {path for path in before if after.get(path) != before[path]}
    folders = ("simple/", "pypi/", "project/")
    parts = [path.split("/") for path in changed if path.startswith(folders)]
    assert len({part[1] for part in parts if len(part) > 2}) == 1
    assert rendered(report) < len(before) / 4


def test_an_index_that_did_not_change_is_not_written(site):
    records = [d.record for d in rich_list(seed=2)]
    site.publish(records)
    before, folder = site.tree(), site.public.stat().st_ino
    report, said = site.publish(records)
    assert "nothing changed; nothing was written" in said
    assert site.tree() == before and site.public.stat().st_ino == folder
    assert not report["published"]


def test_another_title_renders_everything(site):
    records = [d.record for d in rich_list(seed=2)]
    site.publish(records, title="A")
    report, _ = site.publish(records, title="B")
    assert rendered(report) == len(site.tree()) - 1  # all but the manifest
    assert b"B" in (site.public / "index.html").read_bytes()


def test_a_rebuild_mends_what_was_damaged(site):
    records = [d.record for d in rich_list(seed=2)]
    site.publish(records)
    good = bytes_of(site.tree())
    (site.public / "simple" / "index.html").write_text("damaged")
    site.publish(records)
    assert bytes_of(site.tree()) != good
    site.publish(records, "--rebuild")
    assert bytes_of(site.tree()) == good


@pytest.mark.parametrize("damage", [b"", b"{}\n", b"garbage", b'{"version":1}\n{"project":"a"}'])
def test_a_damaged_manifest_is_an_error_that_says_how_to_go_on(site, larder, tmp_path, damage):
    records = [d.record for d in rich_list(seed=2)]
    site.publish(records)
    good = bytes_of(site.tree())
    (site.public / "larder/manifest.jsonl").write_bytes(damage)
    before = site.tree()
    done = subprocess.run([larder.binary, "run"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 65, done.stderr
    assert "error[unreadable-state]" in done.stderr and "--rebuild" in done.stderr
    assert site.tree() == before
    site.publish(records, "--rebuild")
    assert bytes_of(site.tree()) == good


def test_a_manifest_that_names_other_files_is_refused(site, larder, tmp_path):
    records = [d.record for d in rich_list(seed=2)]
    site.publish(records)
    manifest = site.public / "larder/manifest.jsonl"
    lines = manifest.read_text().splitlines()
    lines[-1] = lines[-1].replace('"404.html"', '"../../etc/passwd"')
    manifest.write_text("\n".join(lines) + "\n")
    done = subprocess.run(
        [larder.binary, "run", "--set", "/render/title=B"],
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 65, done.stderr
    assert "no page of the index" in done.stderr


def test_where_nothing_changed_no_call_writes(site, tmp_path):
    """Check 23, as strace sees it."""
    records = [d.record for d in rich_list(seed=1)]
    site.publish(records)
    log = tmp_path / "calls.log"
    calls = "openat,openat2,open,creat,write,pwrite64,mkdirat,linkat,symlinkat,unlinkat,renameat,"
    calls += "renameat2,ftruncate,fallocate,fchmod,fchmodat,fchown,utimensat"
    strace = ["strace", "-f", "-qq", "-y", "-o", log, "-e", f"trace={calls}"]
    done = subprocess.run(
        [*strace, site.binary, "run"], cwd=tmp_path, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    looks = [line for line in log.read_text().splitlines() if str(site.public) in line]
    assert looks, "strace saw nothing of the folder"
    assert [line for line in looks if "openat" not in line or "O_RDONLY" not in line] == []
