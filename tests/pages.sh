#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The course: every page of tutorials/ holds on the real kernel, with its questions and goals; all
# are in its table of contents, with what they say is their claims.

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"

pages=$(cd "$top_srcdir/tutorials" && ls [0-9][0-9]-*.md)

contents=$top_srcdir/tutorials/README.md
for page in $pages; do
  grep -qF "]($page)" "$contents"
  verdict "$page is in the contents" $?
done

# Of the claims of the course, those that a page shows.
# shellcheck disable=SC2086 # a list of names without blanks
shown=$(cd "$top_srcdir/tutorials" &&
  sed -n 's/.*sockstep: page.*claims=\([0-9,]*\).*/\1/p' $pages | tr ',' '\n' | sort -un | wc -l)
grep -qF "$shown of 96 claims" "$contents"
verdict "$shown of 96 claims are shown, and the contents say so" $?

if ! has_private; then
  skip 'the pages' 'no user namespaces for us on this machine'
  tap_done
fi
check() {
  # shellcheck disable=SC2086 # a list of names without blanks
  (cd "$top_srcdir/tutorials" && bounded "$sockstep" --check $pages) >"$work/out" 2>&1 </dev/null &&
    [ "$(grep -c '^ok' "$work/out")" -gt 40 ]
}
check
verdict 'the pages hold' $? || grep -v '^ok' "$work/out" | diag -
tap_done
