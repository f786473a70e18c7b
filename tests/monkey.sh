#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Random valid commands, the same for the same seed: nothing crashes, hangs, leaks or prints what
# drives a terminal. `make check` does a few thousand; `make monkey` 100,000 of one seed, and looks
# at memory, too. MONKEY_LINES is how many; SEED one or several numbers.

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"

monkey=${MONKEY:-${top_builddir:-.}/tests/monkey/monkey}
monkey=$(CDPATH='' cd -- "$(dirname -- "$monkey")" && pwd)/$(basename -- "$monkey")
lines=${MONKEY_LINES:-1500}
seeds=${SEED:-1 2 3}

# A sanitizer's report of a process whose standard error is /dev/null is a file.
ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}exitcode=99:log_path=$work/report:quarantine_size_mb=4"
UBSAN_OPTIONS="${UBSAN_OPTIONS:+$UBSAN_OPTIONS:}print_stacktrace=1:log_path=$work/report"
export ASAN_OPTIONS UBSAN_OPTIONS

# try NAME ARGS...
try() {
  title=$1
  shift
  mkdir "$work/try"
  (cd "$work/try" && timeout -k 5 3000 "$monkey" "$@" "$sockstep" >"$work/out" 2>&1 </dev/null)
  status=$?
  for report in "$work"/report.*; do
    [ -e "$report" ] || continue
    cat "$report" >>"$work/out"
    rm -f "$report"
    status=1
  done
  if [ "$status" -eq 0 ]; then
    ok "$title"
  else
    not_ok "$title"
  fi
  diag "$work/out"
  rm -rf "$work/try"
}

if ! has_private; then
  skip 'random commands' 'no user namespaces for us on this machine'
  tap_done
fi
# Memory is measured where it has had time to become even.
memory=
[ "$lines" -ge 100000 ] && memory=--memory
for seed in $seeds; do
  try "$lines random lines of seed $seed, JSON" --json --lines="$lines" --seed="$seed" $memory
  try "$lines random lines of seed $seed, text" --lines="$lines" --seed="$seed" $memory
done
tap_done
