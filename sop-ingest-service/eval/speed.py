"""What reading costs: born-digital PDFs against pdftotext, memory, growth with the number of pages, and scans."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from aligned import fold, words

SENTENCES = (
    "Check the pressure gauge of pump {n} before you open the valve.",
    "If the reading is above {m} bar, close the valve and inform the shift supervisor.",
    "The operator must record the reading in log P-{n} within {m} minutes.",
    "Do not touch the housing of pump {n} while the motor is running.",
    "Clean the filter with water at {m} °C and dry it with a lint-free cloth.",
)


def write_pdf(path, pages):
    """A procedure of so many pages, with a header, headings and numbered steps."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=A4)
    for page in range(1, pages + 1):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 810, f"Pump house procedure    Page {page} of {pages}")
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(60, 770, f"{page}. Pump {page}")
        canvas.setFont("Helvetica", 11)
        for line in range(30):
            text = SENTENCES[line % 5].format(n=page * 7 + line, m=10 + (page + line) % 80)
            canvas.drawString(60, 740 - line * 22, f"{line + 1}. {text}")
        canvas.showPage()
    canvas.save()


def timed(command):
    """Seconds, largest resident size in MB of it and its children, and what it printed."""
    with open(os.devnull, "w") as nowhere:
        read, write = os.pipe()
        clock = time.perf_counter()
        process = subprocess.Popen(command, stdout=write, stderr=nowhere)
        os.close(write)
        with os.fdopen(read, encoding="utf-8", errors="replace") as pipe:
            out = pipe.read()
        _, status, usage = os.wait4(process.pid, 0)
        return time.perf_counter() - clock, usage.ru_maxrss / 1024, out if status == 0 else None


def born_digital(binary, folder):
    """Numbers about generated PDFs; best of three runs where time is compared."""
    seconds, ours = {}, {}
    for pages in (10, 40, 160, 301, 500):
        path = Path(folder) / f"pumps-{pages}.pdf"
        write_pdf(path, pages)
        runs = [timed([binary, "parse", str(path)]) for _ in range(3 if pages in (40, 160, 301) else 1)]
        seconds[pages], ours[pages] = min(r[0] for r in runs), runs[-1]
    path = str(Path(folder) / "pumps-301.pdf")
    runs = [timed(["pdftotext", "-layout", path, "-"]) for _ in range(3)]
    poppler, text = min(r[0] for r in runs), runs[-1][2]
    found = {"pages_per_second": 301 / seconds[301], "times_pdftotext": seconds[301] / poppler}
    found["growth"] = (seconds[160] - seconds[40]) / max(1e-3, 4 * (seconds[40] - seconds[10]))
    found["memory_500"] = ours[500][1]
    if ours[301][2]:
        mine = len(words(json.loads(ours[301][2])["documents"][0]["text"]))
        # The page header is left out on purpose: six words a page.
        theirs = len(words(text)) - 301 * 7
        found["words_off"] = abs(mine - theirs) / theirs
    return found


def distance(a, b):
    """Levenshtein's, over characters."""
    before = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (x != y)))
        before = row
    return before[-1]


def character_errors(binary, file, expected):
    """Share of characters that OCR got wrong, or None when the file is refused."""
    _, _, out = timed([binary, "parse", str(file)])
    if not out:
        return None
    got, expected = fold(json.loads(out)["documents"][0]["text"]), fold(expected)
    return distance(expected, got) / len(expected)


def clean_scan(folder):
    """A page as a good scanner makes it, and its text."""
    pdf = Path(folder) / "clean.pdf"
    write_pdf(pdf, 1)
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    subprocess.run(["pdftoppm", "-r", "300", "-gray", "-png", "-singlefile", str(pdf), str(pdf.with_suffix(""))], check=True)
    return pdf.with_suffix(".png"), text


if __name__ == "__main__":
    sys.exit("started by python -m, see __main__.py")
