#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A script of the lab prints the same on every run, with each kind of link: SOAK_RUNS times in a row,
# then SOAK_LOADED_RUNS times while every processor is kept busy. Scripts that wait for timers take
# their time: SOAK_SLOW=yes repeats them, too, and SOAK_SLOW=only no others. SOAK_ONLY=TEXT: only
# scripts with this in their name. SOAK_JOBS: how many rows go on side by side.

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"

# row FIRSTS HOW RUNS SCRIPT LINK: what one row says, in one go, as tests without a number: those of
# several rows come as they end.
if [ "${1-}" = row ]; then
  repeat "$5, $6, $3: $4 times" "$4" "$top_srcdir/$5" "$2/$(printf %s "$5" | tr / -).$6" \
    "--lab=$6" >"$work/said"
  sed 's/^\(not ok\|ok\) [0-9]* -/\1 -/' "$work/said"
  exit "$tap_failed"
fi

runs=${SOAK_RUNS:-2}
loaded_runs=${SOAK_LOADED_RUNS:-1}

if ! has_private; then
  skip 'the lab again and again' 'no user namespaces for us on this machine'
  tap_done
fi
links=veth
bounded "$sockstep" --lab=tun -c host >/dev/null 2>&1 && links='veth tun'

# rows: a script that is repeated, and a link, in each line.
rows() (
  cd "$top_srcdir" || exit 99
  for file in tests/scripts/*.sock tutorials/*.sock; do
    case $file in *"${SOAK_ONLY-}"*) ;; *) continue ;; esac
    [ "$(said "$file" needs)" = lab ] || continue
    slow=no
    grep -q '^sleep\|^clock' "$file" && slow=yes
    case ${SOAK_SLOW:-no},$slow in no,yes | only,no) continue ;; esac
    for link in $links; do
      echo "$file $link"
    done
  done
)

# soak HOW RUNS: all of them.
soak() {
  xargs -P "${SOAK_JOBS:-$(nproc)}" -L 1 "$top_srcdir/tests/soak.sh" row "$work" "$1" "$2" \
    <"$work/rows" || tap_failed=1
  tap_count=$((tap_count + $(wc -l <"$work/rows")))
}

busy=
end_load() {
  # shellcheck disable=SC2086 # several numbers
  [ -z "$busy" ] || kill $busy
  busy=
}
trap 'end_load; tap_clean' EXIT

export top_srcdir SOCKSTEP="$sockstep"
rows >"$work/rows"
soak 'in a row' "$runs"
for _ in $(seq "$(nproc)"); do
  (while :; do :; done) &
  busy="$busy $!"
done
soak 'every processor busy' "$loaded_runs"
end_load
[ -s "$work/rows" ]
verdict 'there are scripts to repeat' $?
tap_done
