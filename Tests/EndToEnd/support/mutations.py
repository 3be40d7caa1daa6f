"""Breaks JSON texts at every token."""

import json
import re
from dataclasses import dataclass

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}\[\],:]')


@dataclass(frozen=True)
class Mutant:
    """A text that was broken at one token."""

    kind: str
    token: str
    text: str
    is_key: bool
    #: Whether the token stands in the options of a program, which only that one knows.
    is_foreign: bool = False

    @property
    def is_json(self):
        """Whether the text is strict JSON, in which no object has a key twice."""
        try:
            json.loads(self.text, object_pairs_hook=unique)
        except ValueError:
            return False
        return True


def unique(pairs):
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("duplicate key")
    return dict(pairs)


def misspelt(token):
    """The token with a slip: a letter too much, or another sign."""
    if token.startswith('"'):
        return f'{token[:2]}q{token[2:]}' if len(token) > 2 else '"q"'
    return {"true": "treu", "false": "flase", "null": "nil", ",": ";", ":": "=",
            "{": "(", "}": ")", "[": "(", "]": ")"}.get(token, token + "x")


def mutants(text):
    """Each token deleted, doubled, misspelt, and each value of another type."""
    tokens = list(TOKEN.finditer(text))
    options = [span_of(tokens, n + 2) for n, t in enumerate(tokens) if t.group() == '"options"']
    for number, match in enumerate(tokens):
        token, (start, end) = match.group(), match.span()
        is_foreign = any(first < start < last for first, last in options)
        is_key = token[0] == '"' and number + 1 < len(tokens) and tokens[number + 1][0] == ":"
        replacements = {
            "delete": "",
            "duplicate": f"{token} {token}",
            "misspell": misspelt(token),
        }
        if not is_key and token not in "{}[],:":
            replacements["type"] = '{ "": 5 }'
        for kind, replacement in replacements.items():
            yield Mutant(kind, token, text[:start] + replacement + text[end:], is_key, is_foreign)
        if token in "{[" and (close := end_of(tokens, number)) is not None:
            broken = text[:start] + "5" + text[tokens[close].end():]
            yield Mutant("type", token, broken, False, is_foreign)


def span_of(tokens, number):
    """Where an object begins and ends."""
    return tokens[number].start(), tokens[end_of(tokens, number)].end()


def end_of(tokens, number):
    """The number of the token that closes an object or an array."""
    depth = 0
    for place in range(number, len(tokens)):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(tokens[place][0], 0)
        if depth == 0:
            return place
    return None
