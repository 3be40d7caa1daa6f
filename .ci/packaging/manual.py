"""The manual page, of what the command says of itself."""

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

# Told once for all verbs.
COMMON = {"help", "version"}


def manual(binary: Path, version: str, moment: int) -> str:
    """larder(1) in the language of man(7)."""
    said = subprocess.run(
        [binary, "--experimental-dump-help"], check=True, capture_output=True, text=True
    )
    top = json.loads(said.stdout)["command"]
    day = datetime.fromtimestamp(moment, UTC).date()
    lines = [
        f'.TH LARDER 1 "{day}" "larder {escaped(version)}" "User Commands"',
        ".SH NAME", rf"larder \- {escaped(top['abstract'].rstrip('.'))}",
        ".SH SYNOPSIS", ".B larder", r"\fIverb\fR [\fIoption\fR ...] [\fIargument\fR ...]",
        ".SH VERBS",
    ]
    for verb in top["subcommands"]:
        lines += section(verb, "larder")
    lines += [
        ".SH OPTIONS OF ALL VERBS",
        *tagged(r"\fB\-h\fR, \fB\-\-help\fR", "Show help information."),
        *tagged(r"\fB\-\-version\fR", "Show the version."),
    ]
    return "\n".join(lines) + "\n"


def section(verb: dict, before: str) -> list[str]:
    name = f"{before} {verb['commandName']}"
    arguments = [each for each in verb.get("arguments", []) if is_told(each)]
    lines = [f'.SS "{escaped(" ".join([name, *map(usage, arguments)]))}"']
    lines += escaped(verb["abstract"]).splitlines()
    for paragraph in verb.get("discussion", "").split("\n\n"):
        told = escaped(paragraph).splitlines()
        # Columns, such as examples and what they do, stay as they are.
        lines += [".PP", *([".nf", *told, ".fi"] if "   " in paragraph else told)]
    for argument in arguments:
        lines += tagged(title(argument), escaped(text(argument)))
    for verb in verb.get("subcommands", []):
        lines += section(verb, name)
    return lines


def is_told(argument: dict) -> bool:
    return argument["shouldDisplay"] and argument["valueName"] not in COMMON


def usage(argument: dict) -> str:
    if argument["kind"] != "positional":
        word = spelling(argument["preferredName"])
        word += f" {argument['valueName']}" if argument["kind"] == "option" else ""
    else:
        word = argument["valueName"]
    word += " ..." if argument["isRepeating"] else ""
    return f"[{word}]" if argument["isOptional"] else word


def spelling(name: dict) -> str:
    return ("-" if name["kind"] == "short" else "--") + name["name"]


def title(argument: dict) -> str:
    value = rf"\fI{escaped(argument['valueName'])}\fR"
    if argument["kind"] == "positional":
        return value
    names = ", ".join(rf"\fB{escaped(spelling(name))}\fR" for name in argument["names"])
    return f"{names} {value}" if argument["kind"] == "option" else names


def text(argument: dict) -> str:
    told = argument.get("abstract", "")
    if argument.get("allValues"):
        told += f" One of: {', '.join(argument['allValues'])}."
    if argument.get("defaultValue"):
        told += f" Default: {argument['defaultValue']}."
    return told


def tagged(tag: str, told: str) -> list[str]:
    return [".TP", tag, *told.splitlines()]


def escaped(words: str) -> str:
    r"""As roff prints it: a hyphen that can be copied, and no line that it takes for a command."""
    words = words.replace("\\", r"\e").replace("-", r"\-").replace('"', r"\(dq")
    return "\n".join(r"\&" + line if line[:1] in (".", "'") else line for line in words.split("\n"))
