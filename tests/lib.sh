# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# For tests in shell: what a TAP producer needs. A test begins with
#	. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"
# and ends with tap_done. It has a directory of its own in $work, which is gone afterwards, and
# runs the program as "$sockstep".

set -u

top_srcdir=$(CDPATH='' cd -- "${top_srcdir:-$(dirname -- "$0")/..}" && pwd)
sockstep=${SOCKSTEP:-$top_srcdir/build/sockstep}
work=$(mktemp -d "${TMPDIR:-/tmp}/sockstep-test.XXXXXX")
tap_count=0
tap_failed=0

tap_clean() {
  rm -rf "$work"
}
trap tap_clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# "#" begins a directive in the description of a test.
tap_name() {
  printf '%s' "$1" | tr '#\n' '  '
}

ok() {
  tap_count=$((tap_count + 1))
  printf 'ok %d - %s\n' "$tap_count" "$(tap_name "$1")"
}

not_ok() {
  tap_count=$((tap_count + 1))
  tap_failed=$((tap_failed + 1))
  printf 'not ok %d - %s\n' "$tap_count" "$(tap_name "$1")"
}

skip() { # NAME REASON
  tap_count=$((tap_count + 1))
  printf 'ok %d - %s # SKIP %s\n' "$tap_count" "$(tap_name "$1")" "$2"
}

# A file, or what is read, as comments: harmless whatever it holds, and not too much of it.
diag() {
  cat -v -- "$@" | cut -c 1-500 | head -n 60 | sed 's/^/# /'
}

# verdict NAME STATUS: ok where STATUS is 0.
verdict() {
  if [ "$2" -eq 0 ]; then
    ok "$1"
  else
    not_ok "$1"
  fi
  return "$2"
}

tap_done() {
  printf '1..%d\n' "$tap_count"
  [ "$tap_failed" -eq 0 ]
  exit
}

# is_harmless FILE: valid UTF-8 in which no byte drives a terminal (C0 but \n and \t, DEL, C1).
is_harmless() {
  iconv -f UTF-8 -t UTF-8 "$1" >/dev/null 2>&1 &&
    [ "$(LC_ALL=C tr -d '\011\012\040-\176\200-\377' <"$1" | wc -c)" -eq 0 ] &&
    ! LC_ALL=C grep -q "$(printf '\302')[$(printf '\200')-$(printf '\237')]" "$1"
}

# bounded COMMAND...: what hangs is a failure (124), not a hanging test.
bounded() {
  timeout -k 5 60 "$@" 9<&-
}

# await COMMAND...: until it succeeds; fails when $patience, in 10 ms or more, is at its end.
patience=1000
await() {
  tries=$patience
  until "$@"; do
    [ "$((tries -= 1))" -gt 0 ] || return 1
    sleep 0.01
  done
}

# lock_machine: scripts and demos have addresses of their own on the machine's network, which the
# same test of another build must not use at this time. Held until the test ends, by descriptor 9.
lock_machine() {
  lock=${TMPDIR:-/tmp}/sockstep-test.lock
  [ -e "$lock" ] || (: >"$lock") 2>/dev/null
  [ -r "$lock" ] && command -v flock >/dev/null || return 0
  exec 9<"$lock"
  flock -w 200 9 || echo '# another build tests for very long: its sockets may be in the way'
}

# has_private: whether this machine lets us have a private network.
has_private() {
  bounded "$sockstep" --private -c echo >/dev/null 2>&1 </dev/null
  [ $? -ne 3 ]
}

# said FILE KEY: what a script says of itself in a comment, "# KEY: …".
said() {
  sed -n "s/^# $2: *//p" "$1" | sed 1q
}

