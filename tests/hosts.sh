#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What hosts the lab takes, and what bad ones get: one clear line with the place underlined, and
# nothing of them stays.

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"

if ! has_private; then
  skip 'hosts' 'no user namespaces for us on this machine'
  tap_done
fi
cd "$work" || exit 99
long=abcdefghijklmnop # 16 bytes, with its NUL one too many

bounded "$sockstep" --lab -c host >two 2>&1 </dev/null

# bad NAME TEXT LINE: a line that cannot be run in a lab of two hosts.
bad() {
  bounded "$sockstep" --lab --keep-going -c "$3" -c host >out 2>err </dev/null
  status=$?
  [ "$status" -eq 1 ] && grep -qF -e "$2" err && [ "$(wc -l <err)" -eq 3 ] &&
    tail -n 1 err | grep -q '^ *\^~*$' && is_harmless err && cmp -s two out
  verdict "$1" $? || {
    echo "# exit status $status"
    diag err out
  }
}

bad 'the name of a host' 'there is a host a already' 'host a'
bad 'the name of a process' 'there is a process main already' 'host main'
bad 'a name too long' "a host's name is a letter" "host $long"
bad 'a name with a digit first' "a host's name is a letter" 'host 9a'
bad 'a name with a blank' "a host's name is a letter" 'host "c d"'
bad 'a name that drives a terminal' "a host's name is a letter" "$(printf 'host c\033[31m')"
bad 'an address in use' 'host b has the address 10.0.0.2 already' 'host c 10.0.0.2'
bad 'an IPv6 address in use' 'host a has the address fd00::1 already' 'host c 10.0.0.9 fd00::1'
bad 'the same, spelled otherwise' 'host a has the address fd00::1 already' \
  'host c 10.0.0.9 fd00:0:0::0:1'
bad 'no address' '10.0.0.300 is no IPv4 address' 'host c 10.0.0.300'
bad 'a name for an address' 'localhost is no IPv4 address' 'host c localhost'
bad 'an IPv6 address first' 'expected an IPv4 address, not fd00::9' 'host c fd00::9'
bad 'two IPv4 addresses' 'expected an IPv6 address, not 10.0.0.10' 'host c 10.0.0.9 10.0.0.10'
bad 'an address with a port' 'it is written as 10.0.0.9, without a port' 'host c 10.0.0.9:80'
bad 'any address' 'it is that of any host' 'host c 0.0.0.0'
bad 'any IPv6 address' 'it is that of any host' 'host c 10.0.0.9 ::'
bad 'loopback' "it is each host's own (loopback)" 'host c 127.0.0.1'
bad 'IPv6 loopback' "it is each host's own (loopback)" 'host c 10.0.0.9 ::1'
bad 'the address of the network' 'it is that of its network' 'host c 10.0.0.0'
bad 'a broadcast' 'it is that of all hosts of its network (broadcast)' 'host c 10.0.0.255'
bad 'everybody' 'it is reserved' 'host c 255.255.255.255'
bad 'a multicast group' 'it is that of a multicast group' 'host c 224.0.0.1'
bad 'an IPv6 multicast group' 'it is that of a multicast group' 'host c 10.0.0.9 ff02::1'
bad 'a link-local address' 'it is of one link only' 'host c 10.0.0.9 fe80::1'
bad 'an IPv4 address as IPv6' 'it is an IPv4 address' 'host c 10.0.0.9 ::ffff:10.0.0.9'
bad 'the routers of the network' "it is that of its network's routers" 'host c 10.0.0.9 fd00::'
bad 'a process on no host' 'there is no host c' 'process x on c'
bad 'the link of no host' 'there is no host c' 'link c down'
bad 'a packet too small for IP' 'an MTU is 68 to 65535 bytes' 'mtu a 67'
bad 'a packet too large for IP' 'an MTU is 68 to 65535 bytes' 'mtu a 65536'

# runs TITLE LINES: which must all succeed.
runs() {
  bounded "$sockstep" --lab -c "$2" >out 2>err </dev/null
  verdict "$1" $? || diag err out
}

bounded "$sockstep" --lab --keep-going -c 'host c 10.0.0.1' -c 'host c 10.0.0.3 fd00::3' -c host \
  >out 2>err </dev/null
[ $? -eq 1 ] && [ "$(wc -l <err)" -eq 3 ] && grep -q '^  c  *10.0.0.3/24  fd00::3/64' out
verdict 'what failed leaves its name and its addresses' $? || diag err out

runs 'a default address that is taken' 'host c 10.0.0.4
host d
host e 10.0.0.9 fd00::6
host f
host'
grep -q '^  d  *10.0.0.5/24  fd00::5/64' out && grep -q '^  f  *10.0.0.7/24  fd00::7/64' out
verdict 'the next one is taken' $? || diag out

# In another network it is reached by the default route.
runs 'an address outside the network of the others' 'host c 192.168.7.7 2001:db8::7
@c s = socket tcp
@c bind s c:80
@c listen s
@a c = socket tcp
@a connect c c:80
@c expect s accept_queue 1/128
@c t = socket udp6
@c bind t c:9
@b u = socket udp6
@b sendto u "over there" c:9
@c recv t
expect data "over there"'

sixteen=$(for n in $(seq 3 16); do echo "host h$n"; done)
runs '16 hosts' "$sixteen
@h16 s = socket tcp
@h16 bind s h16:80
@h16 listen s
@h3 c = socket tcp
@h3 connect c h16:80
@h16 expect s accept_queue 1/128
host"
[ "$(grep -c '/24 ' out)" -eq 16 ]
verdict 'all are there' $?
bounded "$sockstep" --lab -c "$sixteen" -c 'host h17' >out 2>err </dev/null
[ $? -eq 1 ] && grep -q 'there are 16 hosts already, and no more can be' err
verdict 'the 17th' $? || diag err

# Whatever is asked first: else a request would wake another processor.
"$sockstep" --lab -c 'wire hold' -c '@b socket tcp' -c process -c 'echo there' -c 'sleep 20s' \
  >out 2>err </dev/null &
explorer=$!
await grep -q there out
for process in $explorer $(cat "/proc/$explorer/task/$explorer/children"); do
  sed -n 's/^Cpus_allowed_list:\t*//p' "/proc/$process/status"
done >processors
kill "$explorer"
wait "$explorer"
[ "$(wc -l <processors)" -eq 4 ] && [ "$(sort -u processors | wc -l)" -eq 1 ] &&
  grep -q '^[0-9]*$' processors
verdict 'explorer, hosts and main keep to one processor' $? || diag processors out err
tap_done
