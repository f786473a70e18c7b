#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A demo prints the same on every run, on a private network and on the machine's own one, in the lab
# with each kind of link; but for the ports that the kernel chooses, which count here by the order
# in which they appear.

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"

runs=10

# same TITLE FILE FILE
same() {
  if cmp -s "$2" "$3"; then
    ok "$1"
  else
    not_ok "$1"
    diff "$2" "$3" | diag
  fi
}

# repeat_in_lab NAME: with each kind of link, which shows no difference.
repeat_in_lab() {
  if [ "$private" = no ]; then
    skip "$1, lab" 'no user namespaces for us on this machine'
    return
  fi
  rm -f "$work/veth" "$work/tun"
  repeat "$1, lab of veth, $runs times" "$runs" "$work/demo.sock" "$work/veth" --lab=veth
  if bounded "$sockstep" --lab=tun -c host >/dev/null 2>&1; then
    repeat "$1, lab of tun, $runs times" "$runs" "$work/demo.sock" "$work/tun" --lab=tun
  fi
  if [ -e "$work/veth" ] && [ -e "$work/tun" ]; then
    same "$1, the same with both kinds of link" "$work/veth" "$work/tun"
  fi
}

private=yes
has_private || private=no

for file in "$top_srcdir"/tutorials/*.sock; do
  name=tutorials/$(basename "$file")
  # Ports and a name of its own: the demos themselves may be played at this moment.
  sed 's/127\.0\.0\.1:70/127.0.0.1:61/g; s/@sockstep-demo/@sockstep-determinism/g' "$file" \
    >"$work/demo.sock"
  rm -f "$work/private" "$work/machine"
  if grep -q '^# needs: lab' "$file"; then
    repeat_in_lab "$name"
    continue
  fi
  if [ "$private" = yes ]; then
    repeat "$name, private network, $runs times" "$runs" "$work/demo.sock" "$work/private" --private
  else
    skip "$name, private network" 'no user namespaces for us on this machine'
  fi
  if grep -q '^# needs: private' "$file"; then
    continue
  fi
  repeat "$name, $runs times" "$runs" "$work/demo.sock" "$work/machine"
  if [ -e "$work/private" ] && [ -e "$work/machine" ]; then
    same "$name, the same on both networks" "$work/private" "$work/machine"
  fi
done
tap_done
