"""What reading costs: born-digital PDFs against pdftotext, memory, growth with the number of pages, and scans."""

import json
import os
import subprocess
import sys
from pathlib import Path

from aligned import fold, words

SENTENCES = (
    "Check the {part} of {machine} {n} before you open the {other}.",
    "If the reading of the {part} is above {m} bar, close the {other} and inform the shift supervisor.",
    "The operator must record the state of the {part} in log P-{n} within {m} minutes.",
    "Do not touch the {part} while the {machine} is running.",
    "Clean the {part} with water at {m} °C and dry it with a lint-free cloth.",
    "Wear gloves and safety glasses when you remove the {part} from the {machine}.",
    "Replace the {part} every {m} days, or earlier when the {other} leaks.",
    "Turn the {other} slowly until the {machine} stops, and wait for at least {m} seconds.",
    "Maintenance staff should inspect the {part} and the {other} once a week.",
    "Spare parts for the {machine} are kept in cabinet {n} beside the {other}.",
    "Warning: The {part} of the {machine} may be hot for {m} minutes after use.",
)
PARTS = "pressure gauge,drain valve,inlet filter,outlet pipe,drive belt,coupling,oil seal,bearing,safety switch,float,cover plate,hose".split(",")
MACHINES = "pump,compressor,centrifuge,mixer,conveyor,boiler,chiller,press,dryer,separator".split(",")


def sentence(page, line):
    at = page * 30 + line
    part, other = PARTS[at % len(PARTS)], PARTS[(at * 7 + 3) % len(PARTS)]
    text = SENTENCES[at % len(SENTENCES)]
    return text.format(part=part, other=other, machine=MACHINES[page % len(MACHINES)], n=page * 7 + line, m=10 + at % 80)


def write_pdf(path, pages):
    """A procedure of so many pages, with a header, headings and numbered steps."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=A4)
    for page in range(1, pages + 1):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 810, f"Pump house procedure    Page {page} of {pages}")
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(60, 770, f"{page}. Station {page}")
        canvas.setFont("Helvetica", 11)
        for line in range(30):
            canvas.drawString(60, 740 - line * 22, f"{line + 1}. {sentence(page, line)}")
        canvas.showPage()
    canvas.save()


def timed(command):
    """Seconds of one core, largest resident size in MB, of it and of what it starts; and what it printed."""
    with open(os.devnull, "w") as nowhere:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=nowhere)
        out = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.decode(errors="replace") if status == 0 else None


def best(command, times=3):
    """The quickest of several runs: other programs only ever make one slower."""
    return min((timed(command) for _ in range(times)), key=lambda run: run[0])


def share_of_text(binary, path):
    """How much of the reading is done when the text is there: what pdftotext does as well."""
    answer = json.loads(timed([binary, "read-contained", "--name", "pumps.pdf", path])[2].strip().splitlines()[-1])
    took = {s["stage"]: s["milliseconds"] for s in answer["read"]["stages"]}
    return (took["identify"] + took["extract"]) / max(1, sum(took.values()))


def born_digital(binary, folder):
    """Numbers about generated PDFs, in seconds of one core."""
    seconds, ours = {}, {}
    for pages in (1, 10, 40, 160, 301, 500):
        path = str(Path(folder) / f"pumps-{pages}.pdf")
        write_pdf(path, pages)
        ours[pages] = best([binary, "parse", path])
        seconds[pages] = ours[pages][0]
    path = str(Path(folder) / "pumps-301.pdf")
    poppler, _, text = best(["pdftotext", "-layout", path, "-"])
    to_text = seconds[301] * min(share_of_text(binary, path) for _ in range(3))
    found = {"seconds": seconds, "pages_per_second": 301 / seconds[301], "times_pdftotext": seconds[301] / poppler}
    found |= {"text_pages_per_second": 301 / to_text, "text_times_pdftotext": to_text / poppler}
    # What a page costs, without what every run costs.
    a_page = {pages: (seconds[pages] - seconds[1]) / (pages - 1) for pages in (40, 160)}
    found["growth"] = a_page[160] / a_page[40]
    found["memory_500"] = ours[500][1]
    if ours[301][2]:
        mine = len(words(json.loads(ours[301][2])["documents"][0]["text"]))
        # The page header is left out on purpose: seven words a page.
        theirs = len(words(text)) - 301 * 7
        found["words_off"] = abs(mine - theirs) / theirs
    return found


def distance(a, b):
    """Levenshtein's, over characters; of texts that are so unlike that it leaves the band, an upper bound."""
    band = abs(len(a) - len(b)) + max(200, len(a) // 20)
    before = {j: j for j in range(min(band, len(b)) + 1)}
    for i, x in enumerate(a, 1):
        row = {}
        for j in range(max(0, i - band), min(len(b), i + band) + 1):
            if j == 0:
                row[j] = i
                continue
            row[j] = min(before.get(j, i + j) + 1, row.get(j - 1, i + j) + 1, before.get(j - 1, i + j) + (x != b[j - 1]))
        before = row
    return before.get(len(b), max(len(a), len(b)))


def text_of(binary, file):
    """What is read of a file, or None when it is refused."""
    _, _, out = timed([binary, "parse", str(file)])
    return fold(json.loads(out)["documents"][0]["text"]) if out else None


def character_errors(binary, file, expected):
    """Share of characters that OCR got wrong, or None when the file is refused."""
    got, expected = text_of(binary, file), fold(expected)
    return distance(expected, got) / len(expected) if got else None


def clean_scan(folder, pdf):
    """A document as a good scanner makes it: its pages as pictures of 300 dpi."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    subprocess.run(["pdftoppm", "-r", "300", "-gray", "-png", str(pdf), str(Path(folder) / "page")], check=True)
    scan = Path(folder) / "scan.pdf"
    canvas = Canvas(str(scan), pagesize=A4)
    for page in sorted(Path(folder).glob("page-*.png")):
        canvas.drawImage(str(page), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return scan


if __name__ == "__main__":
    sys.exit("started by python -m, see __main__.py")
