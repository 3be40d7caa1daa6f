"""What each client is tried at: a function a row, which gives True if it did as it should."""

from matrix.client import Client, Refused, Wish
from matrix.packages import CUTOFF, Packages


class Trial:
    """One cell: a client before an index, with a fresh folder for each thing that it is asked."""

    def __init__(self, client: Client, server, packages: Packages, folder):
        self.client, self.server, self.packages, self.folder = client, server, packages, folder
        self.asked = 0

    def wish(self, *requirements, before=None):
        self.asked += 1
        folder = self.folder / str(self.asked)
        folder.mkdir(parents=True)
        return Wish(self.server.index_url, folder, requirements, before)

    def wheels(self):
        """The wheels that the server sent since it was told to forget."""
        asked = (one.uri.rpartition("/")[2] for one in self.server.requests if one.status < 400)
        return {name for name in asked if name.endswith(".whl")}


def resolve(trial):
    """A version of each project is chosen, of those that are needed too, without installing."""
    return trial.client.resolve(trial.wish("app")) == {"app": "1.0", "lib": "1.1"}


def download(trial):
    """Files are downloaded, and not installed."""
    expected = {"app-1.0-py3-none-any.whl", "lib-1.1-py3-none-any.whl"}
    return trial.client.download(trial.wish("app")) == expected


def install(trial):
    """Wheels are installed."""
    return trial.client.install(trial.wish("app")) == {"app": "1.0", "lib": "1.1"}


def source_archive(trial):
    """A source archive with a build backend of its own is built and installed."""
    return trial.client.install(trial.wish("source-only")) == {"source-only": "1.0"}


def hashes(trial):
    """A lock with the hashes of the index is installed; with another hash, it is refused."""
    right = trial.packages.digest("lib-1.1-py3-none-any.whl")
    digests = {"app==1.0": trial.packages.digest("app-1.0-py3-none-any.whl"), "lib==1.1": right}
    wish = trial.wish("app")
    lock = trial.client.lock(wish, digests)
    text = lock.read_text()
    if not all(digest in text for digest in digests.values()):
        return False
    kept = trial.folder / "lock"
    kept.write_text(text)
    if trial.client.install_locked(trial.wish("app"), kept) != {"app": "1.0", "lib": "1.1"}:
        return False
    kept.write_text(text.replace(right, "0" * 64))
    try:
        trial.client.install_locked(trial.wish("app"), kept)
    except Refused:
        return True
    return False


def yanked(trial):
    """A yanked version is taken only if it is named."""
    chosen = trial.client.choose(trial.wish("recalled", "withdrawn==1.0"))
    return chosen == {"recalled": "1.0", "withdrawn": "1.0"}


def pre_releases(trial):
    """A pre-release is taken only if it is asked for."""
    first = trial.client.choose(trial.wish("early"))
    return first == {"early": "1.0"} and trial.client.choose(trial.wish("early>=2.0rc1")) == {
        "early": "2.0rc1"
    }


def requires_python(trial):
    """A version for another Python is not taken."""
    return trial.client.choose(trial.wish("picky")) == {"picky": "1.0"}


def metadata_only(trial):
    """To resolve, no wheel is downloaded, also not one whose metadata lead nowhere."""
    trial.server.forget()
    chosen = trial.client.resolve(trial.wish("choosy"))
    return chosen == {"choosy": "1.0", "lib": "1.1"} and not trial.wheels()


def upload_times(trial):
    """Only releases that were uploaded before a time are taken."""
    return trial.client.choose(trial.wish("aging", before=CUTOFF)) == {"aging": "1.0"}


def names(trial):
    """A project is found under every spelling of its name, also where another one needs it."""
    return trial.client.choose(trial.wish("dotted-name.ONE", "Snake.Case--Two")) == {
        "dotted-name-one": "1.0",
        "snake-case-two": "1.0",
        "upper-three": "1.0",
    }


def versions(trial):
    """Epochs and local versions are the newest, and are installed."""
    installed = trial.client.install(trial.wish("epoch", "local"))
    return installed == {"epoch": "1!1.0", "local": "1.0+acme.1"}


ALL = {
    "resolve": resolve,
    "download": download,
    "install": install,
    "source archive": source_archive,
    "hash-checking": hashes,
    "yanked": yanked,
    "pre-releases": pre_releases,
    "requires-python": requires_python,
    "metadata only": metadata_only,
    "upload times": upload_times,
    "names": names,
    "epochs, local versions": versions,
}
