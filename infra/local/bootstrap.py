"""Puts into a running stack what the services expect to find, and writes the environment they read. Every step can be repeated."""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bootstrap_steps import aws, databases, topics, vectors
from bootstrap_steps.settings import ENV_FILE, STACK, fixed_settings


def main():
    started = time.monotonic()
    print(f"Preparing the {STACK} stack")
    steps = {"databases": databases.prepare, "topics": topics.prepare, "AWS": aws.prepare, "vectors": vectors.prepare}
    with ThreadPoolExecutor(len(steps)) as pool:
        running = {name: pool.submit(step) for name, step in steps.items()}
    settings = fixed_settings()
    for name, step in running.items():
        try:
            told, found = step.result()
        except Exception as error:
            sys.exit(f"{name}: {type(error).__name__}: {error}")
        print(f"  {told}")
        settings |= found
    write(settings)
    print(f"Wrote {os.path.relpath(ENV_FILE)} after {time.monotonic() - started:.1f} s")


def write(settings):
    partial = ENV_FILE.with_suffix(".new")
    partial.touch(mode=0o600)
    partial.write_text("".join(f"{key}={value}\n" for key, value in settings.items()))
    Path(partial).replace(ENV_FILE)


if __name__ == "__main__":
    main()
