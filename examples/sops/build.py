"""Build the Word and the PDF sample from their readable sources.

    python -m pip install -r examples/sops/requirements.txt
    python examples/sops/build.py            # writes the two files
    python examples/sops/build.py --check    # says whether the committed files are up to date

The output has no clock and no random number in it: the same source gives the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from build_docx import write_docx
from build_pdf import write_pdf
from sop_source import Document, parse

HERE = Path(__file__).resolve().parent
Writer = Callable[[Document], bytes]
TARGETS: list[tuple[str, str, Writer]] = [
    ("hotel-departure-room.md", ".docx", write_docx),
    ("laboratory-buffer-preparation.md", ".pdf", write_pdf),
]


def main() -> int:
    """Write every target, or compare it with what is committed."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--check", action="store_true", help="write nothing, report differences")
    check: bool = options.parse_args().check
    stale = False
    for name, suffix, write in TARGETS:
        document = parse((HERE / "source" / name).read_text(encoding="utf-8"))
        target = HERE / (document.fields["file"] + suffix)
        made = write(document)
        if check:
            same = target.exists() and target.read_bytes() == made
            stale |= not same
            print(f"{target.name}: {'up to date' if same else 'differs from its source'}")
        else:
            target.write_bytes(made)
            print(f"{target.name}: {len(made)} bytes")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
