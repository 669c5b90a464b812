"""Discord's own OpenAPI document, held against replies; it is not part of the project, and may be absent."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

DOCUMENT = Path(__file__).parents[3] / "../shared/data/discord/openapi.json"
URI = "urn:discord"


@cache
def document() -> dict[str, Any] | None:
    return json.loads(DOCUMENT.read_text()) if DOCUMENT.exists() else None


@cache
def registry() -> Registry[Any]:
    return Registry().with_resource(URI, Resource(document(), DRAFT202012))


@cache
def template(method: str, path: str) -> str | None:
    """The documented path that a request is of, literal words first."""
    known = document()
    assert known is not None
    found = [
        pattern
        for pattern, operations in known["paths"].items()
        if method.lower() in operations and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", pattern), path)
    ]
    return min(found, key=lambda pattern: pattern.count("{"), default=None)


def check(method: str, path: str, status: int, body: Any) -> bool:
    """Raise when a reply is not as documented; False when the document does not know the request."""
    known = document()
    if known is None:
        return False
    pattern = template(method, path.partition("?")[0])
    if pattern is None:
        return False
    responses = known["paths"][pattern][method.lower()]["responses"]
    key = str(status) if str(status) in responses else f"{status // 100}XX"
    assert key in responses, f"{method} {pattern} answered {status}, documented are {sorted(responses)}"
    pointer = f"/paths/{_escaped(pattern)}/{method.lower()}/responses/{key}"
    if "$ref" in responses[key]:
        pointer = responses[key]["$ref"].removeprefix("#")
        responses = known["components"]["responses"]
        key = pointer.rpartition("/")[2]
    content = responses[key].get("content", {}).get("application/json")
    if content is None:
        assert body is None, f"{method} {pattern} {status} has no body in the document"
        return True
    if isinstance(body, dict) and body.get("code") == 50035:  # the document has numbers where Discord has words
        body = {key: value for key, value in body.items() if key != "errors"}
    schema = {"$ref": f"{URI}#{pointer}/content/application~1json/schema"}
    validator = jsonschema.Draft202012Validator(schema, registry=registry(), format_checker=jsonschema.FormatChecker())
    error = jsonschema.exceptions.best_match(validator.iter_errors(body))
    assert error is None, f"{method} {pattern} {status} at {error.json_path}: {error.message[:300]}"
    return True


def _escaped(pattern: str) -> str:
    """A path as one step of a JSON pointer inside a URI."""
    return pattern.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
