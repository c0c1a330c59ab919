"""Reading a long SOP and drafting a course from it, with the commands that work on files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from . import long_sop
from .tools import BINARIES, DATA, Json, TooSlow, tell, timed

PAGES = 20
GROWTH = (1, 4, 16)
LEVEL = "B1"


def measure() -> Json:
    """Times of `parse` and `draft` for 20 pages, and for four and sixteen times as much."""
    folder = DATA / "documents"
    folder.mkdir(exist_ok=True)
    sections = long_sop.sections_for(PAGES)
    sizes: list[Json] = []
    for factor in GROWTH:
        too_slow = {name for size in sizes for name, run in size["runs"].items() if "slow" in run}
        sizes.append(_size(folder, sections, factor, too_slow))
    failed = {f"{run['failed']} ({size['pages']} pages)" for size in sizes for run in size["runs"].values() if "failed" in run}
    return {"sizes": sizes} | ({"failed": "; ".join(sorted(failed))} if failed else {})


def _size(folder: Path, sections: int, factor: int, too_slow: set[str]) -> Json:
    document = long_sop.compose(sections * factor)
    pdf, markdown, parsed, course = (folder / f"long-{factor}x{suffix}" for suffix in (".pdf", ".md", ".json", "-course"))
    pdf.write_bytes(long_sop.pdf(document))
    markdown.write_text(long_sop.markdown(document), encoding="utf-8")
    shutil.rmtree(course, ignore_errors=True)
    pages, words = long_sop.page_count(pdf.read_bytes()), len(markdown.read_text(encoding="utf-8").split())
    tell(f"parse and draft: {pages} pages, {words} words")
    parse = (BINARIES / "sop-ingest-service", "parse")
    draft = (BINARIES / "course-gen-service", "draft", "--sop", parsed, "--level", LEVEL, "--out", course)
    runs: dict[str, Json] = {}
    for name, command, output in (
        ("pdftotext", ("pdftotext", "-layout", pdf, "-"), None),
        ("parse_markdown", (*parse, markdown), None),
        ("parse_pdf", (*parse, pdf), parsed),
        ("draft", draft, None),
    ):
        runs[name] = {"slow": "not tried: less took too long"} if name in too_slow else _run(*command, output=output)
    # Not their speed alone: a draft that leaves most of the SOP out would be quick.
    return {"factor": factor, "pages": pages, "words": words, "clauses": _clauses(parsed), "lessons": _lessons(course), "runs": runs}


def _run(*command: object, output: Path | None) -> Json:
    try:
        return vars(timed(*command, output=output))
    except TooSlow as slow:
        return {"slow": str(slow)}
    except (OSError, RuntimeError) as error:
        return {"failed": str(error)}


def _clauses(parsed: Path) -> int:
    try:
        documents = json.loads(parsed.read_text(encoding="utf-8"))["documents"]
    except (OSError, ValueError):
        return 0
    return sum(document["profile"]["clauses"] for document in documents)


def _lessons(course: Path) -> int:
    written = course / "course.json"
    if not written.exists():
        return 0
    return sum(len(unit["lessons"]) for unit in json.loads(written.read_text(encoding="utf-8"))["course"]["units"])
