"""Measure, print, keep: infra/bench/run. The exit code says whether everything could be measured, not whether it was fast."""

from __future__ import annotations

import json
import subprocess
import sys

import httpx
from journey.client import Refused

from . import documents, events, listing, machine, report, services
from .tools import DATA, Json, tell

# In this order: the first two want the machine for themselves, before eight services run.
PARTS = {"documents": documents.measure, "events": events.measure, "memory": services.at_rest, "listing": listing.measure}
EXPECTED = (OSError, RuntimeError, ValueError, LookupError, TimeoutError, AssertionError, subprocess.SubprocessError, httpx.HTTPError, Refused)


def main(names: list[str]) -> int:
    """Every part, or those named; one that fails does not keep the others from being measured."""
    if unknown := set(names) - PARTS.keys():
        print(f"There is no {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    found: Json = {"machine": machine.describe()}
    for name in names or PARTS:
        try:
            found[name] = PARTS[name]()
        except EXPECTED as error:
            found[name] = {"failed": f"{type(error).__name__}: {error}"}
    shown = report.table(found)
    file = DATA / "report.json"
    file.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    file.with_suffix(".txt").write_text("\n".join(shown[1:]) + "\n", encoding="utf-8")
    tell("\n".join(shown))
    late = report.missed(found)
    tell("\n" + (f"Goals missed: {'; '.join(late)}" if late else "Every goal that was measured is met"))
    tell(f"All numbers: {file}")
    return 1 if any("failed" in part for part in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
