#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fails every call site that can fail, once and for good: tests/torture/torture.c. Before that: that
# no function from outside is forgotten. TORTURE_ALL=yes does more, for longer.

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"

programs=${top_builddir:-$top_srcdir/build}/tests/torture
programs=$(CDPATH='' cd -- "$programs" && pwd)
data=$top_srcdir/tests/torture
victim=$programs/victim

# The objects of the victim but for its wrappers.
objects() {
  find "$programs/../.." -name 'tests_torture_victim-*.o' ! -name 'victim-wrap.o'
}

# What sockstep's objects want from outside, without what compilers add by themselves.
wanted() {
  objects | xargs nm -u | awk 'NF == 2 { print $2 }' | sort -u >"$work/wanted"
  objects | xargs nm --defined-only | awk 'NF == 3 { print $3 }' | sort -u >"$work/defined"
  comm -23 "$work/wanted" "$work/defined" |
    grep -Ev '^(_GLOBAL_OFFSET_TABLE_|__(asan|ubsan|lsan|tsan|sanitizer|gcov)_.*|__stack_chk_fail)$'
}

if ! command -v nm >/dev/null || ! command -v objdump >/dev/null; then
  skip 'the torture' 'no binutils'
  tap_done
fi
if nm "$sockstep" | grep -Eq ' __(gcov|tsan)_'; then
  skip 'the torture' 'built to measure something else'
  tap_done
fi
if ! has_private; then
  skip 'the torture' 'no user namespaces for us on this machine'
  tap_done
fi

sed 's/^--wrap=//' "$data/wrap.options" | sort >"$work/wrapped"
sed -n 's/^\([a-zA-Z0-9_]*\)[ \t].*/\1/p' "$data/never" | sort >"$work/never"
wanted >"$work/outside"
sort "$work/wrapped" "$work/never" >"$work/placed"
forgotten=$(sort -u "$work/placed" | comm -23 "$work/outside" -)
[ -s "$work/outside" ] && [ -z "$forgotten" ]
verdict 'every function from outside is wrapped, or cannot fail' $? ||
  printf '%s\n' "$forgotten" | sed 's/^/# neither: /'
twice=$(uniq -d "$work/placed")
[ -z "$twice" ]
verdict 'none is both' $? || printf '%s\n' "$twice" | sed 's/^/# both: /'
# The address behind each call of a wrapper, which is what the wrapper sees as its caller; the
# function that is called, and the one that calls; + where it must be reached.
objdump -d --no-show-raw-insn "$victim" | awk '
  FILENAME != "-" { if ($0 !~ /^#/ && NF > 2) missed[$1 " " $2]; next }
  /^[0-9a-f]+ <.*>:$/ { caller = $2; gsub(/[<>:]/, "", caller); sub(/\..*/, "", caller) }
  symbol != "" {
    sub(/:.*/, "", $1)
    print $1, symbol, caller, (symbol " " caller) in missed ? "-" : "+"
    symbol = ""
  }
  /<__wrap_[a-z_0-9A-Z]*>$/ && !/^[0-9a-f]+ </ {
    symbol = $NF; gsub(/<__wrap_|>/, "", symbol)
  }' "$data/unreached" - >"$work/sites"

mkdir "$work/runs"
"$programs/torture" "$victim" "$work/sites" "$work/runs" "$data"/*.sock "$data"/*.keys \
  >"$work/out"
awk -v before="$tap_count" '
  /^(not )?ok / { sub(/ok [0-9]+/, "ok " (++n + before)) }
  /^1\.\./ { $0 = "1.." (n + before) }
  { print }' "$work/out"
! grep -q '^not ok' "$work/out" && [ "$tap_failed" -eq 0 ] && grep -q '^# [0-9].* survive' "$work/out"
