"""The committed OpenAPI documents as lists of operations, and bodies that fit their schemas."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
SERVICES = ("user", "sales", "sop-ingest", "course-gen", "course-mgmt", "learning", "trainer", "notification")
Json = dict[str, Any]

# Where the schema alone does not say what the rules of a field are.
FITTING: dict[str, Json] = {
    "create_document": {"file_name": "a.md", "size_bytes": 3, "content_type": "text/markdown", "sha256": "0" * 64},
    "update_user": {"client_ids": []},
    "update_client": {"name": "Another name"},
    "update_request": {"title": "Another title"},
    "create_assignments": {"user_ids": [str(uuid.uuid4())], "role": "student"},
    "create_attempt": {"response": {"type": "single_choice", "choice": "a"}},
    "submit_assessment": {"responses": {}},
    "create_session": {"title": "A lesson", "starts_at": "2027-03-01T09:00:00Z", "minutes": 45},
    "put_attendance": {"entries": []},
}


@dataclass(frozen=True)
class Operation:
    """One operation of one service."""

    service: str
    method: str
    path: str
    id: str
    role: str
    path_parameters: tuple[str, ...]
    query_parameters: tuple[str, ...]
    headers: tuple[str, ...]
    schema: str | None

    def __str__(self) -> str:
        """As tests are labelled."""
        return f"{self.service}:{self.id}"

    def url(self, ids: dict[str, str]) -> str:
        """The path with ids in it."""
        return self.path.format_map(ids)

    def body(self) -> Json:
        """A body that the schema and the field rules allow."""
        if self.id in FITTING:
            return FITTING[self.id]
        if self.schema is None:
            return {}
        document = _document(self.service)
        body: Json = _value(json.loads(self.schema), document, "")
        return body


@cache
def _document(service: str) -> Json:
    file = ROOT / f"{service}-service" / "openapi.json"  # a missing one is a test's finding, not the end of all tests
    document: Json = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {"paths": {}}
    return document


@cache
def operations() -> tuple[Operation, ...]:
    """Every operation of the eight documents."""
    found = []
    for service in SERVICES:
        for path, methods in _document(service)["paths"].items():
            shared = methods.get("parameters", [])
            for method, spec in methods.items():
                if method != "parameters":
                    found.append(_operation(service, method.upper(), path, spec, shared))
    return tuple(found)


def _operation(service: str, method: str, path: str, spec: Json, shared: list[Json]) -> Operation:
    parameters = [*shared, *spec.get("parameters", [])]
    schema = spec.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")

    def names(place: str) -> tuple[str, ...]:
        return tuple(p["name"] for p in parameters if p["in"] == place)

    text = json.dumps(schema) if schema else None
    return Operation(service, method, path, spec["operationId"], role_of(path), names("path"), names("query"), names("header"), text)


@cache
def _routes() -> list[Json]:
    routes: list[Json] = yaml.safe_load((ROOT / "infra" / "routes.yaml").read_text(encoding="utf-8"))["routes"]
    return sorted((r for r in routes if "prefix" in r), key=lambda r: -len(r["prefix"]))


def role_of(path: str) -> str:
    """Who calls a path in the first place, by the gateway's table; `public` and `signed-in` as they stand there."""
    if path.endswith("/deliveries"):
        return "admin"
    if path.startswith("/v1/generation"):
        return "course_manager"
    route = next(r for r in _routes() if path.startswith(r["prefix"]))
    who = route["who"]
    return str(who if isinstance(who, str) else who[0])


def _value(schema: Json, document: Json, name: str) -> Any:
    if "$ref" in schema:
        return _value(document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]], document, name)
    for choice in ("oneOf", "anyOf", "allOf"):
        if choice in schema:
            return _value(next(s for s in schema[choice] if s.get("type") != "null"), document, name)
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    kind = next(k for k in kind if k != "null") if isinstance(kind, list) else kind
    match kind:
        case "object":
            properties = schema.get("properties", {})
            return {n: _value(properties[n], document, n) for n in schema.get("required", [])}
        case "array":
            return [_value(schema["items"], document, name)]
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return True
    return _string(schema.get("format", ""), name)


def _string(form: str, name: str) -> str:
    known = {
        "uuid": "01920000-0000-7000-8000-000000000099",
        "date": "2027-01-31",
        "date-time": "2027-01-31T09:00:00Z",
        "password": "Long-enough-1",
    }
    by_name = {"email": "nobody@example.com", "session": "s" * 24, "code": "123456"}
    return known.get(form.lower()) or by_name.get(name) or f"A {name}"
