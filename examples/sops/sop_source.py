"""The source format of the samples: a few fields, then a small part of Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

LICENCE = "Written as sample material. SPDX-License-Identifier: CC0-1.0"

Kind = Literal["title", "heading", "paragraph", "step", "bullet", "table", "warning"]

PATTERNS: list[tuple[Kind, re.Pattern[str]]] = [
    ("title", re.compile(r"^#\s+(?P<text>.+)$")),
    ("heading", re.compile(r"^(?P<mark>#{2,3})\s+(?P<text>.+)$")),
    ("step", re.compile(r"^(?P<indent> *)\d+\.\s+(?P<text>.+)$")),
    ("bullet", re.compile(r"^-\s+(?P<text>.+)$")),
    ("warning", re.compile(r"^(?P<indent> *)>\s+(?P<text>.+)$")),
]


@dataclass(frozen=True)
class Block:
    """One paragraph-like thing; `level` is the heading level or the depth of a step."""

    kind: Kind
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass
class Document:
    """The title block's fields and the body in reading order."""

    fields: dict[str, str] = field(default_factory=dict)
    title: str = ""
    blocks: list[Block] = field(default_factory=list)


def parse(text: str) -> Document:
    """Read fields up to the first blank line, then one block a line (a table is several lines)."""
    head, _, body = text.partition("\n\n")
    document = Document(dict(line.split(": ", 1) for line in head.splitlines()))
    rows: list[tuple[str, ...]] = []
    for line in [*body.splitlines(), ""]:
        if line.startswith("|"):
            cells = tuple(cell.strip() for cell in line.strip("|").split("|"))
            if not all(set(cell) <= {"-"} for cell in cells):
                rows.append(cells)
            continue
        if rows:
            document.blocks.append(Block("table", rows=tuple(rows)))
            rows = []
        if line.strip():
            block = _block(line)
            if block.kind == "title":
                document.title = block.text
            else:
                document.blocks.append(block)
    return document


def _block(line: str) -> Block:
    for kind, pattern in PATTERNS:
        if found := pattern.match(line):
            parts = found.groupdict()
            level = len(parts.get("mark") or "") - 1 if kind == "heading" else len(parts.get("indent") or "") // 3
            return Block(kind, parts["text"], level)
    return Block("paragraph", line.strip())


def spans(text: str) -> list[tuple[str, bool]]:
    """Split at `**bold**`: the pieces in order, each with whether it is bold."""
    return [(piece, index % 2 == 1) for index, piece in enumerate(text.split("**")) if piece]


def title_rows(document: Document) -> list[tuple[str, str]]:
    """The title block as it is printed."""
    names = ("document number", "version", "effective date", "owner", "approved by")
    return [(name.capitalize(), document.fields[name]) for name in names]
