"""JSON Schemas of the pages, written from the specifications."""

import json
from pathlib import Path

from jsonschema_rs import Draft202012Validator, Registry

FOLDER = Path(__file__).resolve().parents[1] / "schemas"


def validator(name):
    """What checks a page against the schema of that name."""
    schemas = {path.stem: json.loads(path.read_bytes()) for path in FOLDER.glob("*.json")}
    registry = Registry([(f"urn:{other}", schema) for other, schema in schemas.items()])
    return Draft202012Validator(schemas[name], registry=registry)
