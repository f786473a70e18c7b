#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The lab's wire: as many packets as it may hold and more, what the receiver's kernel counts of
# damaged ones, and rules in JSON.

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"

if ! has_private; then
  echo '1..0 # SKIP no user namespaces for us on this machine'
  exit 0
fi
cd "$work" || exit 1
backends=veth
bounded "$sockstep" --lab=tun -c host >/dev/null 2>&1 </dev/null && backends='veth tun'

# A datagram of 65000 bytes is 113 fragments: 900 of them are 101,700 packets.
{
  echo 'wire hold'
  echo 'mtu a 600'
  echo '@a u = socket udp'
  i=0
  while [ $i -lt 900 ]; do
    # shellcheck disable=SC2016
    echo '@a sendto u 65000*"x" b:5'
    i=$((i + 1))
  done
  echo 'expect wire 100000'
  echo 'expect packet 1 fate held'
  echo 'expect packet 100000 fate held full false'
  echo 'expect packet 100001 fate dropped full true rule none'
  echo 'expect packet 101700 fate dropped full true'
  echo 'wire step'
  echo 'expect packet 1 fate delivered'
  echo 'wire'
} >many.sock
for backend in $backends; do
  bounded "$sockstep" --json --lab="$backend" many.sock >many.out 2>many.err </dev/null
  verdict "100,000 packets are held, $backend" $? || diag many.err
  sed -n 's/^{"event":"wire",//p' many.out | grep -o '"number":' | wc -l >count
  grep -qx ' *99999' count
  verdict "and all of them are listed, $backend" $? || diag count
  # Of 101,700 each is told in the step that sent it: none goes silently.
  [ "$(grep '^{"event":"step"' many.out | grep -o '"fate":"dropped","rule":null,"full":true' |
    wc -l)" -eq 1700 ]
  verdict "what comes then is told to be dropped, $backend" $?
done
bounded "$sockstep" --lab -c 'wire hold' -c 'mtu a 600' -c '@a u = socket udp' \
  -c '@a sendto u 65000*"x" b:5' -c 'wire' >text.out 2>&1 </dev/null
grep -q 'the wire holds packets; 113 held' text.out
verdict 'a datagram of 113 fragments' $? || diag text.out

# counted PROTOCOL: InCsumErrors of host b, by the eyes of its own process.
counted() {
  awk -v key="$1:" '$1 == key && !names { names = split($0, name); next }
    $1 == key { split($0, value); for (i in name) if (name[i] == "InCsumErrors") print value[i] }' \
    "/proc/$pid/net/snmp"
}

patience=6000
mkfifo lines
bounded "$sockstep" --lab --keep-going - <lines >talk.out 2>&1 &
exec 8>lines
printf 'process\necho begun\n' >&8
await grep -q begun talk.out
pid=$(sed -n 's/^[* ] b  *pid \([0-9]*\).*/\1/p' talk.out)
before="$(counted Udp) $(counted Tcp)"
printf '%s\n' '@b s = socket tcp' '@b bind s b:80' '@b listen s' '@b v = socket udp' \
  '@b bind v b:5' 'wire corrupt udp' 'wire corrupt tcp syn count 1' '@a u = socket udp' \
  '@a sendto u "damaged" b:5' '@a sendto u "" b:5' '@a c = socket tcp' '@a connect c b:80 &' \
  'echo damaged' >&8
await grep -q '^damaged' talk.out
after="$(counted Udp) $(counted Tcp)"
exec 8>&-
wait
[ "$before" = '0 0' ] && [ "$after" = '2 1' ]
verdict 'the receiver counts what is damaged' $? || echo "# before: $before, after: $after"

bounded "$sockstep" --lab -c 'wire hold' -c '@a u = socket udp' -c '@a sendto u "x" b:5' \
  -c corrupt -c 'packet 1' >packet.out 2>&1 </dev/null
grep -q 'from a to b, corrupted: UDP len=1, bad checksum' packet.out
verdict 'packet tells of the damage' $? || diag packet.out

