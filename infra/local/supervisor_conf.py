"""Writes the configuration of supervisord: every part of the stack and the eight services, from the environment of lib.sh."""

import os
import sys

E = os.environ
DATA, VENV, CACHE, ROOT, LOGS = E["DATA"], E["VENV"], E["CACHE"], E["ROOT"], E["LOGS"]
SERVICES = ["user", "sales", "sop-ingest", "course-gen", "course-mgmt", "learning", "trainer", "notification"]
JVM = "-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dorg.slf4j.simpleLogger.defaultLogLevel=warn"


def postgres():
    # Tests make a database each: without fsync that takes a third of the time, and a killed process still loses nothing.
    # Measurements ask Postgres itself when a transaction was committed.
    extra = {"test": "-c fsync=off", "bench": "-c track_commit_timestamp=on"}.get(E["STACK"], "")
    return {
        "command": f"{E['POSTGRES_BIN']}/postgres -D {E['POSTGRES_DATA']} -p {E['POSTGRES_PORT']} -c listen_addresses=127.0.0.1"
        f" -c unix_socket_directories= -c max_connections=400 -c shared_buffers=128MB {extra}",
        "user": E["POSTGRES_USER"],
        "directory": E["POSTGRES_DATA"],
        "stopsignal": "INT",
    }


def parts():
    """The infrastructure, by name."""
    return {
        "postgres": postgres(),
        "kafka": {"command": f"java {JVM} -cp {CACHE}/kafka/* kafka.Kafka {DATA}/kafka.properties", "stopwaitsecs": "15"},
        "mongodb": {
            "command": f"{VENV}/bin/secantusd-py --host 127.0.0.1 --port {E['MONGODB_PORT']} --storage-path {DATA}/mongodb"
            " --cache-size 256M --log-level WARNING"
        },
        "redis": {
            "command": f"redis-server --bind 127.0.0.1 --port {E['REDIS_PORT']} --dir {DATA}/redis --save 60 1 --daemonize no"
        },
        "ministack": {"command": f"{VENV}/bin/ministack", "environment": ministack_environment()},
        "qdrant": {"command": f"{VENV}/bin/python {ROOT}/infra/local/qdrant_local.py {E['QDRANT_PORT']} {DATA}/qdrant"},
        "gateway": {
            "command": f"nginx -p {DATA}/gateway -c {DATA}/gateway/nginx.conf",
            "stopsignal": "QUIT",
            "stopwaitsecs": "2",
        },
    }


def ministack_environment():
    folder = f"{DATA}/ministack"
    values = {
        "GATEWAY_PORT": E["MINISTACK_PORT"],
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "MINISTACK_REGION": "eu-central-1",
        "PERSIST_STATE": "1",
        "STATE_DIR": f"{folder}/state",
        "S3_PERSIST": "1",
        "S3_DATA_DIR": f"{folder}/s3",
        "TMPDIR": folder,
        "LOG_LEVEL": "WARNING",
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "COGNITO_DEFAULT_FROM": "courses@example.com",
        # The one key pair that it knows; the bootstrap gives the same to the services.
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local-secret",
    }
    return ",".join(f'{key}="{value}"' for key, value in values.items())


def services():
    return {
        f"{name}-service": {
            "command": f"{ROOT}/infra/local/run-service {name}-service serve",
            "autostart": "false",
            "startretries": "20",
            "stopwaitsecs": "15",
            "environment": f'ENV_FILE="{E["ENV_FILE"]}",BINARIES="{E["BINARIES"]}"',
        }
        for name in SERVICES
    }


def program(name, settings):
    common = {
        "directory": DATA,
        "autorestart": "true",
        "startretries": "3",
        "redirect_stderr": "true",
        "stdout_logfile": f"{LOGS}/{name}.log",
        "stdout_logfile_maxbytes": "20MB",
        "stdout_logfile_backups": "1",
    }
    lines = [f"{key}={value}".replace("%", "%%") for key, value in (common | settings).items() if value]
    return "\n".join([f"[program:{name}]", *lines, ""])


def main():
    user = "user=root\n" if os.geteuid() == 0 else ""
    print(f"""[unix_http_server]
file={E["SUPERVISOR_SOCKET"]}
chmod=0700

[supervisord]
logfile={LOGS}/supervisord.log
pidfile={DATA}/supervisord.pid
childlogdir={LOGS}
environment=COURSE_STACK="{DATA}"
{user}
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface

[group:infra]
programs={",".join(parts())}

[group:services]
programs={",".join(services())}
""")
    for name, settings in (parts() | services()).items():
        print(program(name, settings))


if __name__ == "__main__":
    sys.exit(main())
