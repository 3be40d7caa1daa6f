"""The C libraries that go along with larder, for machines that have none or other ones.

Most are Debian's, as they are. libcurl, libxml2 and libarchive are built from Debian's sources with
what larder uses and nothing else: Debian's own bring thirty more libraries and 31 MB of ICU.
"""

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import elf

# What the packages of README.md bring, by the name that the loader looks for.
DEBIAN = [
    "libbz2.so.1.0", "libcrypto.so.3", "libdeflate.so.0", "liblzma.so.5", "libnghttp2.so.14",
    "libssl.so.3", "libz.so.1", "libzstd.so.1",
]
COMPILER = "clang"  # It comes with Swift.
KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg"


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


def libraries() -> list[Library]:
    """All of them, ordered by name; those that are built stay in a cache."""
    taken = [debian_library(name) for name in DEBIAN]
    with tempfile.TemporaryDirectory(prefix="larder-") as scratch:
        return sorted(taken + built_libraries(Path(scratch)), key=lambda library: library.path.name)


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


def built_libraries(scratch: Path) -> list[Library]:
    sources = Sources(scratch)
    key = hashlib.sha256(Path(__file__).read_bytes())
    key.update(output(COMPILER, "--version").encode() + sources.list.encode())
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    cache = home / "larder-packaging" / key.hexdigest()[:32]
    if not cache.is_dir():
        sources.unpack()
        made = scratch / "made"
        made.mkdir()
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda name: build(name, sources.folder(name), made), RECIPES))
        keep(made, cache)
    return [
        replace(
            debian_library(recipe.file), path=cache / recipe.file, version=sources.version(name),
            is_built=True,
        )
        for name, recipe in RECIPES.items()
    ]


def keep(made: Path, cache: Path):
    """Moves a folder into the cache in one step: another run may do the same now."""
    cache.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=cache.parent))
    shutil.copytree(made, aside, dirs_exist_ok=True)
    try:
        aside.rename(cache)
    except OSError:
        shutil.rmtree(aside)
        if not cache.is_dir():
            raise


class Sources:
    """Debian's sources of the libraries that are built, with its patches; apt checks them."""

    def __init__(self, scratch: Path):
        """Reads which there are, in the archives that the machine's own apt knows."""
        self.scratch = scratch
        known = output(
            "apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)",
            "Created-By: Packages", "Origin: Debian",
        )
        lines = [f"deb-src [signed-by={KEYS}] {line}\n" for line in sorted(set(known.splitlines()))]
        (scratch / "sources.list").write_text("".join(lines))
        (scratch / "lists" / "partial").mkdir(parents=True)
        self.apt("update")
        self.list = self.apt("source", "--print-uris", "--download-only", *RECIPES)

    def apt(self, *arguments: str) -> str:
        return output(
            "apt-get", "--quiet",
            "-o", f"Dir::Etc::SourceList={self.scratch}/sources.list", "-o", "Dir::Etc::SourceParts=-",
            "-o", f"Dir::State::Lists={self.scratch}/lists", "-o", "Dir::Cache::pkgcache=",
            "-o", "Dir::Cache::srcpkgcache=", "-o", "APT::Sandbox::User=", *arguments,
            cwd=self.scratch,
        )

    def version(self, name: str) -> str:
        (version,) = re.findall(rf" {name}_(\S+)\.dsc ", self.list)
        return version

    def unpack(self):
        self.apt("source", *RECIPES)

    def folder(self, name: str) -> Path:
        (folder,) = self.scratch.glob(f"{name}-*/")
        return folder


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


def output(*command: str, **options) -> str:
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done.stdout
