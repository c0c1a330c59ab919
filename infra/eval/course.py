"""make eval-course: a course from every sample SOP at A2, B1 and B2, measured against floors.

Sample SOPs are those of examples/sops, and of ../shared/sops where that folder exists. Each is read by
`sop-ingest-service parse`, made into a course by `course-gen-service draft` and counted by `course-gen-service audit`;
grammar and spelling are Harper's findings (npm `harper.js`) in our own language, not in quotes. Exit code 1 below a floor.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / ".local/eval/course"
BIN = ROOT / "target" / os.environ.get("PROFILE", "debug")
LEVELS = os.environ.get("LEVELS", "A2 B1 B2").split()
HOURS = os.environ.get("HOURS", "10")
KINDS = {".docx", ".html", ".md", ".pdf", ".pptx", ".txt", ".xlsx"}
Json = dict[str, Any]

HEADER = ("SOP", "level", "lessons", "items", "types", "proof", "breach", "at lvl", "vocab", "solved", "lesson", "item", "stem", "longest", "s", "MB")
MIX = ("SOP", "level", "type", "demand", "short", "narrow", "guess", "place", "test", "test demand", "test level", "critical")
FLOORS = """floors: proof 100% · breach 0 · at level and vocabulary 90% of lessons over all courses · solved 100% ·
  lesson 100% · item 90% · types 10 in courses of 10 lessons · stem 5% · longest key 40% · one type 30% of the graded items ·
  guess 10 points above chance over all courses · 10 s and 150 MB a course · 16 times the SOP in at most 2.5 times 16 times the
  time · language 1 finding in 1,000 words
not a floor: demand (recall/understand/apply, wanted 30/40/30; test 20/40/40), level of the test (easy/middle/hard, wanted
  30/50/20), lessons with fewer than 12 graded items (short) or one-sided ones (narrow), critical clauses in the test"""


class Refused(Exception):
    """No course, and why."""


def sops() -> list[Path]:
    """Every sample, our own first."""
    shared = ROOT.parent / "shared/sops"
    named = [p for folder in (ROOT / "examples/sops", shared) if folder.is_dir() for p in sorted(folder.iterdir())]
    chosen = [Path(p) for p in sys.argv[1:]] or [p for p in named if p.is_file() and p.suffix in KINDS and p.name not in {"README.md", "requirements.txt"}]
    return [p.resolve() for p in chosen]


def run(*command: str | Path) -> tuple[str, float, float]:
    """Standard output, seconds, and the peak memory of the largest child so far in MB."""
    started = time.monotonic()
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refused(done.stderr.strip().splitlines()[0])
    return done.stdout, time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def parse(sop: Path) -> Path:
    """The SOP as the ingestion reads it; nothing where it cannot."""
    parsed = OUT / f"{sop.name}.json"
    if not parsed.exists():
        try:
            parsed.write_text(run(BIN / "sop-ingest-service", "parse", sop)[0])
        except Refused as why:
            print(f"{sop.name}: {why}", file=sys.stderr)
    return parsed


def draft(sop: Path, level: str, hours: str = HOURS) -> Json:
    """One course and everything that was counted in it."""
    folder = OUT / f"{sop.stem}-{level}"
    folder.mkdir(parents=True, exist_ok=True)
    parsed = parse(sop)
    peak = Path("/usr/bin/time")
    command: list[str | Path] = [BIN / "course-gen-service", "draft", "--no-pdf", "--sop", parsed, "--level", level, "--hours", hours, "--out", folder]
    if peak.exists():
        command = [peak, "-o", folder / "peak", "-f", "%M %U %S", *command]
    _, seconds, _ = run(*command)
    audit: Json = json.loads(run(BIN / "course-gen-service", "audit", "--sop", parsed, "--course", folder / "course.json")[0])
    (folder / "audit.json").write_text(json.dumps(audit, indent=1))
    audit["seconds"] = seconds
    audit["megabytes"] = 0.0
    if peak.exists():
        # Processor time: a draft has one thread, and what runs beside it on this machine is not its doing.
        kilobytes, user, system = (folder / "peak").read_text().split()[-3:]
        audit["megabytes"], audit["seconds"] = int(kilobytes) / 1024, float(user) + float(system)
    audit["own"] = list(own_language(json.loads((folder / "course.json").read_text())))
    source = parsed.read_text()
    audit["source"] = " ".join(" ".join(d["text"].split()) for d in json.loads(source)["documents"])
    said = set(re.findall(r"[A-Za-z][A-Za-z'’-]+", source))
    audit["source_words"] = sorted(said | {word.lower() for word in said} | {part for word in said for part in word.split("-")})
    return audit


def own_language(package: Json) -> list[Json]:
    """Sentences that we wrote: everything but quotes, with the place of each."""
    found: list[Json] = []

    def walk(value: Any, place: str) -> None:
        if isinstance(value, dict):
            if "relation" in value and "text" in value:
                if value["relation"] != "quote":
                    found.append({"place": place, "text": value["text"]})
                return
            for name in ("stem", "instructions", "rationale", "question", "model"):
                if isinstance(value.get(name), str):
                    found.append({"place": f"{place}.{name}", "text": value[name]})
            for name, part in value.items():
                walk(part, f"{place}.{name}")
        elif isinstance(value, list):
            for index, part in enumerate(value):
                walk(part, f"{place}[{index}]")

    walk(package["course"], "course")
    walk(package["keys"], "keys")
    return found


def grammar(courses: list[Json]) -> tuple[list[Json], int]:
    """Harper's findings in our own language and the number of words that it read; nothing without Node."""
    texts = {t["text"]: t for course in courses for t in course["own"]}
    words = sum(len(text.split()) for text in texts)
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return [], 0
    home = ROOT / ".local/cache/eval"
    home.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "grammar.mjs"):
        shutil.copy(Path(__file__).with_name(name), home / name)
    if not (home / "node_modules/harper.js").is_dir():
        subprocess.run([npm, "install", "--silent", "--no-fund", "--no-audit"], cwd=home, check=True)
    vocabulary = sorted({w for course in courses for w in course["source_words"]})
    asked = json.dumps({"texts": list(texts.values()), "words": vocabulary})
    done = subprocess.run([node, "grammar.mjs"], cwd=home, input=asked, capture_output=True, text=True, check=True)
    return json.loads(done.stdout), words


