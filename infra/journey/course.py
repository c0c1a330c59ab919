"""Reading a course package: its parts, its proofs, and answers to its items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from .client import Json

LANGUAGE = "language"


def lessons(course: Json) -> list[Json]:
    """In teaching order."""
    return [lesson for unit in course["units"] for lesson in unit["lessons"]]


def lesson_items(lesson: Json) -> list[Json]:
    """All items of a lesson's activities."""
    return [item for activity in lesson["activities"] for item in activity["items"]]


def items(course: Json) -> list[Json]:
    """Those of the lessons, then those of the assessment."""
    return [*(item for lesson in lessons(course) for item in lesson_items(lesson)), *course["assessment"]["items"]]


def items_by_type(course: Json) -> Counter[str]:
    """How many items of each type there are."""
    return Counter(item["body"]["type"] for item in items(course))


def claims(package: Json) -> Iterator[tuple[str, list[Json]]]:
    """Everything that says something about the SOP, as (where it stands, its proofs)."""
    yield from _proven(package["course"], "course")
    for item_id, key in package["keys"].items():
        yield f"keys.{item_id}", key["provenance"]


def _proven(value: Any, place: str) -> Iterator[tuple[str, list[Json]]]:
    if isinstance(value, dict):
        if "relation" in value and "provenance" in value:
            if value["relation"] != LANGUAGE:
                yield place, value["provenance"]
            return
        for name, part in value.items():
            yield from _proven(part, f"{place}.{name}")
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _proven(part, f"{place}[{index}]")


def resolves(proof: Json, sops: dict[str, Json]) -> bool:
    """Whether the quote stands word for word at its span, inside the clause that it names."""
    sop = sops.get(proof["document_id"])
    if sop is None or not proof["quote"]:
        return False
    start, end = proof["span"]["start"], proof["span"]["end"]
    clause = next((c for c in sop["clauses"] if c["id"] == proof["clause_id"]), None)
    inside = clause is not None and clause["span"]["start"] <= start and end <= clause["span"]["end"]
    return inside and sop["text"][start:end] == proof["quote"]


def unproven(package: Json, sops: dict[str, Json]) -> tuple[int, list[str]]:
    """How many claims there are, and the places of those that the SOP does not bear out."""
    found = list(claims(package))
    return len(found), [place for place, proofs in found if not proofs or not all(resolves(p, sops) for p in proofs)]


def right_answer(item: Json, key: Json) -> Json:
    """The response that the key calls right; for an open question, a good answer of a fitting length."""
    answer: Json = key["answer"]
    kind = answer["type"]
    if kind == "gap":
        return {"type": kind, "entries": {gap: accepted[0] for gap, accepted in answer["accepted"].items()}}
    if kind == "short_answer":
        return {"type": kind, "text": fitting(answer["model"], item["body"])}
    return {"type": kind} | {name: answer[name] for name in ("choice", "choices", "pairs", "order") if name in answer}


def wrong_answer(item: Json, key: Json) -> Json:
    """A response that the key calls wrong."""
    right, body = right_answer(item, key), item["body"]
    match body["type"]:
        case "single_choice":
            return right | {"choice": next(o["id"] for o in body["options"] if o["id"] != right["choice"])}
        case "multi_select":
            others = [o["id"] for o in body["options"] if o["id"] not in right["choices"]]
            return right | {"choices": [*others, *right["choices"]][: len(right["choices"])]}
        case "gap":
            return right | {"entries": dict.fromkeys(right["entries"], "xylophone")}
        case "matching":
            ends = list(right["pairs"].values())
            return right | {"pairs": dict(zip(right["pairs"], ends[1:] + ends[:1], strict=True))}
        case "step_ordering":
            return right | {"order": right["order"][::-1]}
    return right


def fitting(model: str, body: Json) -> str:
    """The model answer, cut or filled to the number of words that the item asks for."""
    words = model.split() or ["Yes."]
    while len(words) < body["min_words"]:
        words += ["I", "follow", "the", "procedure", "and", "tell", "my", "supervisor."]
    return " ".join(words[: body["max_words"]])
