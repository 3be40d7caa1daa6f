"""What a power cut may leave of a folder, worked out from the system calls of a run.

The model is as strict as POSIX: what was not synced may be lost in any part, the bytes of a file
apart from its name, and one name apart from another. Only a rename happens wholly or not at all.
Most file systems keep more than that in order.
"""

import os
import re
import subprocess
from dataclasses import dataclass, field

CALLS = (
    "open,openat,openat2,creat,close,mkdir,mkdirat,write,pwrite64,writev,pwritev,truncate,ftruncate,"
    "link,linkat,symlink,symlinkat,rename,renameat,renameat2,unlink,unlinkat,rmdir,fsync,fdatasync,"
    "sync,syncfs,copy_file_range,sendfile,fchdir,dup,dup2,dup3"
)
NEVER = float("inf")


@dataclass
class Name:
    """Entries that change in one step: (folder, name) to a file or folder, or to None."""

    entries: dict
    durable: float = NEVER


@dataclass
class Data:
    """Bytes that are written to a file."""

    file: int
    offset: int
    content: bytes
    durable: float = NEVER


@dataclass
class Open:
    node: int
    offset: int = 0
    appends: bool = False


@dataclass
class Recording:
    """The changes that a run made to a folder, in their order, and when each was safe."""

    ground: str
    changes: list = field(default_factory=list)
    initial: dict = field(default_factory=dict)  # folder: {name: node}
    contents: dict = field(default_factory=dict)  # file: bytes

    def __post_init__(self):
        self.root = self.load(self.ground)
        self.tree = {folder: dict(names) for folder, names in self.initial.items()}
        self.sizes = {file: len(content) for file, content in self.contents.items()}
        self.open, self.begun = {}, {}

    def load(self, path):
        node = len(self.initial) + len(self.contents)
        if os.path.isfile(path):
            with open(path, "rb") as file:
                self.contents[node] = file.read()
            return node
        names = self.initial[node] = {}
        for name in os.listdir(os.fsencode(path)):
            names[name] = self.load(os.path.join(os.fsencode(path), name))
        return node

    # Reading what strace wrote.

    def run(self, command, log, **options):
        """Runs a command and records it; gives the status."""
        strace = ["strace", "-f", "-qq", "-xx", "-s", str(1 << 24), "-o", log, "-e", f"trace={CALLS}"]
        command = list(map(str, [*strace, *command]))
        done = subprocess.run(command, cwd=self.ground, capture_output=True, text=True, **options)
        for line in log.read_text().splitlines():
            thread, text = line.split(maxsplit=1)
            self.read(thread, text)
        return done

    def read(self, thread, text):
        if text.endswith("<unfinished ...>"):
            self.begun[thread] = text.removesuffix("<unfinished ...>"), len(self.changes)
            # Its number may be given again before the end of the call is seen.
            if text.startswith("close("):
                self.open.pop(int(re.search(r"\d+", text)[0]), None)
            return
        start = len(self.changes)
        if found := re.match(r"<\.\.\. \w+ resumed>(.*)", text):
            beginning, start = self.begun.pop(thread)
            text = beginning + found[1]
            if text.startswith("close("):
                return
        found = re.match(r"(\w+)\((.*)\) += (-?\d+)", text)
        if not found or int(found[3]) < 0:
            return
        call, result = found[1], int(found[3])
        arguments = [parse(part.strip()) for part in found[2].split(", ")]
        handler = getattr(self, f"do_{call}", None)
        assert handler, f"the model does not know {call}"
        handler(arguments, result, start)

    def place(self, folder, path):
        """The folder that a path is in, and its last name; None outside of the ground."""
        node = self.root if folder == "AT_FDCWD" else None
        if path.startswith(b"/"):
            ground = os.fsencode(self.ground) + b"/"
            if not (path + b"/").startswith(ground):
                return None
            node, path = self.root, path[len(ground) :]
        elif node is None:
            opened = self.open.get(int(folder))
            if opened is None:
                return None
            node = opened.node
        *folders, name = [part for part in path.split(b"/") if part not in (b"", b".")] or [b""]
        for depth, part in enumerate(folders, 1):
            parent, node = node, self.tree.get(node, {}).get(part)
            if node is None:
                node = self.made_meanwhile(folder, b"/".join(folders[:depth]), (parent, part))
            if node is None:
                return None
        return node, name

    def made_meanwhile(self, folder, path, place):
        """The folder that a call has made before strace says so, as one that took place in it shows."""
        spelled = "".join(f"\\x{byte:02x}" for byte in path)
        text = f'mkdirat({folder}, "{spelled}", '
        for thread, (beginning, start) in self.begun.items():
            if beginning.startswith(text):
                # Its end will be news no more.
                self.begun[thread] = "", start
                return self.new(place, is_folder=True)
        return None

    def node(self, place):
        folder, name = place
        return self.tree.get(folder, {}).get(name) if name else folder

    def change(self, entries):
        self.changes.append(Name(entries))
        for (folder, name), node in entries.items():
            if node is None:
                self.tree[folder].pop(name, None)
            else:
                self.tree[folder][name] = node

    def new(self, place, *, is_folder):
        node = len(self.tree) + len(self.sizes)
        (self.tree if is_folder else self.sizes)[node] = {} if is_folder else 0
        self.change({place: node})
        return node

    def do_openat(self, arguments, result, _):
        self.open.pop(result, None)
        flags = arguments[2].split("|")
        place = self.place(*arguments[:2])
        if place is None or "O_TMPFILE" in flags:
            return
        node = self.node(place)
        if node is None:
            assert "O_CREAT" in flags, "something was opened that is not there"
            node = self.new(place, is_folder=False)
        assert "O_TRUNC" not in flags
        self.open[result] = Open(node, appends="O_APPEND" in flags)

    def do_close(self, arguments, *_):
        self.open.pop(int(arguments[0]), None)

    def do_mkdirat(self, arguments, *_):
        if place := self.place(*arguments[:2]):
            self.new(place, is_folder=True)

    def do_write(self, arguments, result, _):
        if opened := self.open.get(int(arguments[0])):
            offset = self.sizes[opened.node] if opened.appends else opened.offset
            self.write(opened.node, offset, arguments[1][:result])
            opened.offset = offset + result

    def do_pwrite64(self, arguments, result, _):
        if opened := self.open.get(int(arguments[0])):
            self.write(opened.node, int(arguments[3]), arguments[1][:result])

    def write(self, file, offset, content):
        self.changes.append(Data(file, offset, content))
        self.sizes[file] = max(self.sizes[file], offset + len(content))

    def do_linkat(self, arguments, *_):
        if new := self.place(*arguments[2:4]):
            self.change({new: self.node(self.place(*arguments[:2]))})

    def do_renameat(self, arguments, *_):
        if new := self.place(*arguments[2:4]):
            old = self.place(*arguments[:2])
            self.change({new: self.node(old), old: None})

    def do_renameat2(self, arguments, *_):
        if a := self.place(*arguments[:2]):
            assert arguments[4] == "RENAME_EXCHANGE"
            b = self.place(*arguments[2:4])
            self.change({a: self.node(b), b: self.node(a)})

    def do_unlinkat(self, arguments, *_):
        if place := self.place(*arguments[:2]):
            self.change({place: None})

    def do_fsync(self, arguments, _, start):
        opened = self.open.get(int(arguments[0]))
        if opened is None:
            return
        for change in self.changes[:start]:
            if isinstance(change, Data):
                is_meant = change.file == opened.node
            else:
                is_meant = any(folder == opened.node for folder, _ in change.entries)
            if is_meant:
                change.durable = min(change.durable, len(self.changes))

    do_fdatasync = do_fsync

    def do_syncfs(self, arguments, _, start):
        if int(arguments[0]) in self.open:
            for change in self.changes[:start]:
                change.durable = min(change.durable, len(self.changes))

    # Crashes.

    def crash(self, rng, moment):
        """What may be there when only the first `moment` changes were made: paths to bytes.

        Without `rng`, nothing is lost.
        """
        names = {folder: dict(entries) for folder, entries in self.initial.items()}
        contents = {file: bytearray(content) for file, content in self.contents.items()}
        luck = rng and rng.choice((0.02, 0.3, 0.7, 0.98))
        fates = {}
        for change in self.changes[:moment]:
            is_safe = rng is None or change.durable <= moment
            if isinstance(change, Name):
                if is_safe or rng.random() < luck:
                    for (folder, name), node in change.entries.items():
                        names.setdefault(folder, {})[name] = node
                continue
            content, kept = change.content, len(change.content)
            if not is_safe:
                # Files that nobody synced are empty, cut, full of zeros, or there.
                fate = fates.setdefault(change.file, rng.choice(("empty", "cut", "zeros", "whole")))
                kept = {"empty": 0, "cut": rng.randrange(kept + 1)}.get(fate, kept)
                content = bytes(kept) if fate == "zeros" else content
            file = contents.setdefault(change.file, bytearray())
            if kept:
                file.extend(bytes(max(0, change.offset - len(file))))
                file[change.offset : change.offset + kept] = content[:kept]
        tree = {}
        self.walk(names, contents, self.root, b"", tree)
        return tree

    def walk(self, names, contents, folder, path, tree):
        for name, node in names.get(folder, {}).items():
            if node in self.tree:
                self.walk(names, contents, node, path + name + b"/", tree)
            elif node is not None:
                tree[os.fsdecode(path + name)] = bytes(contents.get(node, b""))


def parse(argument):
    """An argument of a call: bytes if it is in quotation marks."""
    if not argument.startswith('"'):
        return argument
    assert argument.endswith('"'), "strace cut a text"
    return bytes.fromhex(argument[1:-1].replace("\\x", ""))
