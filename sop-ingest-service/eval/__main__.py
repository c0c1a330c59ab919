"""make eval-ingest: every number of ingestion with its floor, on our own files and, where there are any, on annotated SOPs
beside the repository (../shared/sops with ../shared/gold). Exit code 1 when a number is below its floor.

    python3 sop-ingest-service/eval BINARY [--sops DIR --gold DIR] [--no-search] [--no-speed] [--no-service]
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import reading  # noqa: E402
import retrieval  # noqa: E402
import service  # noqa: E402
import speed  # noqa: E402

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
# Floors of slots, terms and weak places are a little below what is reached; the others are what the product promises.
READING = (
    ("clauses", "clause boundaries F1", 0.90),
    ("kind", "kind", 0.85),
    ("literal recall", "safety literals, recall", 1.0),
    ("literal precision", "safety literals, precision", 0.95),
    ("negated", "negation", 0.98),
    ("modality", "modality", 0.95),
    ("procedures found", "procedures found", 0.90),
    ("order right", "steps in order", 1.0),
    ("slot actor", "slot actor F1", 0.83),
    ("slot object", "slot object F1", 0.53),
    ("object precision", "slot object, where filled", 0.84),
    ("slot condition", "slot condition F1", 0.86),
    ("slot time", "slot time F1", 0.87),
    ("terms", f"terms among {reading.PROPOSALS} proposals", 0.39),
    ("defects", "weak places, recall", 0.45),
)


# Pages of a PDF that are read into clauses in a second of one core.
WHOLE = 150


class Table:
    """Prints a row for each number and remembers whether one was below its floor."""

    def __init__(self):
        self.failed = False

    def row(self, name, value, floor=None, most=None, form="{:.3f}"):
        if value is None:
            print(f"  {name:50} {'-':>8}")
            return
        bad = (floor is not None and value < floor - 1e-9) or (most is not None and value > most + 1e-9)
        limit = f">= {floor}" if floor is not None else f"<= {most}" if most is not None else ""
        print(f"  {name:50} {form.format(value):>8}  {limit:9} {'BELOW' if bad else ''}".rstrip(), flush=True)
        self.failed |= bad


def parse(binary, file):
    done = subprocess.run([binary, "parse", file], capture_output=True, text=True)
    return json.loads(done.stdout)["documents"][0] if done.returncode == 0 else None


def evaluate_set(table, binary, sops, gold_folder, search):
    counts, rows, tokens, seconds = defaultdict(list), [], 0, 0.0
    for gold_file in sorted(Path(gold_folder).glob("*.json")):
        gold = json.loads(gold_file.read_text(encoding="utf-8"))
        file = str(Path(sops) / gold["source"])
        document = parse(binary, file)
        if document is None:
            print(f"  {gold['source']}: not read")
            table.failed = True
            continue
        if gold.get("clauses"):
            for key, count in reading.score(gold, document).items():
                counts[key].append(count)
        if search:
            more, report = retrieval.score(binary, file, str(gold_file), gold, document)
            rows += more
            tokens, seconds = tokens + report["tokens"], seconds + report["embedding_seconds"]
            table.row(f"points left of {gold['source']}"[:44], report["points_left"], most=0, form="{}")
    for key, name, floor in READING:
        if counts[key]:
            table.row(name, reading.ratio(counts[key]), floor)
    if rows:
        found = retrieval.summary(rows)
        table.row("recall@5, questions with an answer", found["recall hybrid"], 0.90)
        for way in ("dense", "bm25"):
            table.row(f"recall@5 by {way} alone", found[f"recall {way}"])
            table.row(f"nDCG@10 by {way} alone", found[f"ndcg {way}"])
        table.row("nDCG@10, both and read closely", found["ndcg hybrid"], max(found["ndcg dense"], found["ndcg bm25"]))
        table.row("unanswerable told apart, AUC", found["auc"], 0.80)
        table.row("embedding, tokens a second", tokens / seconds, form="{:.0f}")


def costs(table, binary, release):
    with tempfile.TemporaryDirectory() as folder:
        found = speed.born_digital(binary, folder)
        born = ROOT / "examples/sops/laboratory-buffer-preparation.pdf"
        expected = speed.text_of(binary, born)
        clean = speed.character_errors(binary, speed.clean_scan(folder, born), expected)
    print("  of one core: " + ", ".join(f"{pages} pages {took:.2f} s" for pages, took in found["seconds"].items()))
    # An unoptimised build says nothing about speed.
    table.row("PDF to text, pages a second and core", found["text_pages_per_second"], 250 if release else None, form="{:.0f}")
    table.row("PDF to text, times of pdftotext", found["text_times_pdftotext"], most=2.5 if release else None)
    table.row("PDF to clauses, pages a second and core", found["pages_per_second"], WHOLE if release else None, form="{:.0f}")
    table.row("PDF to clauses, times of pdftotext", found["times_pdftotext"])
    table.row("PDF, words more or fewer than pdftotext", found.get("words_off"), most=0.01)
    table.row("PDF, 500 pages, memory in MB", found["memory_500"], most=300, form="{:.0f}")
    table.row("PDF, a page of 160 against a page of 40", found["growth"], most=1.5)
    table.row("OCR of a clean scan, characters wrong", clean, most=0.02)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary")
    parser.add_argument("--sops", default=str(ROOT.parent / "shared/sops"))
    parser.add_argument("--gold", default=str(ROOT.parent / "shared/gold"))
    parser.add_argument("--no-search", action="store_true")
    parser.add_argument("--no-speed", action="store_true")
    parser.add_argument("--no-service", action="store_true")
    options = parser.parse_args()
    table, search = Table(), not options.no_search
    print("Our own SOPs")
    evaluate_set(table, options.binary, ROOT / "examples/sops", HERE / "gold", search)
    if Path(options.gold).is_dir():
        print("Annotated SOPs")
        evaluate_set(table, options.binary, options.sops, options.gold, search)
        scan = Path(options.sops) / "kitchen-storage-procedure.scan.pdf"
        if scan.exists():
            expected = (Path(options.sops) / "kitchen-storage-procedure.md").read_text(encoding="utf-8")
            table.row("OCR of a poor scan, characters wrong", speed.character_errors(options.binary, scan, expected), most=0.07)
    if not options.no_speed:
        print("Cost")
        costs(table, options.binary, "/release/" in options.binary)
    if not options.no_service:
        print("Service")
        found = service.measure(options.binary)
        table.row("memory at rest with the model, in MB", found["at_rest"], most=250, form="{:.0f}")
        table.row("more of it with 200 documents queued, in MB", found["queued"] - found["at_rest"], most=25, form="{:.0f}")
        table.row("more of it when they are done, in MB", found["after"] - found["at_rest"], most=25, form="{:.0f}")
        table.row("documents of a busy client that another waits for", found["waited_for"], most=2, form="{}")
    sys.exit(1 if table.failed else 0)


main()
