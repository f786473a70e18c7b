#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs every script of tests/scripts and tutorials, on a private network and on the machine's own
# one, each in a directory of its own, several at the same time. A script can say, in comments:
#	# needs: private          not on the machine's own network
#	# needs: machine          only there
#	# kernel: N.N             skipped on an older one
#	# needs: lab              in a lab of two hosts, with each kind of link
#	# exit: N                 the exit status that it must have (0)
#	# prints: TEXT            what its output, or an error, must hold; may be said several times
#	# skip-unless: userns     skipped where there is no private network; even on the machine's own
#	# skip-unless: vsock    skipped where the kernel has no VSOCK
#	# skip-unless: unprivileged   skipped where one may do what a user may not

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"

# lacking FILE DIRECTORY: what of that the script says it prints is in neither of the outputs there.
lacking() {
  sed -n 's/^# prints: *//p' "$1" >"$2/prints"
  while IFS= read -r text; do
    cat "$2/out" "$2/err" | grep -qF -e "$text" || printf '%s\n' "$text"
  done <"$2/prints"
}

# Each run has a directory, with its title, script and arguments in order.
runs=0

# try NETWORK TITLE FILE ARGS...: NETWORK is own or machine.
try() {
  runs=$((runs + 1))
  mkdir "$work/run.$runs"
  : >"$work/run.$runs/$1"
  shift
  printf '%s\n' "$@" >"$work/run.$runs/what"
}

# pass_over TITLE REASON
pass_over() {
  runs=$((runs + 1))
  mkdir "$work/run.$runs"
  skip "$@" >"$work/run.$runs/tap"
}

# play DIRECTORY: makes the run that is described there; its exit status.
play() {
  directory=$1
  {
    read -r title
    read -r script
    set --
    while IFS= read -r argument; do
      set -- "$@" "$argument"
    done
  } <"$directory/what"
  mkdir "$directory/dir"
  (cd "$directory/dir" &&
    bounded "$sockstep" "$@" "$script" >"$directory/out" 2>"$directory/err" </dev/null)
}

# judge DIRECTORY: makes the run, and tells of it.
judge() {
  play "$1"
  status=$?
  expected=$(said "$script" exit)
  expected=${expected:-0}
  if [ "$status" -ne "$expected" ]; then
    not_ok "$title"
    echo "# exit status $status, not $expected"
    diag "$1/out" "$1/err"
  elif lacks=$(lacking "$script" "$1") && [ -n "$lacks" ]; then
    not_ok "$title"
    printf '%s\n' "$lacks" | sed 's/^/# does not print: /'
    diag "$1/out" "$1/err"
  elif ! is_harmless "$1/out" || ! is_harmless "$1/err"; then
    not_ok "$title"
    echo "# raw bytes in the output"
    diag "$1/out" "$1/err"
  else
    ok "$title"
  fi
}

# work_off NETWORK: makes runs that nobody has begun. Who makes the directory has it.
work_off() {
  run=0
  while [ "$run" -lt "$runs" ]; do
    run=$((run + 1))
    [ -e "$work/run.$run/$1" ] || continue
    mkdir "$work/run.$run/begun" 2>/dev/null || continue
    judge "$work/run.$run" >"$work/run.$run/tap"
    rm -rf "$work/run.$run/dir"
  done
}

# all_of NETWORK: its runs, several at the same time, since most of a run is waiting.
all_of() {
  workers=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
  workers=$((2 * workers))
  while [ "$workers" -gt 0 ]; do
    workers=$((workers - 1))
    work_off "$1" &
  done
  wait
}

private=yes
has_private || private=no

# older_kernel VERSION: whether this one comes before it.
older_kernel() {
  running=$(uname -r | sed 's/[^0-9.].*//')
  [ -n "$1" ] && [ "$(printf '%s\n%s\n' "$1" "$running" | sort -V | sed 1q)" != "$1" ]
}

may_bind_low_ports() {
  start=$(cat /proc/sys/net/ipv4/ip_unprivileged_port_start)
  [ "$(id -u)" -eq 0 ] || [ "$start" -le 80 ]
}

# reason FILE: why it cannot run on this machine, on whichever network; nothing where it can.
reason() {
  unless=$(said "$1" skip-unless)
  if older_kernel "$(said "$1" kernel)"; then
    echo "this kernel is older than $(said "$1" kernel)"
  elif [ "$unless" = userns ] && [ "$private" = no ]; then
    echo "$no_private"
  elif [ "$unless" = vsock ] && ! bounded "$sockstep" -c 'socket vsock stream' >/dev/null 2>&1; then
    echo 'this kernel has no VSOCK'
  elif [ "$unless" = unprivileged ] && may_bind_low_ports; then
    echo 'we may bind low ports here'
  fi
}

no_private='no user namespaces for us on this machine'

# A device that only root may open makes the lab use the other kind of link.
tun=yes
bounded "$sockstep" --lab=tun -c 'host' >/dev/null 2>&1 || tun=no

for file in "$top_srcdir"/tests/scripts/*.sock "$top_srcdir"/tutorials/*.sock; do
  [ -e "$file" ] || continue
  name=${file#"$top_srcdir"/}
  needs=$(said "$file" needs)
  why=$(reason "$file")
  if [ "$needs" = lab ]; then
    if [ "$private" = no ]; then
      pass_over "$name, lab" "$no_private"
      continue
    fi
    try own "$name, lab of veth" "$file" --lab=veth
    if [ "$tun" = yes ]; then
      try own "$name, lab of tun" "$file" --lab=tun
    else
      pass_over "$name, lab of tun" '/dev/net/tun cannot be opened'
    fi
    continue
  fi
  if [ "$needs" != machine ]; then
    if [ -n "$why" ] || [ "$private" = no ]; then
      pass_over "$name, private network" "${why:-$no_private}"
    else
      try own "$name, private network" "$file" --private
    fi
  fi
  if [ "$needs" != private ]; then
    if [ -n "$why" ]; then
      pass_over "$name" "$why"
    else
      try machine "$name" "$file"
    fi
  fi
done

all_of own
lock_machine
all_of machine

# Told in the order of the scripts.
tap_count=0
run=0
while [ "$run" -lt "$runs" ]; do
  run=$((run + 1))
  if ! grep -q '^\(not \)\{0,1\}ok ' "$work/run.$run/tap" 2>/dev/null; then
    not_ok "run $run of $runs ended"
    continue
  fi
  tap_count=$((tap_count + 1))
  grep -q '^ok ' "$work/run.$run/tap" || tap_failed=$((tap_failed + 1))
  awk -v n="$tap_count" '/^(not )?ok / { sub(/ok [0-9]+/, "ok " n) } { print }' \
    "$work/run.$run/tap"
done
if [ "$tap_count" -eq 0 ]; then
  not_ok "there are scripts to run"
fi
tap_done
