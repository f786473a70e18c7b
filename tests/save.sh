#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# `save`: what is written is read back by a strict reader, tests/pcapng/dump, and by Wireshark's
# where that is installed; nothing is lost by a slip, and no half file is left.

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"

dump=${top_builddir:-$top_srcdir/build}/tests/pcapng/dump
dump=$(CDPATH='' cd -- "$(dirname -- "$dump")" && pwd)/dump
cd "$work" || exit 1

if ! has_private; then
  skip 'save' 'no user namespaces for us on this machine'
  tap_done
fi

run() {
  bounded "$sockstep" "$@" </dev/null >out 2>err
}

# without_times FILE: its blocks, without what differs from run to run.
without_times() {
  "$dump" "$1" | sed 's/ [0-9]*\.[0-9]\{9\},/ TIME,/'
}

cat >lab.sock <<'END'
set packets on
@b s = socket tcp
@b bind s b:80
@b listen s
@a c = socket tcp
@a connect c b:80
wire hold
@a send c "hello \x1b[31m"
duplicate
drop
@a u = socket udp
@a sendto u "to \"nobody\"" 10.0.0.77:9
wire flow
@a sendto u "x" 127.0.0.1:9
@a sendto u "held" b:9
wire hold
@a sendto u "stays" b:9
END
cat >expected <<'END'
section 1.0 sockstep VERSION
interface 0 a link 101 snap 0 unit 9: 10.0.0.1/24 fd00::1/64
interface 1 b link 101 snap 0 unit 9: 10.0.0.2/24 fd00::2/64
interface 2 a:lo link 101 snap 1900 unit 9: loopback: checksums are not computed there
packet 1 of a, out, TIME, 60 of 60 bytes: step 5: @a connect c b:80
packet 2 of b, out, TIME, 60 of 60 bytes: step 5: @a connect c b:80
packet 3 of a, out, TIME, 52 of 52 bytes: step 5: @a connect c b:80
packet 4 of a, out, TIME, 63 of 63 bytes: step 7: @a send c "hello \x1b[31m"; dropped; copies delivered: 1
packet 5 of b, out, TIME, 52 of 52 bytes: step 8: duplicate
packet 6 of a, out, TIME, 39 of 39 bytes: step 11: @a sendto u "to \"nobody\"" 10.0.0.77:9; lost: no host has the address
packet 7 of a:lo, ?, TIME, 29 of 29 bytes: step 13: @a sendto u "x" 127.0.0.1:9
packet 8 of a:lo, ?, TIME, 57 of 57 bytes: step 13: @a sendto u "x" 127.0.0.1:9
packet 9 of a, out, TIME, 32 of 32 bytes: step 14: @a sendto u "held" b:9
packet 10 of b, out, TIME, 60 of 60 bytes: step 14: @a sendto u "held" b:9
packet 11 of a, out, TIME, 33 of 33 bytes: step 16: @a sendto u "stays" b:9; held
END
for backend in veth tun; do
  if [ "$backend" = tun ] && ! run --lab=tun -c host; then
    skip "what a lab of tun saw" '/dev/net/tun cannot be opened'
    continue
  fi
  rm -f lab.pcapng
  run --lab="$backend" -c 'source lab.sock' -c 'save lab.pcapng' &&
    grep -qx '11 packets in lab.pcapng' out &&
    without_times lab.pcapng | sed 's/sockstep [0-9][^ ]*$/sockstep VERSION/' >found &&
    diff -u expected found >difference
  verdict "what a lab of $backend saw" $? || diag out err difference
done

"$dump" lab.pcapng | sed -n 's/.*, \([0-9]*\)\.\([0-9]\{9\}\),.*/\1\2/p' >stamps
[ "$(wc -l <stamps)" -eq 11 ] && sort -n stamps | cmp -s - stamps
verdict 'times do not run backwards' $?
now=$(date +%s)
then=$(sed 's/.........$//;q' stamps)
[ "$then" -le "$now" ] && [ "$then" -gt $((now - 3600)) ]
verdict 'they are those of the clock' $?

if command -v tshark >/dev/null && command -v capinfos >/dev/null; then
  tshark -r lab.pcapng -T fields -e frame.interface_name -e frame.comment -e udp.length >by-tshark 2>/dev/null
  awk -F '\t' 'NR == 6 { six = $1 == "a" && $2 ~ /^step 11: .*; lost/ && $3 == 19 } END { exit !(six && NR == 11) }' by-tshark &&
    capinfos -T -r -c lab.pcapng 2>/dev/null | grep -q '11$'
  verdict "Wireshark's own reader agrees" $? || diag by-tshark
else
  skip "Wireshark's own reader agrees" 'no tshark'
fi

# Of loopback, on a private network.
run --private --packets -c 'u = socket udp6; sendto u "x" [::1]:9; save lo.pcapng' &&
  without_times lo.pcapng >found && cat >expected <<'END' && tail -n +2 found | diff -u expected - >difference
