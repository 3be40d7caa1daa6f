"""The software bill of materials, as CycloneDX 1.6 JSON: what is inside of the wheel and the tarball."""

import hashlib
import json
import subprocess
import uuid
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from libraries import Library


def make(
    version: str, program: bytes, pins: Path, libraries: list[Library], moment: int
) -> bytes:
    """The document. The same contents make the same bytes."""
    own = {
        "type": "application", "bom-ref": "larder", "name": "larder", "version": version,
        "purl": f"pkg:pypi/larder@{version}", "hashes": hashes(program),
    }
    parts = [swift(), *map(package, json.loads(pins.read_text())["pins"]), *map(library, libraries)]
    document = {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": own,
        },
        "components": parts,
        "dependencies": [{"ref": "larder", "dependsOn": [part["bom-ref"] for part in parts]}],
    }
    seed = json.dumps(document, sort_keys=True)
    document["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, seed)}"
    return (json.dumps(document, indent=2, sort_keys=True) + "\n").encode()


def swift() -> dict:
    """The runtime, which is linked in."""
    said = subprocess.run(
        ["swiftc", "-print-target-info"], check=True, capture_output=True, text=True
    )
    version = json.loads(said.stdout)["compilerVersion"].split("Swift version ")[1].split()[0]
    return {
        "type": "framework", "bom-ref": "swift", "name": "swift", "version": version,
        "purl": f"pkg:github/swiftlang/swift@{version}",
    }


def package(pin: dict) -> dict:
    """A Swift package, which is linked in."""
    name, state = pin["identity"], pin["state"]
    place = pin["location"].removeprefix("https://").removesuffix(".git")
    return {
        "type": "library", "bom-ref": name, "name": name, "version": state["version"],
        "purl": f"pkg:swift/{place}@{state['version']}",
    }


def library(each: Library) -> dict:
    """A C library, which lies beside the binary."""
    name = each.source if each.is_built else each.package
    purl = f"pkg:deb/debian/{name}@{quote(each.version)}" + ("?arch=source" if each.is_built else "")
    return {
        "type": "library", "bom-ref": each.path.name, "name": each.path.name,
        "version": each.version, "purl": purl, "hashes": hashes(each.path.read_bytes()),
    }


def hashes(content: bytes) -> list:
    return [{"alg": "SHA-256", "content": hashlib.sha256(content).hexdigest()}]
