"""Makes pipeline files with one or two mistakes, or none that matters, from correct ones."""

import copy
import json
import random

CORRECT = [
    {
        "$schema": "x",
        "$comment": ["why"],
        "version": 1,
        "name": "all",
        "sources": [
            {"type": "file", "id": "list", "path": "names.txt", "format": "list",
             "on_error": "skip", "description": "the list", "enabled": True, "$comment": 1},
            {"type": "stdin", "format": "detect", "transforms": []},
        ],
        "merge": {"policy": "union-files", "order": ["stdin", "list"]},
        "transforms": [],
        "render": {"packages_url": "../../files/", "title": "T", "logo": "l.svg",
                   "logo_width": 40, "per_release_json": False, "timestamps": True},
        "sinks": [
            {"type": "filesystem", "id": "out", "path": "public", "durable": False,
             "on_error": "warn"}
        ],
    },
    {
        "version": 1,
        "sources": [{"type": "stdin"}],
        "render": {"file_url": "https://files.example/{filename}"},
        "sinks": [{"type": "filesystem", "path": "public"}],
    },
]

# What no change of one place makes.
TWO_URLS = CORRECT[1] | {"render": {"file_url": "https://x.example/{filename}", "packages_url": "x/"}}

VALUES = [None, True, False, 0, 1, -1, 3.5, 10_001, 10**30, "", "x", "list", "fail", "a/../b",
          [], ["x"], [1], {}, {"x": 1}, {"type": "stdin"}, {"type": "file", "path": "p"}]


def places(node, found=None):
    """All containers of a file that are not empty, each with its keys or indices."""
    found = [] if found is None else found
    if isinstance(node, dict | list):
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if keys:
            found.append((node, keys))
        for key in keys:
            places(node[key], found)
    return found


def misspelled(word, rng):
    at = rng.randrange(len(word))
    return rng.choice([word[:at] + word[at + 1:], word[:at] + "q" + word[at:], word.upper()])


def mutate(file, rng):
    """Changes one place of a file."""
    node, keys = rng.choice(places(file))
    key = rng.choice(keys)
    kind = rng.choice(["delete", "replace", "replace", "misspell", "add", "copy", "swap"])
    if kind == "delete":
        del node[key]
    elif kind == "replace":
        node[key] = copy.deepcopy(rng.choice(VALUES))
    elif kind == "misspell" and isinstance(node, dict):
        node[misspelled(key, rng) or "x"] = node.pop(key)
    elif kind == "misspell" and isinstance(node[key], str) and node[key]:
        node[key] = misspelled(node[key], rng)
    elif kind == "add" and isinstance(node, dict):
        other, names = rng.choice(places(file))
        name = rng.choice([rng.choice(names), "$comment", "description", "id", "unknown"])
        node[str(name)] = copy.deepcopy(rng.choice(VALUES))
    elif kind == "copy" and isinstance(node, list):
        node.append(copy.deepcopy(node[key]))
    elif kind == "swap":
        other, names = rng.choice(places(file))
        name = rng.choice(names)
        node[key], other[name] = copy.deepcopy(other[name]), copy.deepcopy(node[key])


def mutants(bases, count, seed):
    """The texts of `count` files."""
    rng = random.Random(seed)
    for number in range(count):
        file = copy.deepcopy(bases[number % len(bases)])
        for _ in range(rng.choice([1, 1, 1, 2])):
            if places(file):
                mutate(file, rng)
        text = json.dumps(file, indent=1)
        if rng.randrange(25) == 0 and isinstance(file, dict) and file:
            # A key given twice: JSON parsers take the last.
            key = json.dumps(rng.choice(list(file)))
            text = text.replace("{", f"{{ {key}: null,", 1)
        yield text