# Who got a datagram that is for all is shown, and who did not is not: by a job of a host's, by a
# socket bound to the host's one address, by one that is not in the group.
cat >all.sock <<'END'
host c
host d
@b v = socket udp
@b bind v *:5
@c w = socket udp
@c bind w *:5
@d x = socket udp
@d bind x d:5
@a u = socket udp
@a bind u a:6
@a setsockopt u SO_BROADCAST 1
@a sendto u "all" 10.0.0.255:5
wire hold
@a sendto u "all" 10.0.0.255:5
wire step
END
printf '%s\n' ' b:3 c:3' '' ' b:3 c:3' >all.expected
for backend in $backends; do
  bounded "$sockstep" --json --lab="$backend" all.sock >all.out 2>&1 </dev/null
  grep -e '"command":"sendto' -e '"command":"wire step"' all.out | sed 's/"packets":.*//' |
    awk '{ list = ""
           while (match($0, /{"process":"[b-d]","fd":[0-9]+/)) {
             list = list " " substr($0, RSTART + 12, 1) ":" substr($0, RSTART + 20, RLENGTH - 20)
             $0 = substr($0, RSTART + RLENGTH)
           }
           print list }' >all.list
  diff all.expected all.list >all.diff
  verdict "who got what is for all is shown, $backend" $? || diag all.diff all.out
done
cat >group.sock <<'END'
v = socket udp
setsockopt v SO_REUSEADDR 1
bind v *:5555
setsockopt v IP_ADD_MEMBERSHIP group=239.1.2.3 interface=lo
w = socket udp
setsockopt w SO_REUSEADDR 1
bind w *:5555
n = socket udp
setsockopt n SO_REUSEADDR 1
bind n *:5555
setsockopt n IP_MULTICAST_ALL 0
u = socket udp
bind u *:5556
setsockopt u IP_MULTICAST_IF 127.0.0.1
sendto u "group" 239.1.2.3:5555
END
COLUMNS=120 bounded "$sockstep" --private group.sock >group.out 2>&1 </dev/null
tail -n 3 group.out | awk '{ print $1, $4, $7 }' >group.list
printf '%s\n' '6 0.0.0.0:5556 ' '3 0.0.0.0:5555 0' '4 0.0.0.0:5555 0' | diff - group.list >group.diff
verdict 'and who is reached by a group, without a lab' $? || diag group.diff group.out

# What is lost comes again: TCP carries all through a wire that loses every tenth segment.
cat >loss.sock <<'END'
clock fast
@b s = socket tcp
@b bind s b:80
@b listen s
@a c = socket tcp
@a connect c b:80
@b d = accept s
wire loss 10% data seed 7
@b recv d 100000 MSG_WAITALL &
@a send c 100000*"x"
wait
expect 100000
expect rule 1 used_up false
wire rules
END
bounded "$sockstep" --lab loss.sock >loss.out 2>&1 </dev/null
verdict 'TCP through a wire that loses' $? || diag loss.out
grep -q 'rule 1: loss 10% seed 7 data; matched [0-9]*, acted on [1-9]' loss.out
verdict 'and segments were lost' $? || diag loss.out

bounded "$sockstep" --json --lab -c 'wire loss 0.5% seed 7 udp from a' -c 'wire rules' \
  >rules.out 2>&1 </dev/null
grep '^{"event":"rules","rules":\[{"number":1,"rule":"loss 0.5% seed 7 udp from a",' rules.out |
  grep -c '"matched":0,"acted":0,"used_up":false}\]}$' | grep -qx 2
verdict 'rules in JSON' $? || diag rules.out
bounded "$sockstep" --json --lab -c 'wire delay 1h' -c '@a u = socket udp' \
  -c '@a sendto u "x" b:5' >delay.out 2>&1 </dev/null
grep -q '"fate":"delayed","rule":1,"full":false,"left_ms":3600000,' delay.out
verdict 'a delayed packet in JSON' $? || diag delay.out

tap_done
