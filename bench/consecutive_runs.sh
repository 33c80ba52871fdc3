#!/usr/bin/env bash
# consecutive_runs.sh [COUNT [SUBMISSION]]: grades a submission COUNT times in a row, 50 by default, and compares the
# verdicts. Prints one JSON object; fails when two runs differ or a property does not hold.
set -euo pipefail
cd "$(dirname "$0")/.."
count=${1:-50}
submission=${2:-fixtures/submissions/reference/python}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

./klab build
for ((run = 1; run <= count; ++run)); do
  ./klab check "$submission" --out "$work/run-$run" >"$work/log-$run" 2>&1 || echo "run $run: exit code $?" >&2
  python3 -c 'import json, sys; print(json.dumps(json.load(open(sys.argv[1]))["properties"], sort_keys=True))' \
    "$work/run-$run/run.json" >>"$work/verdicts"
done

different=$(sort -u "$work/verdicts" | wc -l)
imperfect=$(grep -cEv '^\{("[^"]*": "pass",? ?)+\}$' "$work/verdicts" || true)
echo "{\"name\": \"consecutive_runs.different_verdicts\", \"value\": $((different - 1)), \"unit\": \"of $count runs\", \"peer\": 0, \"imperfect\": $imperfect}"
((different == 1 && imperfect == 0)) || { sort "$work/verdicts" | uniq -c >&2; exit 1; }
