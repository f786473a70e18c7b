# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# For tests on several terminals at the same time; read after tmux.sh.
#
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # $session of a subshell is its own

# together NAME FUNCTION [ARGUMENT]: its tests run beside the others; told() tells them in order.
workers=
together() {
  workers="$workers $1"
  (
    session=${1}0
    shift
    "$@"
    echo '# done'
  ) >"$work/tap.$1" 2>"$work/err.$1" &
}

told() {
  wait
  for worker in $workers; do
    awk -v n="$tap_count" '
      /^(not )?ok / { n++; sub(/ok [0-9]+/, "ok " n) }
      { print }' "$work/tap.$worker"
    tap_count=$((tap_count + $(grep -c '^\(not \)\?ok ' "$work/tap.$worker")))
    tap_failed=$((tap_failed + $(grep -c '^not ok ' "$work/tap.$worker")))
    if ! grep -q '^# done$' "$work/tap.$worker" || [ -s "$work/err.$worker" ]; then
      not_ok "$worker: its tests ran to their end"
      diag "$work/err.$worker"
    fi
  done
}
