"""Play the journey with one SOP and show it: SOP=path LEVEL=B1 infra/journey/run."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import httpx

from . import SAMPLES, aws, show
from .client import Refused
from .course import lessons, unproven
from .journey import Journey, NoCourse
from .order import SopFile
from .people import cast, folder

SAMPLE = SAMPLES / "kitchen-cold-storage.md"
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
STARTED = time.monotonic()


def tell(text: str) -> None:
    """One line, as soon as there is something to say."""
    print(f"{time.monotonic() - STARTED:7.1f} s  {text}", flush=True)


def main() -> int:
    """Play, show, and say what did not work."""
    path = Path(os.environ.get("SOP") or SAMPLE).expanduser()
    level = (os.environ.get("LEVEL") or "B1").upper()
    if not path.is_file():
        print(f"{path} is not a file", file=sys.stderr)
        return 2
    if level not in LEVELS:
        print(f"LEVEL is {level}, but the levels are {', '.join(LEVELS)}", file=sys.stderr)
        return 2
    try:
        return play(path, level)
    except NoCourse as failed:
        print(f"\nNo course could be made from {path.name}: {failed}", file=sys.stderr)
    except (Refused, TimeoutError, httpx.HTTPError) as failed:
        print(f"\nThe journey stopped: {failed}\nThe services' logs are in {folder() / 'logs'}", file=sys.stderr)
    return 1


def play(path: Path, level: str) -> int:
    """The whole journey; the result is 1 when a claim of the course cannot be found in the SOP."""
    began = time.time()
    tell("One person per role: invited by the administrator, or those of the last run")
    people = cast("journey", company="Harbour Lane Kitchens")
    journey = Journey(people, SopFile.read(path), level, tell).upto(10)
    out = folder() / "out"
    out.mkdir(exist_ok=True)
    for name in ("course.html", "course.json", "quality.json"):
        (out / name).write_bytes(aws.package_file(journey.course_id, journey.sha256, name))
    lines = [
        *show.overview(journey.package),
        show.provenance(journey.package, journey.sops),
        *show.lesson(journey.package, lessons(journey.package["course"])[0]),
        *show.times(journey),
        *show.mail([mail for mail in aws.sent_mail() if float(mail["Timestamp"]) >= began]),
        *show.where(people, out / "course.html"),
    ]
    print("\n".join(lines), flush=True)
    return 1 if unproven(journey.package, journey.sops)[1] else 0


if __name__ == "__main__":
    sys.exit(main())
