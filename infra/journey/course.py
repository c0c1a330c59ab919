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
    """Those of the lessons, of the final test, of the units' tests and of the placement test."""
    units = (item for unit in course["units"] for item in (unit.get("test") or {}).get("items", []))
    entry = course.get("entry_test") or {}
    placement = [*entry.get("clause_items", []), *(item for part in entry.get("parts", []) for item in part["items"])]
    return [*(item for lesson in lessons(course) for item in lesson_items(lesson)), *course["assessment"]["items"], *units, *placement]


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


OPEN = {"short_answer", "writing", "role_play"}
"""Types that a trainer grades."""

PRACTICE = {"dictation", "read_aloud", "flashcard"}
"""Types that no final test holds."""


def right_answer(item: Json, key: Json) -> Json:
    """The response that the key calls right; for an open question, a good answer of a fitting length."""
    answer: Json = key["answer"]
    kind = answer["type"]
    match kind:
        case "gap" | "form_fill":
            return {"type": kind, "entries": {place: accepted[0] for place, accepted in answer["accepted"].items()}}
        case "transformation" | "error_correction":
            return {"type": kind, "text": answer["accepted"][0]}
        case "short_answer" | "writing":
            return {"type": kind, "text": fitting(answer["model"], item["body"])}
        case "role_play":
            return {"type": kind, "text": answer["model"]}
        case "read_aloud":
            return {"type": kind, "heard": answer["text"]}
        case "flashcard":
            return {"type": kind, "recalled": True}
    named = ("choice", "choices", "pairs", "order", "value", "groups", "words", "text")
    return {"type": kind} | {name: answer[name] for name in named if name in answer}


def wrong_answer(item: Json, key: Json) -> Json:
    """A response that the key calls wrong."""
    right, body = right_answer(item, key), item["body"]
    match body["type"]:
        case "single_choice" | "tap_evidence":
            options = body.get("options") or body["sentences"]
            return right | {"choice": next(o["id"] for o in options if o["id"] != right["choice"])}
        case "true_false":
            return right | {"value": not right["value"]}
        case "multi_select":
            others = [o["id"] for o in body["options"] if o["id"] not in right["choices"]]
            return right | {"choices": [*others, *right["choices"]][: len(right["choices"])]}
        case "gap" | "form_fill":
            return right | {"entries": dict.fromkeys(right["entries"], "xylophone")}
        case "gap_select":
            chosen = {gap: next(o["id"] for o in body["options"][gap] if o["id"] != own) for gap, own in right["choices"].items()}
            return right | {"choices": chosen}
        case "category_sort":
            groups = [c["id"] for c in body["categories"]]
            return right | {"groups": {e: next(g for g in groups if g != own) for e, own in right["groups"].items()}}
        case "word_bank":
            spare = next((w["id"] for w in body["words"] if w["id"] not in right["words"].values()), None)
            placed = list(right["words"].values())
            moved = [spare, *placed[1:]] if spare else placed[1:] + placed[:1]
            return right | {"words": dict(zip(right["words"], moved, strict=True))}
        case "matching":
            ends = list(right["pairs"].values())
            return right | {"pairs": dict(zip(right["pairs"], ends[1:] + ends[:1], strict=True))}
        case "step_ordering":
            return right | {"order": right["order"][::-1]}
        case "dictation" | "transformation" | "error_correction":
            return right | {"text": "xylophone"}
        case "read_aloud":
            return right | {"heard": "xylophone"}
        case "flashcard":
            return right | {"recalled": False}
    return right


def fitting(model: str, body: Json) -> str:
    """The model answer, cut or filled to the number of words that the item asks for."""
    words = model.split() or ["Yes."]
    while len(words) < body["min_words"]:
        words += ["I", "follow", "the", "procedure", "and", "tell", "my", "supervisor."]
    return " ".join(words[: body["max_words"]])
