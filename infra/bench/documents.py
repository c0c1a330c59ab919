"""Reading a long SOP and drafting a course from it, with the commands that work on files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from . import long_sop
from .tools import BINARIES, DATA, Json, Run, tell, timed

PAGES = 20
GROWTH = (1, 4, 16)
LEVEL = "B1"


def measure() -> Json:
    """Times of `parse` and `draft` for 20 pages, and for four and sixteen times as much."""
    folder = DATA / "documents"
    folder.mkdir(exist_ok=True)
    sections = long_sop.sections_for(PAGES)
    return {"sizes": [_size(folder, sections, factor) for factor in GROWTH]}


def _size(folder: Path, sections: int, factor: int) -> Json:
    document = long_sop.compose(sections * factor)
    pdf, markdown = folder / f"long-{factor}x.pdf", folder / f"long-{factor}x.md"
    pdf.write_bytes(long_sop.pdf(document))
    markdown.write_text(long_sop.markdown(document), encoding="utf-8")
    pages = long_sop.page_count(pdf.read_bytes())
    words = len(markdown.read_text(encoding="utf-8").split())
    tell(f"parse and draft: {pages} pages, {words} words")
    times = 1 if factor == max(GROWTH) else 3
    parsed = folder / f"long-{factor}x.json"
    found: Json = {
        "factor": factor,
        "pages": pages,
        "words": words,
        "parse_markdown": vars(_parse(markdown, folder / "from-markdown.json", times)),
        "parse_pdf": vars(_parse(pdf, parsed, times)),
        "pdftotext": vars(timed(_pdftotext(), "-layout", pdf, "-", times=times)),
    }
    course = folder / f"course-{factor}x"
    # Not its speed alone: a draft that leaves most of the SOP out would be quick.
    found["draft"] = vars(_draft(parsed, course, times))
    package = json.loads((course / "course.json").read_text(encoding="utf-8"))
    lessons = [lesson for unit in package.get("course", package)["units"] for lesson in unit["lessons"]]
    found["clauses"] = json.loads(parsed.read_text(encoding="utf-8"))["documents"][0]["profile"]["clauses"]
    found["lessons"] = len(lessons)
    return found


def _parse(file: Path, output: Path, times: int) -> Run:
    return timed(BINARIES / "sop-ingest-service", "parse", file, output=output, times=times)


def _draft(parsed: Path, out: Path, times: int) -> Run:
    shutil.rmtree(out, ignore_errors=True)
    return timed(BINARIES / "course-gen-service", "draft", "--sop", parsed, "--level", LEVEL, "--out", out, times=times)


def _pdftotext() -> str:
    return shutil.which("pdftotext") or "pdftotext"
