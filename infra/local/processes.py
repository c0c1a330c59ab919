"""Which processes hold the stack's ports, and which were started for this stack.

processes.py taken       names the process at each port of the stack that is in use; exit code 1 when there is any
processes.py leftovers   prints the ids of all processes that a supervisor of this stack has started
"""

import os
import re
import sys
from pathlib import Path

LISTEN = "0A"


def listeners():
    """Port -> inode of its listening socket."""
    found = {}
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:] if Path(table).exists() else []:
            fields = line.split()
            if fields[3] == LISTEN:
                found[int(fields[1].rsplit(":", 1)[1], 16)] = fields[9]
    return found


def holders(inodes):
    """Socket inode -> id of the process that has it, for those this user may look at."""
    found = {}
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            match = re.fullmatch(r"socket:\[(\d+)\]", os.readlink(link))
        except OSError:
            continue
        if match and match[1] in inodes:
            found.setdefault(match[1], int(link.parts[2]))
    return found


def command(pid):
    words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return words.strip()[:100]


def held():
    """Port -> (name, process id or None) for every port of the stack that is in use."""
    ports = {int(value): name for name, value in os.environ.items() if name in names_of_ports()}
    busy = {port: inode for port, inode in listeners().items() if port in ports}
    pids = holders(set(busy.values()))
    return {port: (ports[port], pids.get(inode)) for port, inode in sorted(busy.items())}


def names_of_ports():
    return re.findall(r"^(\w+_PORT)=", Path(__file__).with_name("ports.env").read_text(), re.M)


def taken():
    busy = held()
    for port, (name, pid) in busy.items():
        process = f"process {pid} ({command(pid)})" if pid else "a process of another user"
        print(f"Port {port} ({name}) is taken by {process}")
    return 1 if busy else 0


def leftovers():
    """By the mark that the supervisor puts into the environment; redis and nginx write over theirs, so by port and folder too."""
    mark = f"COURSE_STACK={os.environ['DATA']}".encode()
    found = set()
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in environment.read_bytes().split(b"\0"):
                found.add(int(environment.parts[2]))
        except OSError:
            continue
    found |= {pid for _, pid in held().values() if pid and works_in(pid, Path(os.environ["DATA"]))}
    print(*sorted(found), sep="\n", end="\n" if found else "")
    return 0


def works_in(pid, folder):
    try:
        return Path(f"/proc/{pid}/cwd").readlink().is_relative_to(folder)
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(taken() if sys.argv[1] == "taken" else leftovers())
