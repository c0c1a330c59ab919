"""What was measured, as a table with the goals beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .tools import Json

BUSY = 0.15  # from this share of the processors on, what else ran is mentioned
AT_REST_MB = 40
HOLDS_THE_MODEL = "sop-ingest-service"


@dataclass(frozen=True)
class Line:
    """One measurement; without a goal it is there to be compared with."""

    what: str
    found: str
    goal: str = ""
    met: bool | None = None

    def __str__(self) -> str:
        """Aligned; a missed goal stands out."""
        verdict = {None: "", True: "met", False: "MISSED"}[self.met]
        return f"  {self.what:<66} {self.found:>24}  {self.goal:<12} {verdict}".rstrip()


Show = Callable[[Json], Iterator[Line]]


def table(report: Json) -> list[str]:
    """The whole report."""
    machine = report["machine"]
    lines = [
        "",
        f"Measured in {machine['profile']} on {machine['processors']} processors ({machine['processor']}), {machine['memory_gb']} GB, commit {machine['commit']}",
    ]
    if machine["profile"] != "release":
        lines.append("A debug build: the times say little, the goals are those of release")
    if machine["busy_before"] > BUSY:
        lines.append(f"Something else used {machine['busy_before']:.0%} of the processors before the first measurement: times are worse than on an idle machine")
    for name, (title, show) in SECTIONS.items():
        part = report.get(name)
        if part is None:
            continue
        lines += ["", title, *map(str, _lines(part, show))]
        if "failed" in part:
            lines.append(f"  FAILED: {part['failed']}")
    return lines


def missed(report: Json) -> list[str]:
    """The goals that were not met."""
    lines = (line for name, (_, show) in SECTIONS.items() for line in _lines(report.get(name, {}), show))
    return [f"{line.what} ({line.found})" for line in lines if line.met is False]


def _lines(part: Json, show: Show) -> list[Line]:
    """Nothing when all that is known is why it failed."""
    return list(show(part)) if part.keys() - {"failed"} else []


def _documents(part: Json) -> Iterator[Line]:
    first = part["sizes"][0]
    yield Line(f"the SOP: {first['pages']} pages, {first['words']} words, {first['clauses']} clauses", f"{first['lessons']} lessons")
    runs = first["runs"]
    yield Line("parse, Markdown", _seconds(runs["parse_markdown"]))
    yield Line("parse, PDF", _seconds(runs["parse_pdf"]))
    if "seconds" in runs["parse_pdf"] and "seconds" in runs["pdftotext"]:
        yield Line("  in times of pdftotext", f"{runs['parse_pdf']['seconds'] / runs['pdftotext']['seconds']:.1f}")
    yield Line("draft", _seconds(runs["draft"]), "<= 10 s", runs["draft"].get("seconds", 11) <= 10)
    for size in part["sizes"][1:]:
        for key, name in (("parse_markdown", "parse, Markdown"), ("parse_pdf", "parse, PDF"), ("draft", "draft")):
            grown = _grown(size["runs"][key], runs[key])
            yield Line(f"{name}, {size['factor']} times the text ({size['pages']} pages)", _seconds(size["runs"][key]) + grown)
        peaks = ", ".join(f"{size['runs'][key].get('peak_mb', 0):.0f} MB" for key in ("parse_pdf", "draft"))
        yield Line("  most memory of parse and draft", peaks)


def _grown(run: Json, first: Json) -> str:
    """By processor time, which other programs disturb least."""
    if "cpu_seconds" not in run or "cpu_seconds" not in first:
        return ""
    return f", {run['cpu_seconds'] / max(0.01, first['cpu_seconds']):.1f} times"


def _events(part: Json) -> Iterator[Line]:
    for number, steady in enumerate(part["steady"]):
        effect = steady["effect"]
        name = f"commit to consumer's effect at {steady['per_second']}/s"
        yield Line(f"{name}, p50", _ms(effect["p50_ms"]))
        goal = ("<= 100 ms", effect["p99_ms"] <= 100) if number == 0 else ("", None)
        yield Line(f"{name}, p99", _ms(effect["p99_ms"]), *goal)
        yield Line("  of that until Kafka had it, p50 and p99", f"{steady['sent']['p50_ms']:.1f}, {_ms(steady['sent']['p99_ms'])}")
    drain = part["drain"]
    yield Line(f"drained, {drain['events']} waiting", f"{drain['per_second']:.0f}/s", ">= 2000/s", drain["per_second"] >= 2000)
    yield Line("  the relay alone", f"{drain['sent_per_second']:.0f}/s")
    writes = part["writes"]
    yield Line("one INSERT with its commit, alone, p50", _ms(writes["plain_commit"]["p50_ms"]))
    yield Line(f"INSERTs committed by {writes['writers']} writers", f"{writes['plain_per_second']:.0f}/s")
    yield Line("the same with an event in the outbox", f"{writes['with_event_per_second']:.0f}/s")
    yield Line("a commit with an event, in commits without one", f"{writes['cost_of_event']:.2f}")


def _memory(part: Json) -> Iterator[Line]:
    for name, megabytes in part["resident_mb"].items():
        idle = part["idle_cpu_percent"][name]
        if name == HOLDS_THE_MODEL:
            yield Line(f"{name}, which holds the embedding model", f"{megabytes:.1f} MB, {idle:.1f}% CPU")
        else:
            yield Line(name, f"{megabytes:.1f} MB, {idle:.1f}% CPU", f"<= {AT_REST_MB} MB", megabytes <= AT_REST_MB)


def _listing(part: Json) -> Iterator[Line]:
    yield Line("requests in a rep's list; reps", f"{part['requests_in_list']}; {part['reps']}")
    for where, way in (("straight", "at the service"), ("gateway", "through the gateway"), ("livez", "of GET /livez at the service")):
        found = part[where]
        yield Line(f"{way}, p50", _ms(found["p50_ms"]))
        yield Line(f"{way}, p99", _ms(found["p99_ms"]))
        answered = ", ".join(f"{count} x {status}" for status, count in found["statuses"].items())
        yield Line(f"{way}, errors of {found['requests']}", f"{found['errors']}")
        if found["errors"]:
            yield Line("  answers", answered)
    yield Line("sales-service, processor time of a request", _ms(part["cpu_ms_per_request"]))
    yield Line("sales-service, resident after that", f"{part['resident_mb_after']:.1f} MB")


def _seconds(run: Json) -> str:
    return f"{run['seconds']:.2f} s" if "seconds" in run else run.get("slow", "failed")


def _ms(milliseconds: float | None) -> str:
    return "no answer" if milliseconds is None else f"{milliseconds:.1f} ms"


SECTIONS: dict[str, tuple[str, Show]] = {
    "documents": ("A long SOP: parse and draft, median of three runs, process start included", _documents),
    "events": ("Events, by the commit times that Postgres keeps", _events),
    "memory": ("Resident memory at rest", _memory),
    "listing": ("GET /v1/requests, 200 times a second for 20 s, timed from when each was due", _listing),
}
