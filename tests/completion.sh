#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Completion for bash: the file is read by a bash of its own, which calls its function as bash does
# when Tab is pressed.

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"

if ! command -v bash >/dev/null; then
  echo '1..0 # SKIP bash is not installed'
  exit 0
fi

mkdir "$work/dir" "$work/dir/sub"
touch "$work/dir/one.sock" "$work/dir/page.md" "$work/dir/two words.sock" "$work/dir/other.txt"

# As bash calls the function when Tab is pressed: SCRIPT FILE PROGRAM WORD...
cat >"$work/tab" <<'END'
. "$1" || exit 1
program=$2
shift 2
COMP_WORDS=(sockstep "$@")
COMP_CWORD=$#
_sockstep "$program" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
((${#COMPREPLY[@]})) && printf '<%s>\n' "${COMPREPLY[@]}"
exit 0
END

# offered WORD...: the words of a command line behind the program's name, as bash splits it; what
# is offered for the last one, sorted, on one line.
offered() {
  (
    cd "$work/dir" &&
      bounded bash --norc --noprofile "$work/tab" "$top_srcdir/completion/sockstep" "$sockstep" \
        "$@" </dev/null 2>&1
  ) | LC_ALL=C sort | tr -d '\n'
}

# offers NAME EXPECTED WORD...
offers() {
  name=$1
  expected=$2
  shift 2
  found=$(offered "$@")
  [ "$found" = "$expected" ]
  verdict "$name" $? || echo "# expected $expected, found $found" | diag -
}

offers 'an option' '<--private>' --pri
offers 'a tutorial by its name' '<half-close.sock>' tutorial half
offers 'one that takes a value ends in =' '<--timeout=>' --ti
offers 'one that may take one as well' '<--color=>' --col
offers 'a value, where = separates words' '<always><auto>' --color = a
offers 'all of them' '<always><auto><never>' --color =
offers 'a value, where it does not' '<--color=never>' --color=n
offers 'a time' '<30s>' --timeout 3
offers 'scripts and directories' '<one.sock><page.md><sub><two words.sock>' ''
offers 'scripts' '<one.sock>' o
offers 'names with blanks stay whole' '<two words.sock>' tw
offers 'a call behind -c' '<setsockopt>' -c setso
offers 'a verb behind -c' '<status>' -c stat
offers 'nothing for what is no call' '' -c nonesuch
offers 'nothing for an unknown option' '' --nonesuch

bounded "$sockstep" --help | grep -o -e ' --[a-z-]*' | tr -d ' ' | sort >"$work/said"
offered -- | tr '<' '\n' | tr -d '=>' | grep -e . | sort >"$work/offered"
[ -s "$work/said" ] && cmp -s "$work/said" "$work/offered"
verdict 'every option of --help' $? || diag "$work/offered"

tap_done
