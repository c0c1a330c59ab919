#!/usr/bin/env bash
# test.sh: every check and test on a new test stack, which ends with it. KEEP=1 leaves it up, and the next run goes on with it.
# The last line is the sum: N passed, M failed. A check that fails without a test of its own counts as one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export STACK=test
OUT=.local/test/results
passed=0 failed=0

heading() { printf '\n== %s\n' "$*"; }

# check NAME COMMAND...: a step that is right or wrong as a whole
check() {
  heading "$1"
  if "${@:2}"; then return; fi
  echo "FAILED: $1"
  failed=$((failed + 1))
}

# counted NAME PATTERN COMMAND...: a step whose output says how many passed and failed
counted() {
  local status=0 good bad
  heading "$1"
  "${@:3}" 2>&1 | tee "$OUT" || status=$?
  read -r good bad < <(python3 infra/count.py "$2" "$OUT")
  passed=$((passed + good)) failed=$((failed + bad))
  if ((status && !bad)); then echo "FAILED: $1"; failed=$((failed + 1)); fi
}

finish() {
  [[ ${KEEP:-} ]] || infra/local/down
}

heading "Preparing the test stack"
infra/local/install
trap finish EXIT
infra/local/forget 2>/dev/null || echo "The test stack is up already, so its data stays"
infra/local/up
infra/local/bootstrap
set -a
# shellcheck disable=SC1091
. .local/test/env
set +a

check "Formatting" cargo fmt --all --check
check "Lints" cargo clippy --workspace --all-targets -- -D warnings
counted "Rust tests" cargo cargo test --workspace --no-fail-fast
check "Building the services" cargo build --workspace --bins
check "Starting the services" infra/local/up --services
check "Generated files are up to date" infra/check-generated
suites=(infra/tests)
if [[ -d tests ]]; then suites=(tests infra/tests); fi
counted "The journey, the faults and the stack" pytest .local/venv/bin/python -m pytest "${suites[@]}"

printf '\n%d passed, %d failed\n' "$passed" "$failed"
((failed == 0))
