"""Does what a page of the docs tells its reader to do, in order, and compares what it shows."""

import re
import subprocess
import textwrap

BLOCK = re.compile(
    r"^(?P<indent> *)```(?P<language>\w+)\n(?P<text>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL
)
NAMED = re.compile(r"`([\w./-]+)`[^`]*:\n\n\Z")


def steps(page):
    """The blocks of a page: (language, the file that the sentence before names or None, text)."""
    for block in BLOCK.finditer(page):
        named = NAMED.search(page[: block.start()])
        yield block["language"], named and named[1], textwrap.dedent(block["text"])


def steady(text):
    """A text without what is different elsewhere: how long things took, and how large they are."""
    text = re.sub(r" +\d[\d.]* m?s$", "", text, flags=re.MULTILINE)
    return re.sub(r"\d+ (?:B|KiB)\b", "size", text)


class Shell:
    """A shell that stays where a reader is, from one block to the next."""

    def __init__(self, folder, environment):
        self.folder, self.environment = folder, environment

    def run(self, script):
        """Runs a block; its output, and that of errors, without times."""
        place = self.folder / ".place"
        begin = f"set -e; trap 'pwd > {place}' EXIT; cd \"$(cat {place} 2>/dev/null || pwd)\"\n"
        output = self.folder / ".output"
        # A file, since servers that the reader starts keep the output open.
        with output.open("w") as said:
            done = subprocess.run(
                ["bash", "-c", begin + script], cwd=self.folder, env=self.environment,
                stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, timeout=120,
            )
        text = output.read_text()
        assert done.returncode == 0, f"{script}\n{text}"
        return steady(text)

    @property
    def place(self):
        return self.folder / (self.folder / ".place").read_text().strip()


def follow(page, shell, replacing=()):
    """Follows a page; `replacing` are pairs of what is other here than at the reader's.

    Returns what each command printed.
    """
    printed, last = [], ""
    for language, name, text in steps(page):
        for old, new in replacing:
            text = text.replace(old, new)
        if language == "sh":
            last = shell.run(text)
            printed.append(last)
        elif language == "text":
            assert last == steady(text), f"it is shown:\n{text}\nbut it is:\n{last}"
        elif name:
            (shell.place / name).write_text(text)
    return printed
