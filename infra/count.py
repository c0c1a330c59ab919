"""count.py cargo|pytest FILE: how many tests passed and failed, by the closing lines of the runner's output."""

import re
import sys

runner, path = sys.argv[1:]
with open(path, encoding="utf-8", errors="replace") as output:
    text = re.sub(r"\x1b\[[0-9;]*m", "", output.read())
if runner == "cargo":
    closing = re.findall(r"^test result: .*", text, re.M)
else:
    closing = re.findall(r"^=* ?(\d+ (?:passed|failed|error|skipped).* in [\d.]+s.*)$", text, re.M)[-1:]
passed = sum(int(n) for line in closing for n in re.findall(r"(\d+) passed", line))
failed = sum(int(n) for line in closing for n in re.findall(r"(\d+) (?:failed|errors?)\b", line))
print(passed, failed)
