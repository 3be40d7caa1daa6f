"""Templates of a person's own: what they change, what they leave alone, and what is wrong with them."""

import json
import os
import subprocess

import pytest
from selenium.webdriver.common.by import By

from support import browser as browsers

NAMES = [f"acme_{letter}-{minor}.0-py3-none-any.whl" for letter in "abc" for minor in range(3)]
PROJECT = """{{ heading }}
<p id="ours">Ask us about <a href="{{ root }}changelog/page1.html">{{ name }}</a>.</p>
{{ releases }}
{{ install }}
{{ facts }}
"""


class Site:
    """A pipeline in a folder, with templates in `design`."""

    def __init__(self, larder, folder):
        self.larder, self.folder, self.design = larder, folder, folder / "design"
        self.design.mkdir()
        (folder / "names.txt").write_text("".join(f"{name}\n" for name in NAMES))
        self.pipeline(templates="design")

    def pipeline(self, **render):
        pipeline = {
            "version": 1,
            "sources": [{"type": "file", "path": "names.txt"}],
            "render": render,
            "sinks": [{"type": "filesystem", "path": "prefix"}],
        }
        (self.folder / "pipeline.json").write_text(json.dumps(pipeline))

    def call(self, *arguments):
        return subprocess.run(
            [self.larder.binary, *arguments], cwd=self.folder, capture_output=True, text=True,
            timeout=60,
        )

    def run(self):
        """Runs the pipeline; the pages with their bytes, and with what tells whether they are written."""
        done = self.call("run")
        assert done.returncode == 0, done.stderr
        root = self.folder / "prefix"
        files = [path for path in root.rglob("*") if path.is_file()]
        pages = {str(path.relative_to(root)): path.read_bytes() for path in files}
        return pages, {str(path.relative_to(root)): path.stat().st_ino for path in files}


@pytest.fixture
def site(larder, tmp_path):
    return Site(larder, tmp_path)


def differences(before, after):
    assert before.keys() == after.keys()
    return {path for path in before if before[path] != after[path]}


def test_pages_of_ones_own_design_are_readable_to_everybody(site, chromium):
    (site.design / "project.html").write_text(PROJECT)
    (site.design / "style.css").write_text("body { margin: 3rem }\n")
    site.run()
    chromium.reset()
    with browsers.serve(site.folder) as url:
        chromium.driver.get(url + "project/acme-a/")
        chromium.driver.execute_script(
            "document.querySelectorAll('details').forEach(d => d.open = true)"
        )
        assert chromium.violations() == []
        order = chromium.driver.execute_script(
            "return [...document.querySelectorAll('h1, #ours, .releases, .commands')]"
            ".map(e => e.id || e.className || e.localName)"
        )
        assert order == ["h1", "ours", "releases", "commands"]
        assert chromium.driver.execute_script(
            "return getComputedStyle(document.body).marginLeft"
        ) == "48px"
        chromium.driver.find_element(By.LINK_TEXT, "acme-a").click()
        assert chromium.driver.current_url == url + "changelog/page1.html"
        assert [line for line in chromium.log() if "404 (" not in line] == []


def test_a_template_changes_its_own_pages_and_no_other(site):
    before, _ = site.run()
    (site.design / "project.html").write_text(PROJECT)
    after, written = site.run()
    projects = {path for path in before if path.startswith("project/")}
    assert differences(before, after) == projects | {"larder/manifest.jsonl"}
    again, kept = site.run()
    assert (again, kept) == (after, written)
    (site.design / "page.html").write_text("<!DOCTYPE html>\n<title>x</title>\n{{ content }}\n")
    framed = differences(after, site.run()[0])
    assert framed == {"larder/manifest.jsonl"} | {
        path for path in before
        if path.endswith(".html") and not path.startswith("simple/") and path != "404.html"
    }


def test_larders_own_templates_change_nothing(site):
    site.pipeline(title="Acme", site_url="https://index.example/", footer="Ask us.")
    before, _ = site.run()
    (site.design / "README.md").write_text("Ours.\n")
    done = site.call("init", "--templates", "design")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    written = sorted(os.listdir(site.design))
    site.pipeline(
        title="Acme", site_url="https://index.example/", footer="Ask us.", templates="design"
    )
    assert site.run()[0] == before
    (site.design / "page.html").write_text("ours")
    (site.design / "home.html").unlink()
    done = site.call("init", "--templates", "design")
    assert done.returncode != 0
    assert "cannot write templates to design: File exists" in done.stderr
    assert sorted([*os.listdir(site.design), "home.html"]) == written
    assert (site.design / "page.html").read_text() == "ours"


def test_check_finds_what_is_wrong_with_templates_without_a_run(site):
    (site.design / "project.html").write_text("<p>\n  {{ sumary }}\n")
    (site.design / "projects.html").write_text("")
    (site.design / "page.html").symlink_to("/etc/passwd")
    (site.design / "home.html").write_text(" " * (1 << 20) + "x")
    os.mkfifo(site.design / "names.html")
    (site.design / "style.css").symlink_to("css/ours.css")
    (site.design / "css").mkdir()
    (site.design / "css" / "ours.css").write_text("a { }\n")
    done = site.call("check")
    assert done.returncode == 78
    for text in [
        "--> design/project.html:2:3\n", 'did you mean "summary"?',
        "included from: pipeline.json:1 /render/templates",
        'there is no template called "projects.html"', 'did you mean "project.html"?',
        'there is no template called "css"',
        "the template design/page.html cannot be read", "it leads out of the folder",
        "the template design/home.html cannot be read", "more than 1048576 bytes",
        "the template design/names.html cannot be read", "it is no regular file",
    ]:
        assert text in done.stderr, text
    assert "root:" not in done.stderr
    assert "design/style.css" not in done.stderr
    assert site.call("run").returncode == 78
    assert not (site.folder / "prefix").exists()


def test_templates_may_be_links_inside_of_their_folder(site):
    """As in a container, where a folder of configuration is replaced in one step."""
    data = site.design / "..2026"
    data.mkdir()
    (data / "project.html").write_text(PROJECT)
    (site.design / "..data").symlink_to("..2026")
    (site.design / "project.html").symlink_to("..data/project.html")
    assert b'id="ours"' in site.run()[0]["project/acme-a/index.html"]
