#!/usr/bin/env bash
# killed_runs.sh [MOMENTS [SUBMISSION]]: kills `klab check` with SIGKILL at MOMENTS random moments, 20 by default, and `klab class` at
# as many. Each run directory must be readable then, keep what was judged, and be judged again to the same; no process may be left;
# and the class must end with the table of one that was not killed. Prints JSON objects, one a line.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export KLAB=${KLAB:-$here/../build/release/bin/klab}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 "$here/killed_runs.py" "$work" "${1:-20}" "${2:-$here/../fixtures/submissions/reference/python}"
