"""JSON Schemas of the pages, written from the specifications."""

import json
from pathlib import Path

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

FOLDER = Path(__file__).resolve().parents[1] / "schemas"


def validator(name):
    """What checks a page against the schema of that name."""
    schemas = {path.stem: json.loads(path.read_bytes()) for path in FOLDER.glob("*.json")}
    registry = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in schemas.values()
    )
    Draft202012Validator.check_schema(schemas[name])
    return Draft202012Validator(schemas[name], registry=registry)
