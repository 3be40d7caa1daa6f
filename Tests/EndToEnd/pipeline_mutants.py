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
        "requires": ">=0",
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
             "on_error": "warn"},
            {"$include": "more-sinks.json"},
        ],
        "guards": {"min_projects": 1, "max_removed_projects": "5%", "max_removed_files": 20,
                   "allow_empty_projects": True},
    },
    {
        "version": 1,
        "sources": [{"type": "stdin"}],
        "render": {"file_url": "https://files.example/{filename}"},
        "sinks": [{"type": "filesystem", "path": "public"}],
    },
]

# The same with conditions, and each transform.
CORRECT.append(CORRECT[1] | {
    "merge": {"exceptions": [
        {"project": "torch", "policy": "union-files", "reason": "both are ours", "$comment": 1}
    ]},
    "transforms": [
        {"type": "filter", "keep": {"any": [
            {"kind": "sdist"},
            {"platform": ["any", "manylinux*"], "python": ["py3", {"file": "pythons.txt"}]},
        ]}},
        {"type": "filter", "drop": {"uploaded_after": "7d", "not": {"project": "acme-*"}}},
        {"type": "filter", "drop": {"size": {"at_least": "1GiB"}, "yanked": False,
                                    "version": "<2", "requires_python_allows": "3.9"}},
        {"type": "latest", "count": 10, "where": {"source": "stdin", "prerelease": True}},
        {"type": "normalize"}, {"type": "dedupe", "by": "filename", "prefer": "newest"},
        {"type": "sort", "by": ["project", "-version"]},
        {"type": "set", "values": {"yanked": "broken"}, "where": {"filename": "*+debug*"}},
        {"type": "rename-url", "template": "https://files.example/{filename}"},
        {"type": "annotate", "status": "archived", "reason": "moved"},
    ],
    "after_publish": [
        {"type": "exec", "id": "purge", "command": ["purge"], "timeout": "5m", "on_error": "warn"},
    ],
})

# What changes of one place hardly make.
RARE = [
    CORRECT[1]
    | {"render": {"file_url": "https://files.example/{filename}", "packages_url": "../pool/"}},
    CORRECT[1] | {"requires": ">=99"},
    CORRECT[1] | {"sinks": [{"type": "filesystem", "id": "same", "path": path} for path in "ab"]},
    CORRECT[1] | {"name": "${env:}"},
    CORRECT[1] | {"sources": [{"type": "stdin"}, {"type": "stdin"}]},
    CORRECT[1] | {"sinks": [{"type": "filesystem", "path": path} for path in ["a", "a/b"]]},
    CORRECT[1] | {"merge": {"order": ["nobody"]}},
    CORRECT[1] | {"transforms": [{"type": "filter"}]},
    CORRECT[1] | {"transforms": [{"type": "filter", "drop": {"size": {}}}]},
    CORRECT[1] | {"transforms": [{"type": "filter", "drop": {"source": {"file": "ids.txt"}}}]},
    CORRECT[1] | {"transforms": [{"type": "filter", "drop": {"kind": "sdist", "abi": "none"}}]},
    CORRECT[1] | {"transforms": [{"$include": "../outside.json"}]},
]

VALUES = [None, True, False, 0, 1, -1, 3.5, 10_001, 10**30, "", "x", "list", "fail", "a/../b",
          "${env:X}", "${env:X:-true}", "${file:x}", "$${env:X}", "${X}", "5%", "101%", "90s",
          {"$include": "part.json"}, {"$include": 1}, [], ["x"], [1], {}, {"x": 1},
          {"type": "stdin"}, {"type": "file", "path": "p"}, {"project": "x"}]


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