# Classes of findings that are no faults, each looked at: the part of the finding that tells it, the words, and why it is none.
FALSE_ALARMS: dict[str, tuple[str, re.Pattern[str], str]] = {
    "OK": ("problem", re.compile(r"^(ok|okay)$", re.I), "a word of every workplace"),
    "codes": ("problem", re.compile(r"^[A-Z]{1,5}[-_]?\d|^[A-Z]{2,}([-_][A-Z0-9]+)*(['’]s)?$|\d[-_.]\d"), "form numbers and initials, also with 's"),
    "units": ("problem", re.compile(r"^([\d.,]*\s?(°C|°F|C|F|mL|ml|µL|L|g|kg|mg|m|mm|cm|km|s|h|min|rpm|kPa|hPa|S|V|W|%)\.?|(milli|micro)(litre|gram|metre)s?)$"), "written as the SOP has them"),
    "headings": ("problem", re.compile(r"^[A-Z]\.$"), "the letter of a heading"),
    "-ing": ("problem", re.compile(r"^ing$"), "the ending, in an explanation"),
    "wrong on purpose": ("text", re.compile(r"^Don’t say: "), "a mistake shown beside the right form"),
    "two words": ("message", re.compile(r"closed compound noun"), "guest room, bank card, file name: British dictionaries have both or two words only"),
    "missing preposition": ("message", re.compile(r"missing a preposition"), "read as one phrase over the end of a sentence or of a noun phrase"),
    "that after other": ("message", re.compile(r"comparison that should use `than`"), "“another chiller that is within the limit” compares nothing"),
    "find out, say no to": ("problem", re.compile(r"^(find out|no to)$"), "phrasal verbs of everyday English"),
}


def false_alarm(finding: Json, source: str = "") -> str | None:
    """The class of a finding that is no fault: its words with their neighbours stand in an SOP, or a class above."""
    problem, text = finding["problem"].strip(), finding["text"]
    at = text.find(problem)
    before, after = text[:at].split()[-1:], text[at + len(problem) :].split()[:1]
    around = [" ".join([*before, problem]), " ".join([problem, *after])]
    if source and any(words.strip(".,:;?!“”\"") in source for words in around if len(words) > len(problem) + 1):
        return "words of the SOP"
    return next((name for name, (part, words, _) in FALSE_ALARMS.items() if words.search(finding[part].strip())), None)


