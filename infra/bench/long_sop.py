"""A procedure as long as wanted, made of the sample SOPs' own text, as Markdown and as PDF.

Further copies of a section speak of other places, vessels and numbers, so that they are not the same clauses again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from build_pdf import write_pdf
from sop_source import Block, Document, parse, title_rows

from .tools import ROOT

SOURCES = ("hotel-departure-room.md", "laboratory-buffer-preparation.md")
OTHER_WORDS = {
    "bathroom": ("washroom", "shower room", "guest toilet"),
    "room": ("cabin", "apartment", "studio"),
    "trolley": ("cart", "service lift", "basket"),
    "buffer": ("diluent", "reagent", "standard solution"),
    "batch": ("lot", "series", "preparation"),
    "bottle": ("flask", "vessel", "container"),
}
NUMBER = re.compile(r"\b(\d+)(?= (?:minutes|seconds|hours|days|times|mL|°C|g|rpm)\b)")
WORD = re.compile(r"\b(" + "|".join(OTHER_WORDS) + r")(?=s?\b)")


def compose(sections: int) -> Document:
    """The first `sections` sections of the endless procedure."""
    sources = [parse((ROOT / "examples/sops/source" / name).read_text(encoding="utf-8")) for name in SOURCES]
    all_sections = [section for source in sources for section in _sections(source)]
    fields = sources[1].fields | {"document number": "BEN-WI-020", "header": "A long work instruction - BEN-WI-020"}
    document = Document(fields, "Rooms and Buffers: the Complete Work Instruction")
    for number in range(sections):
        copy, index = divmod(number, len(all_sections))
        document.blocks += [_varied(block, copy) for block in all_sections[index]]
    return document


def sections_for(pages: int) -> int:
    """How many sections give a PDF of that many pages."""
    count = 30
    for _ in range(5):
        found = page_count(write_pdf(compose(count)))
        if found == pages:
            break
        count = max(1, round(count * pages / found))
    return count


def pdf(document: Document) -> bytes:
    """As the sample PDF is made."""
    return write_pdf(document)


def page_count(content: bytes) -> int:
    """The pages of a PDF that reportlab wrote."""
    return len(re.findall(rb"/Type /Page\b", content))


def markdown(document: Document) -> str:
    """As the Markdown sample is written."""
    lines = [f"# {document.title}", "", *_table(title_rows(document)), ""]
    section = step = letter = 0
    for block in document.blocks:
        if block.kind == "heading":
            section, step = section + (block.level == 1), 0
            number = f"{section}. " if block.level == 1 else ""
            lines += ["", f"{'#' * (block.level + 1)} {number}{block.text}", ""]
        elif block.kind == "step":
            step, letter = (step, letter + 1) if block.level else (step + 1, 0)
            lines.append(f"   {letter}. {block.text}" if block.level else f"{step}. {block.text}")
        else:
            lines += _other(block)
    return "\n".join(lines) + "\n"


def _other(block: Block) -> list[str]:
    if block.kind == "table":
        return ["", *_table(block.rows), ""]
    if block.kind == "bullet":
        return [f"- {block.text}"]
    if block.kind == "warning":
        return ["", f"{'   ' * block.level}> {block.text}", ""]
    return ["", block.text, ""]


def _table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    head, *body = rows
    written = [f"| {' | '.join(row)} |" for row in (head, *body)]
    return [written[0], "|" + "---|" * len(head), *written[1:]]


def _sections(document: Document) -> list[list[Block]]:
    sections: list[list[Block]] = []
    for block in document.blocks:
        if block.kind == "heading" and block.level == 1:
            sections.append([])
        sections[-1].append(block)
    return sections


def _varied(block: Block, copy: int) -> Block:
    if not copy:
        return block
    text = _vary(block.text, copy)
    if block.kind == "heading" and block.level == 1:
        text += f", area {copy + 1}"
    return replace(block, text=text, rows=tuple(tuple(_vary(cell, copy) for cell in row) for row in block.rows))


def _vary(text: str, copy: int) -> str:
    other = WORD.sub(partial(_other_word, copy), text)
    return NUMBER.sub(lambda found: str(int(found[1]) + copy), other)


def _other_word(copy: int, found: re.Match[str]) -> str:
    choices = (found[1], *OTHER_WORDS[found[1]])
    return choices[copy % len(choices)]
