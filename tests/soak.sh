#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A script of the lab prints the same on every run, with each kind of link: SOAK_RUNS times in a row,
# then SOAK_LOADED_RUNS times while every processor is kept busy. Scripts that sleep, or change the
# clock, take their time: SOAK_SLOW=yes repeats them, too. SOAK_ONLY=TEXT: only scripts with this in
# their name. Rows of runs go on side by side: of scripts that wait, which cost little, SOAK_WAITING
# at a time, and of the others SOAK_JOBS. While the processors are busy: SOAK_LOADED_WAITING, and one.

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

# rows: a script that is repeated, and a link, in each line: those that wait in $work/waiting, the
# others in $work/rows.
rows() (
  cd "$top_srcdir" || exit 99
  for file in tests/scripts/*.sock tutorials/*.sock; do
    case $file in *"${SOAK_ONLY-}"*) ;; *) continue ;; esac
    [ "$(said "$file" needs)" = lab ] || continue
    [ "${SOAK_SLOW-}" = yes ] || ! grep -q '^sleep\|^clock' "$file" || continue
    to=rows
    grep -q '^sleep\|^clock\|expect within' "$file" && to=waiting
    for link in $links; do
      echo "$file $link" >>"$work/$to"
    done
  done
)

# side_by_side JOBS ROWS HOW RUNS
side_by_side() {
  xargs -r -P "$1" -L 1 "$top_srcdir/tests/soak.sh" row "$work" "$3" "$4" <"$2"
}

# soak HOW RUNS WAITING JOBS: all of them.
soak() {
  side_by_side "$3" "$work/waiting" "$1" "$2" &
  waiting=$!
  side_by_side "$4" "$work/rows" "$1" "$2" || tap_failed=1
  wait "$waiting" || tap_failed=1
  tap_count=$((tap_count + $(cat "$work/waiting" "$work/rows" | wc -l)))
}

busy=
end_load() {
  # shellcheck disable=SC2086 # several numbers
  [ -z "$busy" ] || kill $busy
  busy=
}
trap 'end_load; tap_clean' EXIT

export top_srcdir SOCKSTEP="$sockstep"
: >"$work/waiting"
: >"$work/rows"
rows
soak 'in a row' "$runs" "${SOAK_WAITING:-1}" "${SOAK_JOBS:-1}"
for _ in $(seq "$(nproc)"); do
  (while :; do :; done) &
  busy="$busy $!"
done
soak 'every processor busy' "$loaded_runs" "${SOAK_LOADED_WAITING:-1}" 1
end_load
[ "$tap_count" -gt 0 ]
verdict 'there are scripts to repeat' $?
tap_done
