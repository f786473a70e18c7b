#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# However sockstep ends while it has a lab: no process, namespace, device, route, mount or file of it
# is left. The test confines itself: in a PID namespace of its own, whatever runs is its own or
# sockstep's; and in a user namespace of its own, which may hold just as many namespaces as one lab
# takes, the next lab can be made only when the kernel has done away with the one before.

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"

if [ -z "${SOCKSTEP_CONFINED-}" ]; then
  confine() {
    bounded_by=$1
    shift
    timeout -k 5 "$bounded_by" unshare --user --map-root-user --pid --fork --kill-child \
      --mount --net --mount-proc "$@"
  }
  if ! has_private || ! confine 10 env --default-signal=INT true 2>"$work/why"; then
    skip 'leaving a lab' "no namespaces to look at it in: $(cat "$work/why" 2>/dev/null)"
    tap_done
  fi
  export top_srcdir SOCKSTEP_CONFINED=yes
  confine 400 sh "$0"
  exit
fi

home=$work/home
mkdir "$home" "$work/cwd" "$work/tmp"
export HOME="$home" XDG_STATE_HOME="$home" XDG_CONFIG_HOME="$home" XDG_DATA_HOME="$home"
export TMPDIR="$work/tmp"
for dir in /run /dev/shm /var/tmp; do
  mount -t tmpfs tmpfs "$dir" || exit 99
done

# others: processes other than this one, but for those that have ended; on a line each.
others() {
  for dir in /proc/[0-9]*; do
    [ "${dir#/proc/}" != "$$" ] || continue
    read -r line <"$dir/stat" || continue
    case $line in *') Z '* | *') X '*) continue ;; esac
    printf '%s\n' "$line"
  done 2>/dev/null
}

nobody() {
  others >"$work/others"
  ! [ -s "$work/others" ]
}

# world: what of this network and of the files could be left.
world() {
  cut -d : -f 1 /proc/net/dev
  awk '{ print $1, $2, $3, $8 }' /proc/net/route
  [ ! -e /proc/net/if_inet6 ] || awk '{ print $1, $2, $NF }' /proc/net/ipv6_route /proc/net/if_inet6
  cat /proc/self/mountinfo
  (cd "$work/cwd" && find . "$work/tmp" "$home" /run /dev/shm /var/tmp ! -path "$home/sockstep*")
}

# room USERS NETWORKS: so many namespaces may be.
room() {
  echo "$1" >/proc/sys/user/max_user_namespaces
  echo "$2" >/proc/sys/user/max_net_namespaces
}

# room_for_one: a lab has a network for each host and with veth one for the wire; the network of this
# test counts, too. The kernel does away with an old one in its own time.
room_for_one() {
  room 1 "$nets"
}

room_for_many() {
  room 100 100
}

makes_a_lab() {
  bounded "$sockstep" "--lab=$link" -c 'host' >"$work/next" 2>&1 </dev/null
}

# judge TITLE: after sockstep has ended.
judge() {
  if ! await nobody; then
    not_ok "$1: no process is left"
    diag "$work/others"
    # Or all that follows would fail as well.
    while read -r pid _; do kill -9 "$pid"; done <"$work/others"
    await nobody
    return
  fi
  world >"$work/after"
  if ! cmp -s "$work/before" "$work/after"; then
    not_ok "$1: nothing is left"
    diff "$work/before" "$work/after" | diag
  elif room_for_one && ! await makes_a_lab; then
    not_ok "$1: no namespace is left"
    diag "$work/next"
  else
    ok "$1: nothing is left"
  fi
  room_for_many
}

# start: in the background, reading what is written to descriptor 9; with its first line on
# standard output it is ready.
start() {
  rm -f "$work/lines" "$work/out"
  mkfifo "$work/lines"
  # A shell lets what it starts in the background ignore SIGINT.
  (cd "$work/cwd" && exec env --default-signal=INT "$sockstep" "--lab=$link" --keep-going - \
    <"$work/lines" >"$work/out" 2>&1) &
  explorer=$!
  exec 9>"$work/lines"
}

# says PATTERN: whether it has printed that.
says() {
  # shellcheck disable=SC2317 # by await
  grep -q "$1" "$work/out"
}

# busy: what the lab is in the middle of: held packets, a call that waits, an extra process,
# one whose parent is gone, one that is stopped.
busy() {
  cat >&9 <<'END'
@b s = socket tcp
@b bind s b:80
@b listen s
wire hold
@a c = socket tcp
@a connect c b:80 &
wire step
@b accept s &
process b2 on b
@b fork one
@one fork two
kill one
@two accept s &
@b fork still
kill still STOP
echo ready
END
  await says '^ *ready'
}

