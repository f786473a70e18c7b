#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What goes over loopback on the machine's own network, which others use at the same time: only the
# session's own packets are shown. And what is said where one may not.

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"

cd "$work" || exit 1
lock_machine

run() {
  bounded "$sockstep" "$@" </dev/null >out 2>err
}

# Whoever may not.
# shellcheck disable=SC2016
remedy='takes CAP_NET_RAW, which root has; `sockstep --private` and the hosts of a lab need no privilege'
without=
if run --packets -c echo; then
  allowed=yes
  # A root that is none.
  without='setpriv --bounding-set=-net_raw --inh-caps=-all'
  $without true 2>/dev/null || without=none
else
  allowed=no
fi

unprivileged() {
  # shellcheck disable=SC2086,SC2317
  bounded $without "$sockstep" "$@" </dev/null >out 2>err
}

# said STATUS FILE TEXT COMMAND...
said() {
  expected=$1
  file=$2
  text=$3
  shift 3
  "$@"
  status=$?
  [ "$status" -eq "$expected" ] && tr '\n' ' ' <"$file" | grep -qF -e "$text"
}

if [ "$without" = none ]; then
  skip 'without CAP_NET_RAW' 'no setpriv(1)'
else
  said 3 err "$remedy" unprivileged --packets -c 'echo not run' && [ ! -s out ]
  verdict '--packets without CAP_NET_RAW' $? || diag out err
  said 3 err "$remedy" unprivileged -c 'set packets on' -c 'echo not run' && [ ! -s out ]
  verdict 'set packets on without CAP_NET_RAW' $? || diag out err
  said 0 out 'cannot be shown' unprivileged -c wire && grep -q 'there is no lab' out
  verdict 'wire says what would allow it' $? || diag out err
  said 0 out 'cannot be shown' unprivileged --json -c wire && grep -q '"event":"text"' out
  verdict 'in JSON, too' $? || diag out err
  grep -q '"event":"loopback","shown":false,"allowed":false,"own":false,"seen":0,"lost":0,' out
  verdict 'as an event of its own' $? || diag out err
  if has_private; then
    said 0 out 'loopback: packets are shown, 2 so far' unprivileged --private --packets \
      -c 'u = socket udp; sendto u "x" 127.0.0.1:9; wire'
    verdict 'a private network needs no privilege' $? || diag out err
    said 0 out '"event":"loopback","shown":true,"allowed":true,"own":true,"seen":2,"lost":0,' \
      unprivileged --json --private --packets -c 'u = socket udp; sendto u "x" 127.0.0.1:9; wire'
    verdict 'nor in JSON' $? || diag out err
    said 0 out 'shown within each host, 2 so far' unprivileged --lab --packets \
      -c '@a u = socket udp; @a sendto u "x" 127.0.0.1:9; wire'
    verdict 'nor do the hosts of a lab' $? || diag out err
  else
    skip 'a private network needs no privilege' 'no user namespaces for us on this machine'
    skip 'nor in JSON' 'no user namespaces for us on this machine'
    skip 'nor do the hosts of a lab' 'no user namespaces for us on this machine'
  fi
fi

if [ "$allowed" = no ]; then
  skip "others' packets" 'no CAP_NET_RAW on this network'
  tap_done
fi

# Others, who make connections and send datagrams all the time, some of them to where we go. Their
# sleeps leave us the processor.
mkfifo ready
{
  echo 's = socket tcp; setsockopt s SO_REUSEADDR 1; bind s 127.45.5.1:7000; listen s 64'
  echo 'u = socket udp'
  echo 'sleep 1ms'
  echo 'echo ready'
  yes 'sleep 1ms; socket tcp; connect . 127.45.5.1:7000; accept s; send . "others"; close 6; close 5; sendto u "others" 127.45.5.2:7001; sendto u "others" 127.45.5.1:9' | head -n 20000
} >others.sock
bounded "$sockstep" others.sock >ready 2>others.err &
others=$!
exec 3<ready
while IFS= read -r line <&3 && [ "$line" != ready ]; do :; done
# Nobody waits for a reader.
cat <&3 >others.out &
# Our sleep gives them time for packets that we must not show.
cat >ours.sock <<'END'
c = socket tcp
bind c 127.45.5.9:7009
connect c 127.45.5.1:7000
send c "ours"
v = socket udp
bind v 127.45.5.3:7001
w = socket udp
bind w 127.45.5.4:7009
sendto w "ours" 127.45.5.3:7001
sleep 200ms
sendto w "nobody" 127.45.5.3:7002
t = socket tcp
setsockopt t SO_REUSEADDR 1
bind t 127.45.5.5:7000
listen t
d = socket tcp
bind d 127.45.5.9:7010
connect d 127.45.5.5:7000
x = socket tcp
bind x 127.45.5.9:7011
connect x 127.45.5.5:7012
expect ECONNREFUSED
wire
save ours.pcapng
END
before=$(wc -c <others.out)
run --packets --json ours.sock
status=$?
sent=$(tail -c "+$((before + 1))" others.out | grep -c '  sendto(.* = 6$')
grep -o '"source":"[^"]*","destination":"[^"]*","protocol":"[^"]*"' out |
  sed 's/"//g; s/[a-z]*://' | sort | uniq -c | sort -k 2 >ends
sed 's/^ *[0-9]* //' ends >pairs
# Each has an end of ours: an address that nobody else has.
! grep -v -e '127\.45\.5\.[3459]' pairs >foreign && [ "$status" -eq 0 ]
verdict "others' packets are not shown" $? || diag foreign err
[ "$(wc -l <pairs)" -ge 8 ]
verdict 'our own are' $? || diag ends
kill -0 "$others" 2>/dev/null && [ "$sent" -gt 0 ]
verdict 'while others were at it' $? || diag others.err
kill "$others" 2>/dev/null
wait "$others" 2>/dev/null
exec 3<&-

# Each flag of a handshake, and the numbers, as on a network of one's own.
grep -o '"flags":"[^"]*","seq":[0-9]*,"ack":[^,]*' out | head -n 3 | tr -d '"' >flags
printf 'flags:SYN,seq:0,ack:null\nflags:SYN,ACK,seq:0,ack:1\nflags:ACK,seq:1,ack:1\n' | cmp -s - flags
verdict 'numbers are relative' $? || diag flags

tap_done
