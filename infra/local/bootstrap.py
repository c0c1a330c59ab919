"""Puts into a running stack what the services expect to find, and writes the environment they read. Every step can be repeated."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

from bootstrap_steps import aws, databases, topics, vectors
from bootstrap_steps.settings import ENV_FILE, ROOT, STACK, fixed_settings


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
    news = "Wrote" if write(settings) else "Nothing new for"
    print(f"{news} {ENV_FILE.relative_to(ROOT)} after {time.monotonic() - started:.1f} s")


def write(settings):
    """Leaves the file alone when nothing changed: services are restarted when it is newer than they are."""
    text = "".join(f"{key}={value}\n" for key, value in settings.items())
    if ENV_FILE.exists() and ENV_FILE.read_text() == text:
        return False
    partial = ENV_FILE.with_suffix(".new")
    partial.touch(mode=0o600)
    partial.write_text(text)
    partial.replace(ENV_FILE)
    return True


if __name__ == "__main__":
    main()