def row(name: str, a: Json) -> tuple[str, ...]:
    """One course in the table."""
    lessons = max(a["lessons"], 1)
    return (
        name[:34], a["level"], str(a["lessons"]), str(a["items"]), str(len(a["items_by_type"])),
        f"{a['resolved']}/{a['claims']}", str(len(a["breaches"])), f"{a['lessons_at_level']}/{lessons}", f"{a['lessons_in_budget']}/{lessons}",
        f"{a['solved']}/{a['checked']}", f"{a['covered_by_lessons']:.0%}", f"{a['covered_by_items']:.0%}",
        f"{a['commonest_stem_share']:.0%}", f"{a['longest_is_key']:.0%}", f"{a['seconds']:.1f}", f"{a['megabytes']:.0f}",
    )  # fmt: skip


def mix_row(name: str, a: Json) -> tuple[str, ...]:
    """What the items of one course are made of."""
    mix, guess = a["mix"], a["guess"]
    shares = lambda values: "/".join(f"{100 * value:.0f}" for value in values)  # noqa: E731
    return (
        name[:34], a["level"], f"{mix['commonest_type_share']:.0%} {mix['commonest_type']}", shares(mix["demand"]),
        f"{mix['short_lessons']}/{a['lessons']}", f"{mix['narrow_lessons']}/{a['lessons']}", f"{100 * a['guess_above_chance']:+.0f}",
        f"{guess['fullest_place']:.0%}", str(mix["test_items"]), shares(mix["test_demand"]), shares(mix["test_difficulty"]),
        f"{mix['test_critical']}/{mix['critical']}",
    )  # fmt: skip


def table(rows: list[tuple[str, ...]]) -> None:
    """Columns as wide as their longest cell."""
    widths = [max(len(r[i]) for r in rows) for i in range(len(rows[0]))]
    for r in rows:
        print("  ".join(cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(r, widths, strict=True))))


GROWN = ("kitchen", "yard", "store", "workshop", "laundry", "garage", "office", "pantry", "cellar", "garden", "bar", "gym", "pool", "lobby", "roof", "dock")


def grow(times: int) -> Path:
    """The cold-storage SOP again and again, each time for another place, with other numbers."""
    plain = (ROOT / "examples/sops/kitchen-cold-storage.md").read_text()
    title, _, body = plain.partition("\n")
    parts = [title]
    for index in range(times):
        place = GROWN[index % len(GROWN)]
        moved = re.sub(r"\b(\d{2})\b(?= (?:minutes|hours|seconds))", lambda m, more=index: str(int(m.group()) + more), body)
        moved = re.sub(r"^(##+ .*)$", rf"\1 in the {place}" if index else r"\1", moved, flags=re.M)
        moved = re.sub(r"\b([Tt]he (?:fridge|freezer|chiller|shelf|door))\b", rf"\1 of the {place}" if index else r"\1", moved)
        parts.append(moved)
    path = OUT / f"grown-{times}.md"
    path.write_text("\n".join(parts))
    return path


def growth() -> list[str]:
    """Seconds and memory of the same SOP at 1, 4 and 16 times its size; what is out of proportion."""
    measured: dict[int, Json] = {}
    for times in (1, 4, 16):
        try:
            measured[times] = draft(grow(times), "B1", "1000")
        except Refused as why:
            return [f"growth: {times} times the SOP gives no course: {why}"]
    told = (f"{times}x: {a['lessons']} lessons, {a['items']} items, {a['seconds']:.1f} s, {a['megabytes']:.0f} MB" for times, a in measured.items())
    print("growth:", " · ".join(told))
    first, last = measured[1]["seconds"], measured[16]["seconds"]
    out = [f"growth: 16 times the SOP takes {last / first:.0f} times as long"] if last > 40 * max(first, 0.5) else []
    if measured[16]["megabytes"] > 150:
        out.append(f"growth: {measured[16]['megabytes']:.0f} MB for 16 times the SOP")
    return out


