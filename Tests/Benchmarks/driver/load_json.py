"""Loads JSON lines from memory with Python: load_json.py FILE PASSES. Prints the times of passes."""

import json
import sys
import time


def main(path, passes):
    with open(path, encoding="utf-8") as lines:
        texts = lines.read().splitlines()
    print(json.dumps({"ms": [milliseconds(texts) for _ in range(int(passes))]}))


def milliseconds(texts):
    start = time.process_time()
    for text in texts:
        json.loads(text)
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    main(*sys.argv[1:])
