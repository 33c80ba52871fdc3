#!/usr/bin/env bash
# report_pages.sh [OUT]: opens reports in a real browser and fails where one has a console error, a picture without size,
# something wider than the page, or a serious or critical finding of axe-core, in light and dark. The reports are those
# of the reference, of broken submissions of several sections, of a run that was killed half-way, of the golden and of a
# large history. Keeps them and their screenshots in OUT. A run that is there already is not made again.
# Needs chromium, or Chrome, and node with npm, which fetches what bench/report_pages/package.json names.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
home=$(dirname "$here")
out=${1:-$(mktemp -d)}
mkdir -p "$out"
out=$(cd "$out" && pwd)
klab=$home/build/release/bin/klab
submissions=$home/fixtures/submissions
broken=(exits-without-waiting:A never-commits:C waits-ten-milliseconds:E deals-keys-to-all-partitions:F
  pauses-after-every-15th:G lingers-until-the-flush:G assigns-itself-all-partitions:H reads-uncommitted:I)

die() { echo "report_pages.sh: $1" >&2; exit 2; }

for command in node npm; do command -v "$command" >/dev/null || die "$command is not installed"; done
CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v google-chrome)} || die "neither chromium nor google-chrome is installed"
export CHROMIUM
[[ -x $klab ]] || die "run ./klab build first"
cmake --build "$home/build/release" --target all reports_test >&2
npm ci --prefix "$here/report_pages" --no-audit --no-fund --silent

check() { # NAME SUBMISSION [OPTION..]: a run whose submission fails is a run all the same
  [[ -f $out/$1/report.html ]] || "$klab" check "$2" --out "$out/$1" "${@:3}" >"$out/$1.log" 2>&1 || [[ $? -eq 1 ]]
}

# Killed when one section is judged, so that the others are not.
cut_off() {
  [[ -f $out/cut-off/report.html ]] && return
  "$klab" check "$submissions/reference/python" --out "$out/cut-off" >"$out/cut-off.log" 2>&1 &
  local pid=$!
  for _ in $(seq 600); do
    if grep -qs '"pass"' "$out/cut-off/run.json"; then break; fi
    sleep 0.1  # between two looks at the condition, within a minute
  done
  kill -9 "$pid"
  wait "$pid" 2>/dev/null || true
}

check reference "$submissions/reference/python"
for one in "${broken[@]}"; do check "${one%:*}" "$submissions/broken/${one%:*}" --section "${one#*:}"; done
cut_off
mkdir -p "$out/golden" "$out/large"
cp "$home/reports/goldens/report.html" "$out/golden/"
KLAB_LARGE_PAGE=$out/large/report.html "$home/build/release/bin/reports_test" --gtest_filter='PageSize.*' >"$out/large.log"
exec node "$here/report_pages/open_pages.js" "$out"