# number_ports: what is read, with the first chosen port as {1}, the second as {2} … The first of several
# that are folded, as 40000…40009, may have been seen before, or not: it is {_}.
number_ports() {
  awk '{
    done = ""
    while (match($0, /(:|port )[1-9][0-9][0-9][0-9][0-9]/)) {
      port = substr($0, RSTART + RLENGTH - 5, 5)
      folded = index(substr($0, RSTART + RLENGTH), "…") == 1
      if (!folded && !(port in number))
        number[port] = ++count
      done = done substr($0, 1, RSTART + RLENGTH - 6) "{" (folded ? "_" : number[port]) "}"
      $0 = substr($0, RSTART + RLENGTH)
    }
    print done $0
  }'
}

# steady: what is read, without the numbers that the kernel chooses by chance and `packet` shows, and
# those of processes that were forked.
steady() {
  sed -E -e 's/^(  fork\(\) = |  why: process )[0-9]+/\1{_}/' -e 's/^( +[0-9]+  )([0-9a-f]{2} )+(\.\.)? *(Identification|(Header )?Checksum|(Source|Destination) Port'\
'|(Sequence|Acknowledgment) Number|TS (Value|Echo Reply)|Traffic Class: .*|Flow Label'\
'|The packet that is answered) .*/\1{_} \4/'
}

# timeless: what is read, without what is left of a timer. In a script of real time ("# clock: real")
# that is as long as the machine took to read it.
timeless() {
  sed -E 's/(timer: [a-z -]+ )(<1|[0-9]+) s/\1{_} s/'
}

# ask SCRIPT: what it says of how it is played, for all runs that follow.
ask() {
  columns=80
  forget='cat'
  # Where a line is broken depends on how long it is.
  if [ "$(said "$1" clock)" = real ] || grep -q '^clock \(real\|fast\)' "$1"; then
    columns=200
    forget=timeless
  elif grep -q fork "$1"; then
    columns=200
  fi
  expected=$(said "$1" exit)
}

# perform SCRIPT ARGS...: one run of what was asked, into $work/raw; fails where the exit status is
# not the one that the script says.
perform() {
  script=$1
  shift
  COLUMNS=$columns bounded "$sockstep" "$@" "$script" >"$work/raw" 2>&1 </dev/null
  status=$?
  [ "$status" -ne "${expected:-0}" ] || return 0
  echo "# exit status $status"
  diag "$work/raw"
  return 1
}

# comparable: what the last run has printed, as text that can be compared.
comparable() {
  number_ports <"$work/raw" | steady | "$forget"
}

# play SCRIPT OUTPUT ARGS...: the same, and what can be compared of it.
play() {
  script=$1
  output=$2
  shift 2
  ask "$script"
  perform "$script" "$@" && comparable >"$output"
}

# met_ports FILE: how many chosen ports it has.
met_ports() {
  grep -o '{[0-9]*}' "$1" | sort -u | wc -l
}

# differ_by_chance A B: two hosts may choose the same port, which is one then, and two in another run.
differ_by_chance() {
  [ "$(met_ports "$1")" -ne "$(met_ports "$2")" ] || return 1
  sed 's/{[0-9]*}/{_}/g' "$1" >"$work/chance"
  sed 's/{[0-9]*}/{_}/g' "$2" | cmp -s "$work/chance" -
}

# repeat TITLE RUNS SCRIPT FIRST ARGS...: many runs, each as the first, which is kept in FIRST.
repeat() {
  title=$1
  runs_left=$2
  demo=$3
  first=$4
  shift 4
  if ! [ -e "$first" ] && ! play "$demo" "$first" "$@"; then
    not_ok "$title"
    return
  fi
  ask "$demo"
  : >"$work/same"
  while [ "$((runs_left -= 1))" -gt 0 ]; do
    if ! perform "$demo" "$@"; then
      not_ok "$title"
      echo "# with $runs_left runs to go"
      return
    fi
    # Most are alike to the last byte.
    cmp -s "$work/raw" "$work/same" && continue
    comparable >"$work/again"
    if ! cmp -s "$first" "$work/again" && ! differ_by_chance "$first" "$work/again"; then
      not_ok "$title"
      echo "# with $runs_left runs to go, this is not as the first:"
      diff "$first" "$work/again" 2>&1 | diag
      return
    fi
    mv "$work/raw" "$work/same"
  done
  ok "$title"
}