def below(courses: dict[str, Json]) -> list[str]:
    """Every floor that is not reached, in words."""
    out: list[str] = []
    for name, a in courses.items():
        checks = {
            "a quote does not stand in its SOP": a["resolved"] < a["claims"],
            "a rule of the format is broken": bool(a["violations"]),
            "a wording changes a fact": bool(a["breaches"]),
            "the solver comes to another answer": a["solved"] < a["checked"],
            "a step, rule or warning is in no lesson": a["covered_by_lessons"] < 1,
            "items ask about less than 90% of the steps, rules and warnings": a["covered_by_items"] < 0.9,
            "fewer than 10 item types in 10 lessons": a["lessons"] >= 10 and len(a["items_by_type"]) < 10,
            "one stem is in more than 5% of the items": a["commonest_stem_share"] > 0.05 and a["items"] >= 40,
            "the key is the longest option too often": a["longest_is_key"] > 0.4 and a["items_by_type"].get("single_choice", 0) >= 10,
            "more than 30% of the graded items are of one type": a["mix"]["commonest_type_share"] > 0.3,
            "it takes more than 10 s": a["seconds"] > 10,
            "it takes more than 150 MB": a["megabytes"] > 150,
        }
        out += [f"{name}: {what}" for what, missed in checks.items() if missed]
    guessed, right, chance = (sum(c) for c in zip(*((g["items"], g["right"], g["chance"] * g["items"]) for g in (a["guess"] for a in courses.values())), strict=True))
    above = 100 * (right - chance) / max(guessed, 1)
    print(f"guessing: {right} of {guessed} items with options without the SOP, {above:+.1f} points above chance")
    if above > 10:
        out.append(f"all courses: guessing without the SOP is worth {above:.1f} points above chance")
    lessons = sum(a["lessons"] for a in courses.values())
    for what, field in (("at the level", "lessons_at_level"), ("within the vocabulary budget", "lessons_in_budget")):
        share = sum(a[field] for a in courses.values()) / max(lessons, 1)
        if share < 0.9:
            out.append(f"all courses: {share:.0%} of the lessons are {what}, 90% are needed")
    return out


def language(findings: list[Json], words: int, source: str) -> list[str]:
    """Prints the findings by class; those of no class are counted as faults and shown."""
    told = [{**f, "false_alarm": false_alarm(f, source)} for f in findings]
    (OUT / "language.json").write_text(json.dumps(told, indent=1, ensure_ascii=False))
    counted = [f for f in told if not f["false_alarm"]]
    rate = 1000 * len(counted) / words
    print(f"language: {len(counted)} findings by Harper in {words} words of our own: {rate:.2f} in 1,000; all of them in {OUT}/language.json")
    classes = Counter(f["false_alarm"] for f in told if f["false_alarm"])
    why = {name: reason for name, (_, _, reason) in FALSE_ALARMS.items()} | {"words of the SOP": "quoted inside our sentence"}
    for name, count in classes.most_common():
        print(f"  no fault, {count}: {name} ({why[name]})")
    for kind, count in Counter(f["kind"] for f in counted).most_common():
        shown = list(dict.fromkeys(f"{f['problem'].strip()} in “{f['text'][:60]}”" for f in counted if f["kind"] == kind))
        print(f"  {kind}, {count}: {'; '.join(shown[:4])}")
    return [f"language: {rate:.2f} findings in 1,000 words"] if rate > 1 else []


def main() -> int:
    """Makes, counts, prints, judges."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    courses: dict[str, Json] = {}
    rows, mixes, refused = [HEADER], [MIX], []
    asked = [(sop, level) for sop in sops() for level in LEVELS]
    for sop in {sop for sop, _ in asked}:
        parse(sop)
    with ThreadPoolExecutor(max_workers=int(os.environ.get("PROCESSES", "2"))) as pool:
        drafts = [(sop, level, pool.submit(draft, sop, level)) for sop, level in asked]
    for sop, level, drafted in drafts:
        name = f"{sop.name} {level}"
        try:
            courses[name] = drafted.result()
            rows.append(row(sop.name, courses[name]))
            mixes.append(mix_row(sop.name, courses[name]))
        except Refused as why:
            refused.append(f"{name}: {why}")
    table(rows)
    print()
    table(mixes)
    print(*refused, sep="\n", end="\n" if refused else "")
    findings, words = grammar(list(courses.values()))
    missed = below(courses) + growth()
    if words:
        missed += language(findings, words, " ".join(dict.fromkeys(a["source"] for a in courses.values())))
    else:
        print("language: not measured, Node is not installed")
    print(FLOORS)
    for what in missed:
        print(f"BELOW: {what}")
    print("every floor is reached" if not missed else f"{len(missed)} floors are not reached")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
