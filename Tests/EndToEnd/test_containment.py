"""Nothing is written outside of the folder, whatever others make of the folders in it meanwhile."""

import os
import tempfile
from collections import Counter
from pathlib import Path

import pytest

from support.publisher import Publisher, names
from support.toggler import Toggler

TOGGLES = 20_000
NOBODY = 65534
COMPONENTS = ["simple", "simple/project000", "pypi", "pypi/project000", "larder", "pool"]


class Site:
    """A folder that is published to, and one that nothing may be written to or taken from."""

    def __init__(self, larder, folder, mode):
        self.public, self.outside, self.link = folder / "public", folder / "outside", folder / "link"
        (self.public / "pool").mkdir(parents=True)
        (self.public / "pool/a-1.0.zip").write_bytes(b"not an archive")
        for path in ("index.html", "project000/index.html", "project001/index.html", "a-2.0.zip"):
            (self.outside / path).parent.mkdir(parents=True, exist_ok=True)
            (self.outside / path).write_text("of nobody's business")
        self.before = self.seen()
        sink = {"type": "filesystem", "path": str(self.public), "mode": mode, "durable": False}
        self.publisher = Publisher(larder, folder, sink)
        self.link.symlink_to(self.outside)

    def seen(self):
        """All names and bytes outside, and the times at which a folder got or lost a name."""
        return {
            str(path): (path.stat().st_mtime_ns, path.is_file() and path.read_bytes())
            for path in [self.outside, *self.outside.rglob("*")]
        }

    def publish(self, number):
        """Publishes a list of which one half changes; gives the status."""
        items = names(6)[:3] + names(6, f"{number}.0")[3:] + [f"project000-{number}.0.tar.gz"]
        run = self.publisher.run(items)
        assert run.status in (0, 65, 74, 75), run.stderr
        return run.status

    def assert_contained(self):
        assert self.seen() == self.before, "something was written outside"
        for folder in self.public.parent.glob("*public*"):
            for path in folder.rglob("*"):
                if path.is_file() and not path.is_symlink():
                    assert b"nobody's business" not in path.read_bytes(), path


def publish_while_toggled(site, path):
    """Publishes until a folder was changed often enough."""
    statuses, number = Counter(), 1
    with Toggler(path, site.link) as toggler:
        while toggler.count < TOGGLES or number < 12:
            number += 1
            statuses[site.publish(number)] += 1
    site.assert_contained()
    print(f"{path.name}: {toggler.count} changes, publications by status: {dict(statuses)}")


@pytest.mark.parametrize("mode", ["generation", "files"])
@pytest.mark.parametrize("component", COMPONENTS)
def test_a_link_in_place_of_a_folder_leads_nowhere(larder, tmp_path, mode, component):
    """Check 35: a symbolic link is there before the publication."""
    site = Site(larder, tmp_path, mode)
    assert site.publish(1) == 0
    (site.public / component).rename(tmp_path / "real")
    site.link.rename(site.public / component)
    for number in (2, 3):
        site.publish(number)
    site.assert_contained()


@pytest.mark.parametrize("mode", ["generation", "files"])
@pytest.mark.parametrize("component", COMPONENTS)
def test_a_folder_that_becomes_a_link_leads_nowhere(larder, tmp_path, mode, component):
    """Check 35: another process makes a folder a link and a folder again, 20,000 times."""
    site = Site(larder, tmp_path, mode)
    assert site.publish(1) == 0
    publish_while_toggled(site, site.public / component)


@pytest.mark.parametrize("component", ["simple", "pypi"])
def test_the_owner_of_the_folder_leads_the_next_one_nowhere(larder, component):
    """Check 35: the same of the generation in the making, by the user whose folder it will be."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")) as folder:
        folder = Path(folder)
        folder.chmod(0o777)
        site = Site(larder, folder, "generation")
        assert site.publish(1) == 0
        os.chown(site.public, NOBODY, NOBODY)
        next_one = folder / ".public.larder-next"
        link = next_one / "link"
        with Toggler(next_one / component, link, site.outside, NOBODY) as toggler:
            for number in range(2, 40):
                site.publish(number)
        print(f"{component}: {toggler.count} changes")
        site.assert_contained()