# ends TITLE STATUS: waits for its end.
ends() {
  wait "$explorer" 2>/dev/null
  got=$?
  exec 9>&-
  [ "$got" -eq "$2" ]
  verdict "$1: exit status $2" $? || {
    echo "# exit status $got"
    diag "$work/out"
  }
  judge "$1"
}

# by_signal NAME STATUS
by_signal() {
  start
  busy
  kill -s "$1" "$explorer" 2>/dev/null
  ends "$link, SIG$1" "$2"
}

# children PID: the numbers of its processes.
children() {
  cat "/proc/$1/task/$1/children"
}

all_ways() {
  start
  busy
  echo quit >&9
  ends "$link, quit" 0

  start
  busy
  exec 9>&-
  ends "$link, the script ends" 0

  printf '@b s = socket tcp\nwire hold\n@a socket udp\n@a sendto 3 "x" b:9\nno such thing\n' \
    >"$work/error.sock"
  (cd "$work/cwd" && bounded "$sockstep" "--lab=$link" "$work/error.sock" >"$work/out" 2>&1)
  [ $? -eq 1 ]
  verdict "$link, an error: exit status 1" $? || diag "$work/out"
  judge "$link, an error"

  printf 'host c\n@c socket udp\n@c recv 3\n' >"$work/late.sock"
  (cd "$work/cwd" && bounded "$sockstep" "--lab=$link" --timeout=50ms "$work/late.sock" \
    >"$work/out" 2>&1)
  [ $? -eq 1 ]
  verdict "$link, --timeout: exit status 1" $? || diag "$work/out"
  judge "$link, --timeout"

  by_signal INT 130
  by_signal TERM 130
  by_signal HUP 130
  by_signal KILL 137

  # The process of a host, which the explorer survives.
  start
  busy
  for pid in $(children "$explorer"); do kill -s KILL "$pid"; done 2>/dev/null
  printf 'process b on b\n@b socket udp\necho again\n' >&9
  await says '^ *again'
  verdict "$link, SIGKILL of every process: the session goes on" $? || diag "$work/out"
  echo quit >&9
  ends "$link, SIGKILL of every process" 1

  # Its reader goes away.
  (cd "$work/cwd" && bounded "$sockstep" "--lab=$link" -c 'host' | true) >"$work/out" 2>&1
  judge "$link, nobody reads"

  # While hosts are being made: each time a little later.
  step=0
  while [ "$step" -lt 30 ]; do
    (cd "$work/cwd" && exec "$sockstep" "--lab=$link" -c 'host c; host d' >"$work/out" 2>&1) &
    explorer=$!
    sleep "$(printf '0.%04d' "$((step * 4))")"
    kill -s KILL "$explorer" 2>/dev/null
    wait "$explorer" 2>/dev/null
    step=$((step + 1))
    await nobody || break
  done
  judge "$link, SIGKILL while hosts are made, $step times"

  if ! command -v script >/dev/null; then
    skip "$link, the terminal is gone" 'no script(1)'
    return
  fi
  rm -f "$work/lines"
  mkfifo "$work/lines"
  (cd "$work/cwd" && TERM=dumb exec script -qfec "$sockstep --lab=$link" /dev/null \
    <"$work/lines" >"$work/out" 2>&1) &
  terminal=$!
  exec 9>"$work/lines"
  busy
  verdict "$link, on a terminal" $? || diag "$work/out"
  kill -s KILL "$terminal"
  wait "$terminal"
  exec 9>&-
  judge "$link, the terminal is gone"
}

links=veth
bounded "$sockstep" --lab=tun -c host >/dev/null 2>&1 && links='veth tun'
for link in $links; do
  nets=3
  [ "$link" = tun ] || nets=4
  room_for_one
  await makes_a_lab
  verdict "$link, there is room for a lab" $? || diag "$work/next"
  world >"$work/before"

  # That what is looked at would tell.
  room_for_many
  start
  busy
  room_for_one
  ! makes_a_lab && grep -q 'remedy: ' "$work/next" && ! nobody
  verdict "$link, there is no room for another" $? || diag "$work/next" "$work/others"
  echo quit >&9
  ends "$link, beside another" 0

  all_ways
done
[ "$links" != veth ] || skip 'a lab of tun' '/dev/net/tun cannot be opened'
tap_done
