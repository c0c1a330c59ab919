"""What is printed at the end: times, the course, one lesson in full, mail, where to look."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import course as reading
from .client import Json
from .journey import STEPS, Journey
from .people import Cast, accounts_file

WIDTH = 110
RULE = "-" * WIDTH


def heading(text: str) -> str:
    """A line that divides the output."""
    return f"\n{text}\n{RULE}"


def times(journey: Journey) -> Iterator[str]:
    """The ten steps with their seconds."""
    yield heading("How long it took")
    for number, title in enumerate(STEPS, 1):
        yield f"{number:>3}. {title:<62}{journey.times.get(number, 0.0):>8.2f} s"


def overview(package: Json) -> Iterator[str]:
    """Units, lessons, items by type."""
    course = package["course"]
    yield heading(f"The course: {course['title']} ({course['level']})")
    for unit in course["units"]:
        yield f"Unit {unit['number']}: {unit['title']}"
        for lesson in unit["lessons"]:
            count = len(reading.lesson_items(lesson))
            yield f"  Lesson {lesson['number']:>2}: {lesson['title']} ({lesson['minutes']} min, {count} items)"
    yield f"Assessment: {len(course['assessment']['items'])} items, pass mark {course['assessment']['pass_mark']:.0%}"
    by_type = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in sorted(reading.items_by_type(course).items()))
    yield f"Items by type: {by_type}"


def provenance(package: Json, sops: dict[str, Json]) -> str:
    """The share of claims that the driver itself found in the SOP's text."""
    total, bad = reading.unproven(package, sops)
    share = (total - len(bad)) / total if total else 0.0
    return f"Provenance: {share:.1%} of {total} elements that say something about the SOP resolve to its words ({len(bad)} do not)"


def lesson(package: Json, chosen: Json) -> Iterator[str]:
    """One lesson as a trainer sees it, with keys."""
    yield heading(f"Lesson {chosen['number']} in full: {chosen['title']} ({chosen['minutes']} minutes)")
    yield "Objectives"
    for objective in chosen["objectives"]:
        yield from _wrapped(objective["text"], "  - ")
    yield "\nWords"
    for entry in chosen["vocabulary"]:
        meaning = f": {entry['definition']['text']}" if entry.get("definition") else ""
        yield from _wrapped(f"{entry['term']}{meaning}", "  ")
        yield from _wrapped(f'"{entry["example"]["text"]}"', "      ")
    yield f"\n{chosen['reading']['title']}"
    for line in chosen["reading"]["lines"]:
        mark = f"{line['label']}. " if line.get("label") else ("! " if line["role"] == "warning" else "")
        yield from _wrapped(mark + line["text"]["text"], "  ")
    for activity in chosen["activities"]:
        yield f"\n{activity['title']}: {activity['instructions']}"
        for number, item in enumerate(activity["items"], 1):
            yield from _item(number, item, package["keys"][item["id"]])


def _item(number: int, item: Json, key: Json) -> Iterator[str]:
    star = " (critical)" if item.get("critical") else ""
    yield from _wrapped(f"{number}. {item['stem']}{star}", "  ")
    yield from _body(item["body"])
    yield from _wrapped(f"Key: {answer(item['body'], key['answer'])}", "       ")
    if key["provenance"]:
        proof = key["provenance"][0]
        yield from _wrapped(f'SOP, page {proof["page"]}: "{proof["quote"]}"', "       ")


def _body(body: Json) -> Iterator[str]:
    match body["type"]:
        case "single_choice" | "multi_select" | "tap_evidence":
            for option in body.get("options") or body["sentences"]:
                yield from _wrapped(f"[ ] {option['text']}", "     ")
        case "true_false":
            yield "     [ ] True   [ ] False"
        case "gap" | "gap_select" | "word_bank":
            pieces = (p["text"] if p["kind"] == "text" else "____" + (f" ({p['hint']})" if p.get("hint") else "") for p in body["pieces"])
            yield from _wrapped("".join(pieces), "     ")
            choices = [c for options in body.get("options", {}).values() for c in options] or body.get("words", [])
            if choices:
                yield from _wrapped(" / ".join(c["text"] for c in choices), "     ")
        case "matching" | "category_sort":
            for entry in body.get("left") or body["entries"]:
                yield f"     {entry['text']} ..."
            for entry in body.get("right") or body["categories"]:
                yield from _wrapped(f"... {entry['text']}", "         ")
        case "step_ordering":
            for step in body["steps"]:
                yield from _wrapped(f"( ) {step['text']}", "     ")
        case "form_fill":
            yield from _wrapped(body["case"], "     ")
            for field in body["fields"]:
                yield f"     {field['label']}: ____ {field.get('unit') or ''}".rstrip()
        case "short_answer" | "writing":
            yield f"     ({body['min_words']} to {body['max_words']} words; a trainer reads it)"
        case _:
            shown = body.get("source") or body.get("sentence") or body.get("text") or body.get("front")
            if shown:
                yield from _wrapped(shown, "     ")


PARTS = ("options", "left", "right", "steps", "sentences", "categories", "entries", "words")
"""Where an item keeps the texts that its key names by their ids."""


def answer(body: Json, key: Json) -> str:
    """The key in words."""
    lists = [body.get(part, []) for part in PARTS]
    lists += list(body["options"].values()) if isinstance(body.get("options"), dict) else []
    texts: dict[str, str] = {c["id"]: c["text"] for part in lists if isinstance(part, list) for c in part}

    def short(choice: str) -> str:
        return textwrap.shorten(texts.get(choice, choice), 48, placeholder=" ...")

    match key["type"]:
        case "single_choice" | "tap_evidence":
            return texts.get(key["choice"], "?")
        case "true_false":
            return "True" if key["value"] else "False"
        case "multi_select":
            return "; ".join(texts[c] for c in key["choices"])
        case "gap" | "form_fill":
            return "; ".join(accepted[0] for accepted in key["accepted"].values())
        case "gap_select" | "word_bank":
            return "; ".join(short(c) for c in (key.get("choices") or key["words"]).values())
        case "matching" | "category_sort":
            return "; ".join(f"{short(left)} = {short(right)}" for left, right in (key.get("pairs") or key["groups"]).items())
        case "step_ordering":
            return " > ".join(short(step) for step in key["order"])
        case "transformation" | "error_correction":
            return str(key["accepted"][0])
    return str(key.get("model") or key.get("text") or key.get("back"))


def mail(sent: list[dict[str, Any]]) -> Iterator[str]:
    """Who was written to about what."""
    yield heading(f"E-mails sent ({len(sent)})")
    for message in sent:
        yield f"  {', '.join(message['To']):<58} {message['Subject']}"


def where(cast: Cast, page: Path) -> Iterator[str]:
    """What a newcomer opens next."""
    yield heading("Where to look")
    yield f"  The course in a browser, no server needed   file://{page}"
    yield f"  The APIs of the eight services              {os.environ['GATEWAY_URL']}/docs/"
    yield f"  Sent mail                                   {os.environ['AWS_ENDPOINT_URL']}/_ministack/ses/messages"
    yield f"  Accounts and passwords                      {accounts_file()}"
    for role, person in cast.by_role().items():
        yield f"    {role:<15} {person.email}"
    yield "  The stack stays up; `make stop` ends it."


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=" " * (len(indent) + 2)) or [indent]
