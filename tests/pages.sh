#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The course: every page of tutorials/ holds on the real kernel, with its questions and goals; all
# are in its table of contents, and the table of claims is true of them.

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"

pages=$(cd "$top_srcdir/tutorials" && ls [0-9][0-9]-*.md)

for page in $pages; do
  grep -qF "]($page)" "$top_srcdir/tutorials/README.md"
  verdict "$page is in the contents" $?
done

# The claims of the course: each has its line in the table, which says where it is shown or that it is
# to come. A page's list of claims is what the table says of it, and the place is an experiment.
cd "$top_srcdir/tutorials" || exit 1
claims=claims.md
claim_lines() {
  sed -n 's/^| \([0-9][0-9]*\) |.*/\1/p'
}
[ "$(claim_lines <$claims | tr '\n' ' ')" = "$(seq -s ' ' 96) " ]
verdict 'the claims from 1 to 96, each once' $?

for page in $pages; do
  grep -F "]($page#" $claims | claim_lines >"$work/said"
  sed -n 's/^<!-- sockstep: page .*claims=\([0-9,]*\).*/\1/p' "$page" | tr ',' '\n' >"$work/shown"
  cmp -s "$work/said" "$work/shown" && [ -s "$work/shown" ]
  verdict "$page has the claims that the table says" $? || diff "$work/said" "$work/shown" | diag -
done

# Sections that hold an experiment, by the name that GitHub gives them.
# shellcheck disable=SC2086 # a list of names without blanks
awk '
  /^## / { place = tolower(substr($0, 4)); gsub(/[^a-z0-9 _-]/, "", place); gsub(/ /, "-", place) }
  /^```console$/ || /^<!-- sockstep: question/ { print FILENAME "#" place }
' $pages | sort -u >"$work/experiments"
sed 's/](/\n](/g' $claims | sed -n 's/^](\([^)]*\)).*/\1/p' | sort -u >"$work/places"
comm -13 "$work/experiments" "$work/places" >"$work/none"
[ -s "$work/places" ] && ! [ -s "$work/none" ]
verdict 'each claim is shown where there is an experiment' $? || diag "$work/none"

sed -n 's/^| .* | to come: \([0-9]*\) |$/\1/p' $claims | sort -nu | while read -r number; do
  # shellcheck disable=SC2086 # a list of names without blanks
  printf '%s\n' $pages | grep "^$(printf %02d "$number")-"
done >"$work/there"
! [ -s "$work/there" ]
verdict 'what is to come has no page yet' $? || diag "$work/there"

shown=$(grep -c '](.*) |$' $claims)
to_come=$(grep 'to come: [0-9]* |$' $claims | claim_lines | tr '\n' ' ' | sed 's/ \(.\)/, \1/g; s/ $//')
tr '\n' ' ' <README.md >"$work/contents"
grep -qF "show $shown of them" "$work/contents" && grep -qF "To come: $to_come." "$work/contents"
verdict "$shown of 96 claims are shown, and the contents say so" $?

if ! has_private; then
  skip 'the pages' 'no user namespaces for us on this machine'
  tap_done
fi
# check OPTION...: of all pages.
check() {
  # shellcheck disable=SC2086 # a list of names without blanks
  bounded "$sockstep" --check "$@" $pages >"$work/out" 2>&1 </dev/null &&
    [ "$(grep -c '^ok' "$work/out")" -gt 40 ]
}
for link in veth tun; do
  if [ "$link" = tun ] && ! bounded "$sockstep" --lab=tun -c host >/dev/null 2>&1 </dev/null; then
    skip 'the pages hold, lab of tun' '/dev/net/tun cannot be opened'
    continue
  fi
  check "--lab=$link"
  verdict "the pages hold, lab of $link" $? || grep -v '^ok' "$work/out" | diag -
done
tap_done
