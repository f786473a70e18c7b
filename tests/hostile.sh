#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A peer that means harm, or has gone mad: whatever it sends or does, nothing that drives a terminal
# is printed, in a pipe, on a terminal or in JSON; nothing crashes or hangs; memory is bounded.

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"

peer=$(CDPATH='' cd -- "${top_builddir:-.}" && pwd)/tests/hostile/peer
address=127.36.2.1
cd "$work" || exit 99

# serve MODE: starts the peer; its port is in $port.
serve() {
  rm -f "$work/port"
  mkfifo "$work/port"
  "$peer" "$1" "$address" >"$work/port" 2>"$work/peer" &
  peer_pid=$!
  read -r port <"$work/port"
}

# on_terminal COMMAND...: runs it with a terminal for its output.
on_terminal() {
  printf "exec '%s' --color=always --keep-going --timeout=5s '%s'\n" "$sockstep" "$work/script" \
    >"$work/command"
  TERM=xterm bounded script -qec "sh $work/command" /dev/null >"$work/tty" 2>&1 </dev/null
}

# judge TITLE STATUS OUTPUT JSON: of one run.
judge() {
  if [ "$2" -gt 1 ]; then
    not_ok "$1"
    echo "# exit status $2"
    diag "$3"
  elif [ "$4" = json ] && ! "$peer" judge <"$3" >"$work/said"; then
    not_ok "$1"
    diag "$work/said"
  elif ! is_harmless "$3"; then
    not_ok "$1"
    diag "$3"
  else
    ok "$1"
  fi
}

# attack MODE: runs the script that is read, where PORT stands for the peer's, in three ways.
attack() {
  mode=$1
  cat >"$work/lines"
  for way in text json terminal; do
    serve "$mode"
    sed "s/PORT/$address:$port/g" "$work/lines" >"$work/script"
    case $way in
    text)
      bounded "$sockstep" --keep-going --timeout=5s "$work/script" >"$work/out" 2>"$work/err" \
        </dev/null
      status=$?
      cat "$work/err" >>"$work/out"
      ;;
    json)
      bounded "$sockstep" --json --keep-going --timeout=5s "$work/script" >"$work/out" \
        2>"$work/err" </dev/null
      status=$?
      ;;
    terminal)
      if ! command -v script >/dev/null; then
        skip "$mode, on a terminal" 'no script(1)'
        kill "$peer_pid" 2>/dev/null
        continue
      fi
      on_terminal
      status=$?
      # Our own colours, and what the terminal makes of line ends.
      sed "s/$(printf '\033')\\[[0-9;]*m//g; s/$(printf '\r')\$//" "$work/tty" >"$work/out"
      ;;
    esac
    wait "$peer_pid"
    judge "$mode, $way" "$status" "$work/out" "$way"
  done
}

attack escapes <<'END'
c = socket tcp
connect c PORT
recv c 256 MSG_WAITALL
recv c 10 MSG_PEEK
recv c 1000
recv c 1000
show c
close c
END

attack drip <<END
c = socket tcp
connect c PORT
$(i=0; while [ $i -lt 100 ]; do echo 'send c "x"; recv c 10'; i=$((i + 1)); done)
close c
END

attack reset-at-once <<'END'
c = socket tcp
connect c PORT
recv c 100
send c "x"
send c "x"
status
close c
END

attack reset-later <<'END'
c = socket tcp
connect c PORT
recv c 10
recv c 60000 MSG_WAITALL &
send c "x"
wait
send c "x"
recv c 10
getsockopt c SO_ERROR
close c
END

attack reset-in-close <<'END'
c = socket tcp
setsockopt c SO_SNDBUF 65536
connect c PORT
setsockopt c SO_LINGER {1, 3}
send c 500000*"x" MSG_DONTWAIT
close c
status
END

attack half-open <<'END'
c = socket tcp
connect c PORT
recv c 10
send c 100000*"x"
recv c 10
shutdown c SHUT_WR
status
close c
END

attack no-window <<'END'
c = socket tcp
setsockopt c SO_SNDBUF 4096
connect c PORT
send c 1000000*"x" &
jobs
kill 1
send c 1000000*"x" MSG_DONTWAIT
show c
setsockopt c SO_LINGER {1, 0}
close c
END

attack datagrams <<END
c = socket udp
bind c 127.36.2.2:0
setsockopt c SO_RCVBUF 8M
sendto c "go" PORT
recvfrom c 100000
recvfrom c 10
recvfrom c 1000
$(i=0; while [ $i -lt 500 ]; do echo 'recvfrom c 10'; i=$((i + 1)); done)
connect c PORT
send c "is anybody there"
recv c 10 MSG_DONTWAIT
show c
close c
END

# UNIX sockets with names that no terminal should see.
for way in '' --json; do
  mkdir "$work/names$way"
  cd "$work/names$way" || exit 99
  mkfifo "$work/fifo"
  # shellcheck disable=SC2086 # nothing, or an option
  bounded "$sockstep" $way --keep-going --timeout=5s - >"$work/out" 2>"$work/err" <"$work/fifo" &
  pid=$!
  exec 3>"$work/fifo"
  printf 's = socket unix-dgram\nbind s unix:path\n' >&3
  until [ -e path ]; do kill -0 "$pid" || break; done
  "$peer" names path >/dev/null 2>"$work/peer"
  printf 'recvfrom s 1000\nrecvfrom s 10\nrecvfrom s 10\nrecvfrom s 10\nstatus\n' >&3
  printf 'sendto s "x" unix:"\\033]0;x\\007\\n"\nx = socket unix\n' >&3
  printf 'bind x unix:@"\\033[31m\\n\\0"\nshow x\nsource "\\033]0;x\\007\\n"\n' >&3
  exec 3>&-
  wait "$pid"
  judge "names${way:+, $way}" "$?" "$work/out" "${way#--}"
  judge "names${way:+, $way}: errors" 0 "$work/err" ''
  cd "$work" || exit 99
  [ "$(grep -c 'recvfrom(' "$work/out")" -ge 4 ] && ! [ -s "$work/peer" ]
  verdict "names${way:+, $way}: all came" $?
  rm -f "$work/fifo"
done

# A gigabyte, in large pieces.
serve flood
{
  printf 'c = socket tcp\nconnect c %s:%s\n' "$address" "$port"
  i=0
  while [ $i -lt 64 ]; do
    echo 'recv c 16M MSG_WAITALL'
    i=$((i + 1))
  done
  echo 'recv c 1'
} >"$work/script"
bounded "$peer" run "$sockstep" --timeout=50s "$work/script" >"$work/out" 2>"$work/err" </dev/null
judge 'a gigabyte' "$?" "$work/out" ''
wait "$peer_pid"
[ "$(grep -c ' = 16777216$' "$work/out")" -eq 64 ]
verdict 'all of it was received' $?
kib=$(sed -n 's/^memory \([0-9]*\) KiB$/\1/p' "$work/err")
[ "${kib:-9999999}" -lt 600000 ]
verdict "in bounded memory ($kib KiB)" $?

tap_done
