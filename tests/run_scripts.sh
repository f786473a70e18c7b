#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs every script of tests/scripts and tutorials, on a private network and on the machine's own
# one, each in a directory of its own. A script can say, in comments:
#	# needs: private          not on the machine's own network
#	# needs: machine          only there
#	# kernel: N.N             skipped on an older one
#	# needs: lab              in a lab of two hosts, with each kind of link
#	# exit: N                 the exit status that it must have (0)
#	# prints: TEXT            what its output, or an error, must hold; may be said several times
#	# skip-unless: userns     skipped where there is no private network; even on the machine's own
#	# skip-unless: unprivileged   skipped where one may do what a user may not

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"

# said FILE KEY: what the script says.
said() {
  sed -n "s/^# $2: *//p" "$1" | sed 1q
}

# lacking FILE OUTPUT...: what of that the script says it prints is in none of the outputs.
lacking() {
  sed -n 's/^# prints: *//p' "$1" >"$work/prints"
  shift
  while IFS= read -r text; do
    cat -- "$@" | grep -qF -e "$text" || printf '%s\n' "$text"
  done <"$work/prints"
}

# try NAME FILE ARGS...
try() {
  title=$1
  script=$2
  shift 2
  expected=$(said "$script" exit)
  expected=${expected:-0}
  dir=$work/$tap_count
  mkdir "$dir"
  (cd "$dir" && bounded "$sockstep" "$@" "$script" >"$dir.out" 2>"$dir.err" </dev/null)
  status=$?
  if [ "$status" -ne "$expected" ]; then
    not_ok "$title"
    echo "# exit status $status, not $expected"
    diag "$dir.out" "$dir.err"
  elif lacks=$(lacking "$script" "$dir.out" "$dir.err") && [ -n "$lacks" ]; then
    not_ok "$title"
    printf '%s\n' "$lacks" | sed 's/^/# does not print: /'
    diag "$dir.out" "$dir.err"
  elif ! is_harmless "$dir.out" || ! is_harmless "$dir.err"; then
    not_ok "$title"
    echo "# raw bytes in the output"
    diag "$dir.out" "$dir.err"
  else
    ok "$title"
  fi
  rm -rf "$dir" "$dir.out" "$dir.err"
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
      skip "$name, lab" "$no_private"
      continue
    fi
    try "$name, lab of veth" "$file" --lab=veth
    if [ "$tun" = yes ]; then
      try "$name, lab of tun" "$file" --lab=tun
    else
      skip "$name, lab of tun" '/dev/net/tun cannot be opened'
    fi
    continue
  fi
  if [ "$needs" != machine ]; then
    if [ -n "$why" ] || [ "$private" = no ]; then
      skip "$name, private network" "${why:-$no_private}"
    else
      try "$name, private network" "$file" --private
    fi
  fi
  if [ "$needs" != private ]; then
    if [ -n "$why" ]; then
      skip "$name" "$why"
    else
      try "$name" "$file"
    fi
  fi
done

if [ "$tap_count" -eq 0 ]; then
  not_ok "there are scripts to run"
fi
tap_done
