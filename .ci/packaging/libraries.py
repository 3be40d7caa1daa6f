"""The C libraries that go along with larder, for machines that have none or other ones.

Most are Debian's, as they are. libcurl, libxml2 and libarchive are built from Debian's sources with
what larder uses and nothing else: Debian's own bring thirty more libraries and 31 MB of ICU.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import elf
from command import output
from sources import Sources, version_in

# What the packages of README.md bring, by the name that the loader looks for.
DEBIAN = [
    "libbz2.so.1.0", "libcrypto.so.3", "libdeflate.so.0", "liblzma.so.5", "libmd4c.so.0",
    "libnghttp2.so.14", "libssl.so.3", "libz.so.1", "libzstd.so.1",
]
COMPILER = "clang"  # It comes with Swift.


@dataclass(frozen=True)
class Recipe:
    """How one library is built: what configure is told, and where the library is then."""

    file: str
    folder: str
    options: str


RECIPES = {
    "curl": Recipe(
        "libcurl.so.4", "lib",
        "--with-openssl --with-nghttp2 --with-ca-bundle=/etc/ssl/certs/ca-certificates.crt"
        " --disable-alt-svc --disable-aws --disable-dict --disable-file --disable-ftp"
        " --disable-gopher --disable-hsts --disable-imap --disable-ldap --disable-ldaps"
        " --disable-manual --disable-mqtt --disable-ntlm --disable-pop3 --disable-rtsp"
        " --disable-smb --disable-smtp --disable-telnet --disable-tftp --disable-tls-srp"
        " --disable-unix-sockets --without-brotli --without-libidn2 --without-libpsl"
        " --without-librtmp --without-zstd",
    ),
    "libxml2": Recipe(
        "libxml2.so.2", ".",
        "--with-minimum --with-html --with-iconv --with-push --with-sax1 --with-threads --with-tree",
    ),
    "libarchive": Recipe(
        "libarchive.so.13", ".",
        "--disable-acl --disable-bsdcat --disable-bsdcpio --disable-bsdtar --disable-xattr"
        " --without-expat --without-libb2 --without-lz4 --without-nettle --without-openssl"
        " --without-xml2 ac_cv_func_arc4random_buf=no",
    ),
}


@dataclass(frozen=True)
class Library:
    """One file that goes along."""

    path: Path
    package: str
    """The Debian package that has the file."""
    source: str
    """The source package of that, at `version`."""
    version: str
    is_built: bool = False

    def copyright(self) -> bytes:
        """What Debian says of the licences."""
        return Path("/usr/share/doc", self.package, "copyright").read_bytes()


def libraries(offline: bool) -> list[Library]:
    """All of them, ordered by name. Offline, those that are built must be there from an earlier run."""
    folder = last_built() if offline else newest_built()
    if not folder:
        raise SystemExit("no libraries are kept: run this once without --offline")
    sources = (folder / "sources").read_text()
    built = [
        replace(
            debian_library(recipe.file), path=folder / recipe.file, version=version_in(sources, name),
            is_built=True,
        )
        for name, recipe in RECIPES.items()
    ]
    return sorted([*map(debian_library, DEBIAN), *built], key=lambda library: library.path.name)


def debian_library(name: str) -> Library:
    path = Path(output(COMPILER, f"-print-file-name={name}").strip())
    if not path.is_absolute():
        raise SystemExit(f"{name} is missing: install what README.md names for the tests")
    # dpkg knows the place before /usr was merged, or after.
    real = os.path.realpath(path)
    names = [real, real.removeprefix("/usr")]
    said = subprocess.run(["dpkg", "-S", *names], capture_output=True, text=True).stdout
    package = said.split(":")[0]
    form = "--showformat=${source:Package} ${Version}"
    source, version = output("dpkg-query", "--show", form, package).split()
    return Library(path, package, source, version)


def last_built() -> Path | None:
    """The folder with what an earlier run built last."""
    return max(KEPT.glob("*"), key=lambda folder: folder.stat().st_mtime, default=None)


def newest_built() -> Path:
    """The folder with what is built of the newest sources; it is only made where there is none."""
    with tempfile.TemporaryDirectory(prefix="larder-") as scratch:
        sources = Sources(Path(scratch), list(RECIPES))
        folder = KEPT / digest(sources.list)
        if not folder.is_dir():
            sources.unpack()
            made = Path(scratch) / "made"
            made.mkdir()
            (made / "sources").write_text(sources.list)
            with ThreadPoolExecutor() as pool:
                list(pool.map(lambda name: build(name, sources.folder(name), made), RECIPES))
            keep(made, folder)
    return folder


def keep(made: Path, folder: Path):
    """Moves a folder to where it stays, in one step: another run may do the same now."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parents[1]) as aside:
        shutil.copytree(made, Path(aside) / "new")
        try:
            (Path(aside) / "new").rename(folder)
        except OSError:
            if not folder.is_dir():
                raise


def build(name: str, source: Path, made: Path):
    """Builds one library; its bytes do not depend on where."""
    recipe = RECIPES[name]
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(source), "LC_ALL": "C", "CC": COMPILER,
        "CFLAGS": f"-O2 -fstack-protector-strong -D_FORTIFY_SOURCE=2 -ffile-prefix-map={source}=.",
        "LDFLAGS": "-Wl,-z,relro",
    }
    run = {"cwd": source, "env": environment}
    if name == "libarchive":
        # glibc 2.36 brought the function: without its own, libarchive would start on nothing older.
        random = source / "libarchive" / "archive_random.c"
        random.write_text(random.read_text().replace("arc4random_buf", "own_random_buf"))
    output("./configure", "--disable-static", *recipe.options.split(), **run)
    # Debian's patches made the inputs of autotools newer than what came of them.
    stale = ["ACLOCAL=:", "AUTOCONF=:", "AUTOHEADER=:", "AUTOMAKE=:"]
    target = recipe.file.split(".")[0] + ".la"
    output("make", "-j2", "-C", recipe.folder, target, *stale, **run)
    elf.strip(source / recipe.folder / ".libs" / recipe.file, made / recipe.file)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "larder-packaging"
# What another compiler, or another version of this file, would build is kept apart.
KEPT = CACHE / digest(Path(__file__).read_text() + output(COMPILER, "--version"))

if __name__ == "__main__" and not last_built():
    newest_built()
