# shellcheck shell=bash
# Sourced by the scripts of this folder: which stack is meant, where its things are, and how scripts speak.
#
#   STACK=run  (default) the one people look at
#   STACK=test the one tests use: every port plus 10000, its own data
#   STACK=bench the one measurements use: every port plus 2000, new for each of them

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
HERE=$ROOT/infra/local
PATH=$PATH:/usr/sbin:/sbin # where nginx is, and not in everybody's path
STACK=${STACK:-run}
case $STACK in
  run) PORT_OFFSET=0 ;;
  test) PORT_OFFSET=10000 ;;
  bench) PORT_OFFSET=2000 ;;
  *) echo "STACK is '$STACK', but there are only the stacks run, test and bench" >&2; exit 2 ;;
esac

LOCAL=$ROOT/.local
DATA=$LOCAL/$STACK
LOGS=$DATA/logs
CACHE=$LOCAL/cache
VENV=$LOCAL/venv
ENV_FILE=$DATA/env
PYTHON=$VENV/bin/python
PROFILE=${PROFILE:-debug}
BINARIES=${CARGO_TARGET_DIR:-$ROOT/target}/$PROFILE

while IFS='=' read -r name port; do
  if [[ $name == *_PORT ]]; then printf -v "$name" '%s' $((port + PORT_OFFSET)); export "${name?}"; fi
done <"$HERE/ports.env"
export ROOT STACK PORT_OFFSET LOCAL DATA LOGS CACHE VENV PYTHON ENV_FILE PROFILE BINARIES

# A socket's path has room for about 100 characters; a deep checkout gets a short one in /tmp instead.
SUPERVISOR_SOCKET=$DATA/supervisor.sock
checkout=$(printf '%s' "$ROOT" | cksum | cut -d' ' -f1)
if ((${#SUPERVISOR_SOCKET} > 90)); then SUPERVISOR_SOCKET=/tmp/course-creator-$checkout-$STACK.sock; fi

# Postgres refuses to run as root, and its user often cannot enter a checkout below /root: then its data lives in /var/tmp.
POSTGRES_DATA=$DATA/postgres
POSTGRES_USER=
NGINX_USER=
if [[ $EUID == 0 ]]; then
  POSTGRES_USER=postgres
  NGINX_USER='user root;' # its workers read this checkout, wherever that is
  if id postgres >/dev/null 2>&1 && ! setpriv --reuid=postgres --regid=postgres --clear-groups test -x "$ROOT"; then
    POSTGRES_DATA=/var/tmp/course-creator-$checkout/$STACK/postgres
  fi
fi
export SUPERVISOR_SOCKET POSTGRES_DATA POSTGRES_USER NGINX_USER

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

as_postgres() {
  if [[ -n $POSTGRES_USER ]]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi
}

supervisorctl() { "$VENV/bin/supervisorctl" -s "unix://$SUPERVISOR_SOCKET" "$@"; }

supervisor_pid() {
  local pid
  pid=$(cat "$DATA/supervisord.pid" 2>/dev/null) && [[ -n $pid ]] && grep -qs supervisord "/proc/$pid/cmdline" && echo "$pid"
}

need_install() { [[ -x $VENV/bin/supervisord ]] || fail "The stack is not installed: run 'make install' first"; }

# Debian keeps each Postgres version's programs in a folder of its own; the newest is taken.
postgres_bin() {
  local folder
  for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV) $(dirname "$(command -v initdb || echo /nowhere/initdb)"); do
    if [[ -x $folder/initdb ]]; then echo "$folder"; return; fi
  done
  fail "Postgres is not installed: run 'make install' first"
}

seconds_since() { awk -v ns=$(($(date +%s%N) - $1)) 'BEGIN { printf "%.1f s", ns / 1e9 }'; }
