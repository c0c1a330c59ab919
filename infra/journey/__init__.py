"""The journey of an SOP, played through the gateway by one person per role.

`infra/journey/run` shows it; the tests of `tests/` play it with assertions. Nothing here reaches past the gateway except what an
operator of the platform does: looking into the mail box and the package bucket of the local AWS.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "examples" / "sops"
