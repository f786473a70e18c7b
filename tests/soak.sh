#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A script of the lab prints the same on every run, with each kind of link: SOAK_RUNS times in a row,
# then SOAK_LOADED_RUNS times while every processor is kept busy. Scripts that wait for timers take
# their time: SOAK_SLOW=yes repeats them, too. SOAK_ONLY=TEXT: only scripts with this in their name.

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"

runs=${SOAK_RUNS:-2}
loaded_runs=${SOAK_LOADED_RUNS:-1}

if ! has_private; then
  skip 'the lab again and again' 'no user namespaces for us on this machine'
  tap_done
fi
links=veth
bounded "$sockstep" --lab=tun -c host >/dev/null 2>&1 && links='veth tun'

# scripts: those that are repeated.
scripts() {
  cd "$top_srcdir" || exit 99
  for file in tests/scripts/*.sock tutorials/*.sock; do
    case $file in *"${SOAK_ONLY-}"*) ;; *) continue ;; esac
    [ "$(said "$file" needs)" = lab ] || continue
    [ "${SOAK_SLOW-}" = yes ] || ! grep -q '^sleep\|^clock' "$file" || continue
    echo "$file"
  done
}

# soak HOW RUNS: all of them.
soak() {
  for name in $(scripts); do
    for link in $links; do
      repeat "$name, $link, $1: $2 times" "$2" "$top_srcdir/$name" \
        "$work/$(printf %s "$name" | tr / -).$link" "--lab=$link"
    done
  done
}

busy=
end_load() {
  # shellcheck disable=SC2086 # several numbers
  [ -z "$busy" ] || kill $busy
  busy=
}
trap 'end_load; tap_clean' EXIT

soak 'in a row' "$runs"
for _ in $(seq "$(nproc)"); do
  (while :; do :; done) &
  busy="$busy $!"
done
soak 'every processor busy' "$loaded_runs"
end_load
[ "$tap_count" -gt 0 ]
verdict 'there are scripts to repeat' $?
tap_done
