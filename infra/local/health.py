"""Asks each part its own health question.

health.py wait SECONDS PART...   returns when all are well, or names those that are not (exit code 1)
health.py show PART...           one line for each
"""

import os
import socket
import ssl
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

E = os.environ
TIMEOUT = 3


def postgres():
    import psycopg

    with psycopg.connect(
        f"postgres://postgres:postgres-local@127.0.0.1:{E['POSTGRES_PORT']}/postgres", connect_timeout=TIMEOUT
    ) as db:
        db.execute("SELECT 1")


def kafka():
    """A broker that takes requests knows a controller, and says so in its metadata."""
    from confluent_kafka.admin import AdminClient

    quiet = {"bootstrap.servers": f"127.0.0.1:{E['KAFKA_PORT']}", "log_level": 0, "error_cb": lambda _: None}
    client = AdminClient(quiet)
    described = client.describe_cluster(request_timeout=TIMEOUT).result()
    if not described.nodes or described.controller is None:
        raise RuntimeError("no broker is registered yet")


def mongodb():
    import pymongo

    with pymongo.MongoClient(
        "127.0.0.1", int(E["MONGODB_PORT"]), directConnection=True, serverSelectionTimeoutMS=TIMEOUT * 1000
    ) as db:
        db.admin.command("ping")


def redis():
    with socket.create_connection(("127.0.0.1", int(E["REDIS_PORT"])), TIMEOUT) as link:
        link.sendall(b"PING\r\n")
        answer = link.recv(64)
    if answer != b"+PONG\r\n":
        raise RuntimeError(answer.decode(errors="replace").strip())


def ministack():
    fetch(f"http://127.0.0.1:{E['MINISTACK_PORT']}/_ministack/ready")


def qdrant():
    import grpc

    with grpc.insecure_channel(f"127.0.0.1:{E['QDRANT_PORT']}") as channel:
        channel.unary_unary("/qdrant.Qdrant/HealthCheck")(b"", timeout=TIMEOUT)


def gateway():
    fetch(f"https://127.0.0.1:{E['GATEWAY_PORT']}/docs/", ssl.create_default_context(cafile=f"{E['DATA']}/gateway/ca.pem"))


def service(name):
    port = E[name.removesuffix("-service").replace("-", "_").upper() + "_PORT"]
    fetch(f"http://127.0.0.1:{port}/readyz")


def fetch(url, context=None):
    # Never through a proxy that the user's environment names: everything here is on this machine.
    handlers = [urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context)]
    urllib.request.build_opener(*handlers).open(url, timeout=TIMEOUT).read()


QUESTIONS = {f.__name__: f for f in (postgres, kafka, mongodb, redis, ministack, qdrant, gateway)}


def ask(part):
    """None when the part is well, else what it answered."""
    try:
        QUESTIONS[part]() if part in QUESTIONS else service(part)
    except Exception as error:  # whatever goes wrong is the answer
        return f"{type(error).__name__}: {error}".splitlines()[0]
    return None


def wait(part, until):
    while True:
        problem = ask(part)
        if problem is None or time.monotonic() > until:
            return problem
        time.sleep(0.1)


def main():
    how, *parts = sys.argv[1:]
    until = time.monotonic()
    if how == "wait":
        until += float(parts.pop(0))
    with ThreadPoolExecutor(len(parts)) as pool:
        problems = dict(zip(parts, pool.map(lambda part: wait(part, until), parts)))
    for part, problem in problems.items():
        if how == "show":
            print(f"{part:22} {problem or 'well'}")
        elif problem:
            print(f"{part} {problem}")
    return 1 if any(problems.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
