#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every word that stands in an endpoint's line is explained by `explain`: the scripts are run, and
# the words of their lines are asked for. So is every limit, and the setting that it stands for.

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"

# Wide, so that no line is broken.
COLUMNS=400
LC_ALL=C.UTF-8
export COLUMNS LC_ALL

# words FILE: from the lines of endpoints, in steps and in status, what is left without numbers,
# addresses and signs. Pieces stand two or more blanks apart; in brackets, behind a colon and about
# an arrow there is more of them.
words() {
  awk '
    function tell(piece) {
      gsub(/[0-9]+ (probe|retransmit)s?/, "", piece)
      gsub(/(<1|[0-9]+) s/, "", piece)
      gsub(/[^ ]*[0-9.:@][^ ]*/, "", piece)
      gsub(/^[ ,:=]+|[ ,:=]+$/, "", piece)
      if (piece != "" && piece != "–")
        print piece
    }
    /^  ([0-9]+|–) +[A-Z][A-Z]/ {
      sub(/^  [^ ]+ +/, "")
      gsub(/\|/, "  ")
      print $1
      sub(/^[^ ]+ +/, "")
      count = split($0, pieces, /   *|: | ⇒ | → |, |; /)
      for (i = 1; i <= count; i++) {
        piece = pieces[i]
        if (piece ~ /^on /) {
          print "host"
          continue
        }
        if (piece ~ /^(its handshake is not complete|.* is still open)$/)
          continue
        sub(/^waits in [0-9]+.s /, "", piece)
        sub(/ \(was fd [0-9]+\)/, "", piece)
        sub(/^fd [0-9]+ closed$/, "closed", piece)
        while (match(piece, /\([^)]*(\)|$)/)) {
          print substr(piece, RSTART + 1, RLENGTH - 2)
          piece = substr(piece, 1, RSTART - 1) substr(piece, RSTART + RLENGTH)
        }
        sub(/ of [0-9]+ *$/, "", piece)
        gsub(/ = /, " ", piece)
        tell(piece)
      }
    }' "$1"
}

private=
has_private && private=--private

# run FILE NUMBER: its words go to a file of their own.
run() {
  dir=$work/$2
  mkdir "$dir"
  network=$private
  [ -z "$private" ] || ! grep -q '^# needs: lab' "$1" || network=--lab
  # shellcheck disable=SC2086 # nothing, or one word
  (cd "$dir" && bounded "$sockstep" $network --timeout=5s --keep-going "$1" </dev/null 2>/dev/null) |
    # What a comma parts is one word here.
    sed 's/(memory, overhead included)/   memory overhead included/' >"$dir.out"
  # The names that were given end a line.
  sed -n 's/^> *\(@[a-z]* \)\{0,1\}\(int \)\{0,1\}\([A-Za-z_][A-Za-z_0-9]*\) *=.*/\3/p' "$dir.out" |
    sort -u >"$dir.names"
  words "$dir.out" | sort -u | comm -23 - "$dir.names" >"$dir.words"
}

scripts=0
for file in "$top_srcdir"/tests/scripts/*.sock "$top_srcdir"/tutorials/*.sock; do
  scripts=$((scripts + 1))
  run "$file" "$scripts" &
  [ $((scripts % 24)) -ne 0 ] || wait
done
wait
cat "$work"/*.words >"$work/all"
bounded "$sockstep" --json -c limits </dev/null | grep -oE '"(name|setting)":"[^"]*"' |
  cut -d '"' -f 4 >"$work/limits"
[ "$(wc -l <"$work/limits")" -gt 12 ]
verdict 'limits are listed' $? || diag "$work/limits"
cat "$work/limits" >>"$work/all"
sort -u "$work/all" >"$work/words"

[ "$scripts" -gt 50 ] && [ "$(wc -l <"$work/words")" -gt 20 ]
verdict "the scripts print endpoints with words" $? || diag "$work/words"

while IFS= read -r word; do
  bounded "$sockstep" -c "explain $word" </dev/null >"$work/out" 2>&1
  verdict "explain $word" $? || diag "$work/out"
done <"$work/words"
tap_done
