"""The PDF writer: headings with bookmarks, numbered steps, tables, running header and "Page x of y"."""

from __future__ import annotations

import io
from functools import partial
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table, TableStyle
from sop_source import LICENCE, Block, Document, spans, title_rows

BASE = getSampleStyleSheet()
BODY = ParagraphStyle("body", BASE["BodyText"], fontSize=11, leading=15, spaceBefore=3, spaceAfter=5)
CELL = ParagraphStyle("cell", BODY, fontSize=10, leading=12, spaceBefore=1, spaceAfter=1)
TITLE = ParagraphStyle("title", BASE["Title"], fontSize=20, leading=25, alignment=0)
HEADINGS = {
    1: ParagraphStyle("h1", BASE["Heading1"], fontSize=14, leading=18, spaceBefore=14, keepWithNext=1),
    2: ParagraphStyle("h2", BASE["Heading2"], fontSize=12, leading=16, spaceBefore=9, keepWithNext=1),
}
WARNING = ParagraphStyle("warning", BODY, textColor=colors.HexColor("#9c1c1c"), borderPadding=2)


class NumberedCanvas(Canvas):
    """Holds the pages back until their number is known, then prints header and footer on each."""

    def __init__(self, *args: Any, document: Document, **options: Any) -> None:
        super().__init__(*args, **options)
        self._document = document
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:
        """Remember the page instead of writing it."""
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write all pages, each with its running lines."""
        for page in self._pages:
            self.__dict__.update(page)
            self._running_lines(len(self._pages))
            super().showPage()
        super().save()

    def _running_lines(self, total: int) -> None:
        width, height = A4
        fields = self._document.fields
        self.setFont("Helvetica", 8.5)
        self.drawString(2 * cm, height - 1.4 * cm, fields["header"])
        self.drawRightString(width - 2 * cm, height - 1.4 * cm, f"Version {fields['version']}")
        self.drawString(2 * cm, 1.3 * cm, f"Effective date: {fields['effective date']}")
        self.drawRightString(width - 2 * cm, 1.3 * cm, f"Page {self._pageNumber} of {total}")
        self.line(2 * cm, height - 1.6 * cm, width - 2 * cm, height - 1.6 * cm)


def write_pdf(document: Document) -> bytes:
    """Return the bytes of a PDF for the document."""
    out = io.BytesIO()
    template = BaseDocTemplate(
        out,
        pagesize=A4,
        invariant=1,
        title=document.title,
        author=document.fields["owner"],
        subject=LICENCE,
        lang="en-GB",
    )
    width, height = A4
    frame = Frame(2 * cm, 2.2 * cm, width - 4 * cm, height - 4.4 * cm, id="text")
    template.addPageTemplates(PageTemplate(frames=[frame]))
    template.build(_story(document), canvasmaker=partial(NumberedCanvas, document=document))
    return out.getvalue()


def _story(document: Document) -> list[Any]:
    story: list[Any] = [Paragraph(escape(document.title), TITLE), _table(title_rows(document), header=False)]
    section = step = letter = 0
    for block in document.blocks:
        if block.kind == "heading":
            step = 0
            section += block.level == 1
            number = f"{section}. " if block.level == 1 else ""
            story.append(Paragraph(number + escape(block.text), HEADINGS[block.level]))
        elif block.kind == "step":
            step, letter = (step, letter + 1) if block.level else (step + 1, 0)
            mark = f"{chr(96 + letter)})" if block.level else f"{step}."
            story.append(_item(block, mark))
        else:
            story.append(_other(block))
    return story


def _other(block: Block) -> Any:
    if block.kind == "table":
        return _table(block.rows, header=True)
    if block.kind == "bullet":
        return _item(block, "\u2022")
    if block.kind == "warning":
        return Paragraph(_markup(block.text), ParagraphStyle("w", WARNING, leftIndent=22 if block.level else 0))
    return Paragraph(_markup(block.text), BODY)


def _item(block: Block, mark: str) -> Paragraph:
    indent = 22 + 22 * block.level
    style = ParagraphStyle("item", BODY, leftIndent=indent, bulletIndent=indent - 20)
    return Paragraph(_markup(block.text), style, bulletText=mark)


def _markup(text: str) -> str:
    return "".join(f"<b>{escape(piece)}</b>" if bold else escape(piece) for piece, bold in spans(text))


def _table(rows: Any, *, header: bool) -> Table:
    cells = [
        [Paragraph(f"<b>{escape(text)}</b>" if header and not index else escape(text), CELL) for text in row]
        for index, row in enumerate(rows)
    ]
    table = Table(cells, colWidths=[17 * cm / len(rows[0])] * len(rows[0]), repeatRows=int(header), hAlign="LEFT")
    grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    if header:
        grid.append(("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#e8eef3")))
    table.setStyle(TableStyle(grid))
    table.spaceBefore, table.spaceAfter = 6, 10
    return table
