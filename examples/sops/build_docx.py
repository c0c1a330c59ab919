"""The Word writer: heading styles, numbering.xml lists, tables, header and footer with page fields."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from sop_source import LICENCE, Block, Document, spans, title_rows

STEPS, BULLETS = 90, 91  # ids of our two abstract lists, above those of python-docx's template
FIXED = datetime(2026, 1, 1, tzinfo=UTC)


def write_docx(document: Document) -> bytes:
    """Return the bytes of a .docx for the document."""
    word = docx.Document()
    _properties(word, document)
    _styles(word)
    _lists(word)
    _header_and_footer(word, document)
    word.add_paragraph(document.title, style="Title")
    _table(word, title_rows(document), header=False)
    bullets = _new_list(word, BULLETS)
    steps = 0
    previous = ""
    for block in document.blocks:
        if block.kind == "step" and (not steps or previous == "heading"):
            steps = _new_list(word, STEPS)
        _add(word, block, steps, bullets)
        previous = block.kind
    return _save(word)


def _add(word: Any, block: Block, steps: int, bullets: int) -> None:
    if block.kind == "heading":
        word.add_heading(block.text, level=block.level)
    elif block.kind == "table":
        _table(word, block.rows, header=True)
    elif block.kind == "warning":
        paragraph = word.add_paragraph(style="Warning")
        paragraph.paragraph_format.left_indent = Cm(0.9 if block.level else 0)
        _runs(paragraph, block.text)
    elif block.kind in ("step", "bullet"):
        paragraph = word.add_paragraph(style="List Paragraph")
        _runs(paragraph, block.text)
        _number(paragraph, steps if block.kind == "step" else bullets, block.level)
    else:
        _runs(word.add_paragraph(), block.text)


def _properties(word: Any, document: Document) -> None:
    core = word.core_properties
    core.title, core.author = document.title, document.fields["owner"]
    core.last_modified_by, core.comments = document.fields["owner"], LICENCE
    core.created = core.modified = FIXED
    core.revision = 1


def _styles(word: Any) -> None:
    word.styles["Normal"].font.name = "Calibri"
    word.styles["Normal"].font.size = Pt(11)
    warning = word.styles.add_style("Warning", WD_STYLE_TYPE.PARAGRAPH)
    warning.base_style = word.styles["Normal"]
    warning.font.color.rgb = RGBColor(0x9C, 0x1C, 0x1C)


def _runs(paragraph: Any, text: str) -> None:
    for piece, bold in spans(text):
        paragraph.add_run(piece).bold = bold or None


def _table(word: Any, rows: Any, *, header: bool) -> None:
    table = word.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for index, row in enumerate(rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(text).bold = (header and index == 0) or None
        if header and index == 0:
            table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    word.add_paragraph()


def _element(tag: str, **attributes: str | int) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    return element


def _lists(word: Any) -> None:
    """Two abstract lists: 1. / a) for steps, one bullet for the rest. They must precede every w:num."""
    numbering = word.part.numbering_part.element
    levels = {STEPS: [("decimal", "%1."), ("lowerLetter", "%2)")], BULLETS: [("bullet", "\u2022")]}
    for number, formats in reversed(levels.items()):
        abstract = _element("w:abstractNum", abstractNumId=number)
        abstract.append(_element("w:multiLevelType", val="multilevel"))
        for depth, (style, text) in enumerate(formats):
            level = _element("w:lvl", ilvl=depth)
            level.append(_element("w:start", val=1))
            level.append(_element("w:numFmt", val=style))
            level.append(_element("w:lvlText", val=text))
            properties = _element("w:pPr")
            properties.append(_element("w:ind", left=500 + 500 * depth, hanging=500))
            level.append(properties)
            abstract.append(level)
        numbering.insert(0, abstract)


def _new_list(word: Any, abstract: int) -> int:
    """A list of its own that starts at 1 again."""
    num = word.part.numbering_part.element.add_num(abstract)
    for depth in range(2 if abstract == STEPS else 1):
        num.add_lvlOverride(depth).add_startOverride(1)
    return int(num.numId)


def _number(paragraph: Any, num: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = num


def _header_and_footer(word: Any, document: Document) -> None:
    section = word.sections[0]
    fields = document.fields
    section.header.paragraphs[0].text = f"{fields['header']}\t\t{fields['document number']}"
    footer = section.footer.paragraphs[0]
    footer.add_run(f"Version {fields['version']}\t{fields['effective date']}\tPage ")
    _field(footer, "PAGE")
    footer.add_run(" of ")
    _field(footer, "NUMPAGES")


def _field(paragraph: Any, instruction: str) -> None:
    field = _element("w:fldSimple", instr=instruction)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _save(word: Any) -> bytes:
    """Save, then write the zip again with fixed times: python-docx stamps the clock on each part."""
    first, last = io.BytesIO(), io.BytesIO()
    word.save(first)
    with zipfile.ZipFile(first) as made, zipfile.ZipFile(last, "w", zipfile.ZIP_DEFLATED) as out:
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, made.read(name))
    return last.getvalue()
