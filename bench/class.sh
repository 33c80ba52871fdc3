#!/usr/bin/env bash
# class.sh [COUNT [SECTION..]]: grades a class of COUNT submissions, 40 by default, references and broken ones mixed, in
# three ways: by `klab class`; one submission at a time by `klab check`, whose sections play side by side; and one section
# at a time, of every fourth submission, to know what there was to be gained at all. Prints JSON objects, one a line, with
# the throughput of `klab class` over that of each; fails where a verdict differs between the first two.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
klab=${KLAB:-$here/../build/release/bin/klab}
count=${1:-40}
shift || true
choices=(--broker "${KLAB_BENCH_BROKER:-process}") all=("$@")
for section; do choices+=(--section "$section"); done
((${#all[@]})) || all=(A B C D E F G H I)
work=${KLAB_BENCH_WORK:-$(mktemp -d)}
[[ -n ${KLAB_BENCH_WORK:-} ]] || trap 'rm -rf "$work"' EXIT

now() { echo "$EPOCHREALTIME"; }
since() { awk "BEGIN { print $EPOCHREALTIME - $1 }"; }
load() { cut -d' ' -f1 /proc/loadavg; }

# What setups build is cached for all three alike.
warm() {
  local folder
  for folder in "$work"/class/*; do
    "$klab" check "$folder" "${choices[@]:0:2}" --section B --out "$work/warm/${folder##*/}" >/dev/null 2>&1 || true
  done
}

by_class() {
  local begun; begun=$(now)
  "$klab" class "$work/class" "${choices[@]}" --out "$work/by-class" >"$work/by-class.log" 2>&1 || true
  since "$begun" >"$work/by-class.seconds"
}

one_at_a_time() {
  local folder begun; begun=$(now)
  for folder in "$work"/class/*; do
    "$klab" check "$folder" "${choices[@]}" --out "$work/one/runs/${folder##*/}" >"$work/one.log" 2>&1 || true
  done
  since "$begun" >"$work/one.seconds"
}

section_at_a_time() {
  local folders=("$work"/class/*) begun section i graded=0; begun=$(now)
  for ((i = 0; i < ${#folders[@]}; i += 4)); do
    graded=$((graded + 1))
    for section in "${all[@]}"; do
      "$klab" check "${folders[i]}" "${choices[@]:0:2}" --section "$section" --out "$work/each/$i-$section" >/dev/null 2>&1 || true
    done
  done
  awk "BEGIN { print $(since "$begun") * ${#folders[@]} / $graded }" >"$work/each.seconds"
}

figure() { # NAME SECONDS-FILE
  python3 - "$1" "$count" "$work/by-class.seconds" "$2" <<'PY'
import json, sys
name, count, ours, theirs = sys.argv[1], int(sys.argv[2]), *(float(open(f).read()) for f in sys.argv[3:])
print(json.dumps({"name": name, "value": round(count / ours * 60, 2), "unit": "submissions a minute",
                  "peer": round(count / theirs * 60, 2), "ratio": round(theirs / ours, 2)}), flush=True)
PY
}

"$here/class_folders.sh" "$work/class" "$count"
warm
echo "load before: $(load)" >&2
by_class
echo "load after klab class: $(load)" >&2
one_at_a_time
figure class.over_one_submission_at_a_time "$work/one.seconds"
section_at_a_time
figure class.over_one_section_at_a_time "$work/each.seconds"
python3 "$here/same_verdicts.py" "$work/by-class/runs" "$work/one/runs"
