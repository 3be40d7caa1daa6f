"""Reads JSON lines as dumb-pypi does: load_packages.py FILE PASSES. Prints the times of passes."""

import contextlib
import io
import json
import sys
import time

from dumb_pypi import main as dumb_pypi

KEYS = ("filename", "hash", "requires_python", "upload_timestamp", "uploaded_by", "yanked_reason")


def main(path, passes):
    with open(path, encoding="utf-8") as lines:
        texts = [known(line) for line in lines]
    print(json.dumps({"ms": [milliseconds(texts) for _ in range(int(passes))]}))


def known(line):
    """The line without the keys that dumb-pypi would refuse."""
    return json.dumps({key: value for key, value in json.loads(line).items() if key in KEYS})


def milliseconds(texts):
    start = time.process_time()
    with contextlib.redirect_stderr(io.StringIO()):
        dumb_pypi._create_packages(json.loads(text) for text in texts)
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    main(*sys.argv[1:])