interface 0 lo link 101 snap 1900 unit 9: loopback: checksums are not computed there
packet 1 of lo, ?, TIME, 49 of 49 bytes: step 2: sendto u "x" [::1]:9
packet 2 of lo, ?, TIME, 97 of 97 bytes: step 2: sendto u "x" [::1]:9
END
verdict 'what went over loopback' $? || diag out err difference

# A large packet is not kept whole, and the file says so.
run --private --packets -c 'u = socket udp; v = socket udp; bind v 127.0.0.1:9; sendto u 60000*"x" 127.0.0.1:9' \
  -c 'save large.pcapng' && "$dump" large.pcapng | grep -q ' 1900 of 60028 bytes: '
verdict 'of a large packet the beginning is kept' $? || diag out err

# The youngest are remembered; that there were more is told.
{
  echo '@a u = socket udp'
  yes '@a sendto u "x" 10.0.0.77:9' | head -n 17000
} >many.sock
run --lab -c 'source many.sock' -c 'save many.pcapng' &&
  grep -qx '16384 packets in many.pcapng; 616 older ones are not remembered any more' out &&
  [ "$("$dump" many.pcapng | grep -c '^packet')" -eq 16384 ] &&
  "$dump" many.pcapng | tail -n 1 | grep -q ': step 17001: '
verdict 'of 17000 packets the last 16384' $? || diag err
rm -f many.pcapng out

# refused NAME TEXT ARGS...: status 1, the message has the text, nothing new is there.
refused() {
  title=$1
  text=$2
  shift 2
  find . | sort >before
  run "$@"
  status=$?
  find . | sort | cmp -s before - && [ "$status" -eq 1 ] && grep -qF -e "$text" err
  verdict "$title" $? || diag out err
}
touch out err before
one='@a u = socket udp; @a sendto u "x" 10.0.0.77:9'

run --lab -c "$one" -c 'save lab.pcapng' && "$dump" lab.pcapng >found && [ "$(wc -l <found)" -eq 4 ]
verdict 'a file of packets is overwritten' $? || diag out err
: >empty.pcapng
run --lab -c "$one" -c 'save empty.pcapng' && [ -s empty.pcapng ]
verdict 'so is an empty one' $? || diag out err
echo 'my notes' >notes.pcapng
refused 'another file is not' 'notes.pcapng is there and is no pcapng file: it stays as it is' \
  --lab -c "$one" -c 'save notes.pcapng'
[ "$(cat notes.pcapng)" = 'my notes' ]
verdict 'and it is what it was' $?
refused 'a name of another kind' 'expected a name that ends in .pcapng, not notes.txt' \
  --lab -c "$one" -c 'save notes.txt'
refused 'nothing but the ending' 'expected a name that ends in .pcapng' --lab -c "$one" -c 'save .pcapng'
refused 'nowhere' 'cannot open nowhere/x.pcapng.' --lab -c "$one" -c 'save nowhere/x.pcapng'
mkdir dir.pcapng
refused 'a directory' 'dir.pcapng is there and is no pcapng file' --lab -c "$one" -c 'save dir.pcapng'
ln -s lab.pcapng link.pcapng
refused 'a link' 'cannot open link.pcapng: ' --lab -c "$one" -c 'save link.pcapng'
mkfifo pipe.pcapng
refused 'a pipe' 'pipe.pcapng is there and is no pcapng file' --lab -c "$one" -c 'save pipe.pcapng'
refused 'no packets' 'no packet was seen yet' --private -c 'save x.pcapng'
refused 'no name' 'FILE' --lab -c "$one" -c save
if [ "$(id -u)" -eq 0 ]; then
  skip 'a directory that is not ours' 'root may write everywhere'
else
  mkdir closed
  chmod 555 closed
  refused 'a directory that is not ours' 'Permission denied' --lab -c "$one" -c 'save closed/x.pcapng'
fi

# A disk that is full: a small one of our own.
mkdir disk
cat >on_disk.sh <<'END'
mount -t tmpfs -o size=256k none disk || exit 77
cp lab.pcapng disk/old.pcapng || exit 77
"$1" --lab -c 'source many.sock' -c 'save disk/old.pcapng' </dev/null >out 2>err
status=$?
cmp lab.pcapng disk/old.pcapng && [ "$(ls disk)" = old.pcapng ] && [ "$status" -eq 1 ]
END
if ! command -v unshare >/dev/null; then
  skip 'a full disk' 'no unshare(1)'
else
  bounded unshare -Urm sh on_disk.sh "$sockstep" >mounted 2>&1
  status=$?
  if [ "$status" -eq 77 ] || grep -q '^unshare' mounted; then
    skip 'a full disk' 'no file system of our own'
  else
    [ "$status" -eq 0 ] && grep -q 'cannot write disk/old.pcapng: No space left on device' err
    verdict 'on a full disk the old file stays, and no other' $? || diag mounted err
  fi
fi

tap_done
