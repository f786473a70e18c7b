#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the documents say is what the program does: the manual page has an entry for each call and
# verb and for nothing else; it has every option, setting and field; README.md's session is what
# is printed, and its scripts hold.

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"

LC_ALL=C.UTF-8
COLUMNS=100
export LC_ALL COLUMNS

page=$top_srcdir/man/sockstep.1
readme=$top_srcdir/README.md

# run ARGS...: without a terminal and without the options that a person might have set.
run() {
  bounded "$sockstep" "$@" </dev/null 2>&1
}

# same NAME EXPECTED FOUND
same() {
  diff -u "$2" "$3" >"$work/diff"
  status=$?
  # Two empty files say nothing.
  [ -s "$2" ] || status=1
  verdict "$1" "$status" || diag "$work/diff"
}

# entries SECTION: what stands behind .It Cm there, as it is typed.
entries() {
  awk -v section=".Sh $1" '
    /^\.Sh / { inside = $0 == section }
    inside && /^\.It Cm / { sub(/^\.It Cm /, ""); print }' "$page" |
    sed 's/Oo Ar \([a-z]*\) Oc/[\1]/g; s/Ar //g'
}

first_words() {
  awk '{ print $1 }' "$@"
}

# in_page NAME WORDS-FILE SECTION: every word of the file is marked up as such in that section.
in_page() {
  awk -v section=".Sh $3" '/^\.Sh / { inside = $0 == section } inside && /^\.(It|Ql|Cm|Pq) /' \
    "$page" | sed 's/Fl -/--/g' >"$work/marked"
  lacking=
  while read -r word; do
    grep -Eq -e "(^|[^a-z_-])$word([^a-z_-]|\$)" "$work/marked" || lacking="$lacking $word"
  done <"$2"
  [ -s "$2" ] && [ -z "$lacking" ]
  verdict "$1" $? || echo "# missing:$lacking"
}

# The fenced blocks of the README with this word behind the fence.
blocks() {
  awk -v fence="\`\`\`$1" '
    $0 == fence { inside = 1; next }
    /^```/ { inside = 0 }
    inside' "$readme"
}

# Ephemeral ports differ from run to run.
without_ports() {
  sed 's/127\.0\.0\.1:[3-6][0-9][0-9][0-9][0-9]/127.0.0.1:PORT/g'
}

# Calls and verbs, in the order of help.
run -c help >"$work/help"
awk '/^Calls/ { inside = 1; next } /^[^ ]/ { inside = 0 } inside && /^  [a-z_]/ { print $1 }' \
  "$work/help" >"$work/calls"
awk "/^sockstep's own/ { inside = 1; next }"' /^[^ ]/ { inside = 0 } inside && /^  [a-z]/ { print $1 }' \
  "$work/help" >"$work/verbs"

entries CALLS >"$work/man-usages"
first_words "$work/man-usages" >"$work/man-calls"
same "the page's CALLS are those of help" "$work/calls" "$work/man-calls"

while read -r name; do
  run -c "help $name" | sed -n 's/^typed: *//p'
done <"$work/calls" >"$work/usages"
same "they are typed as help says" "$work/usages" "$work/man-usages"

entries VERBS | first_words >"$work/man-verbs"
same "the page's VERBS are those of help" "$work/verbs" "$work/man-verbs"

run --help | grep -o -e '--[a-z-]*' | sort -u >"$work/options"
in_page "the page has every option of --help" "$work/options" DESCRIPTION

run -c set | first_words >"$work/settings"
in_page "the page has every setting" "$work/settings" VERBS

run --json -c 'socket tcp' -c 'show 3' -c 'bind 3 127.44.1.1:0' -c 'listen 3' -c 'diagram' \
  >"$work/json"
sed 's/"tcp_info":{.*//; s/"skmem":{[^}]*}/"skmem":0/' "$work/json" |
  grep -o '"[a-z_]*":' | tr -d '":' | sort -u >"$work/fields"
in_page "the page has every field of JSON" "$work/fields" JSON

# The README.
for command in './bootstrap --run' './bootstrap --check'; do
  grep -Fqx "$command" "$readme"
  verdict "README.md has the command $command" $?
done

blocks console >"$work/said"
if has_private; then
  sed -n 's/^> //p' "$work/said" >"$work/session"
  run --private --keep-going "$work/session" | without_ports >"$work/printed"
  without_ports <"$work/said" >"$work/session-said"
  same "README.md's session is what is printed" "$work/session-said" "$work/printed"

  blocks sock >"$work/script"
  [ -s "$work/script" ] && run --private "$work/script" >"$work/printed"
  verdict "README.md's script holds" $? || diag "$work/printed"
else
  skip "README.md's session is what is printed" 'no user namespaces for us on this machine'
  skip "README.md's script holds" 'no user namespaces for us on this machine'
fi

tap_done
