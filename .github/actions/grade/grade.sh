#!/usr/bin/env bash
# One grading for action.yml, which sets KLAB_SOURCES, KLAB_CACHE, SUBMISSION, SECTIONS, BROKER and CLASSROOM. Ends with 0
# whatever comes of it: the exit code is an output, so that the reports are kept before it ends the job.
set -euo pipefail

run=${RUNNER_TEMP:?}/klab-run-all
kept=$RUNNER_TEMP/klab-run
arguments=("$SUBMISSION" --broker "$BROKER" --out "$run")
for section in $SECTIONS; do arguments+=(--section "$section"); done
[[ $CLASSROOM != true ]] || arguments+=(--classroom)

# Namespaces for the sandbox need root where the runner's kernel gives them to nobody else. In a job klab itself sees to
# it that nothing it quotes is a command to the runner, and writes annotations, summary and outputs.
as_root() {
  sudo env "PATH=$PATH" "KLAB_CACHE=$KLAB_CACHE" GITHUB_ACTIONS=true "GITHUB_STEP_SUMMARY=${GITHUB_STEP_SUMMARY:-}" \
    "GITHUB_OUTPUT=${GITHUB_OUTPUT:-}" "$@"
}

status=0
as_root "$KLAB_SOURCES/klab" check "${arguments[@]}" || status=$?

# What is kept can be read by the student: the reports without what lab.json hides.
if [[ -e $run/run.json ]]; then
  as_root "$KLAB_SOURCES/klab" recheck "$run" --view student --out "$kept" >/dev/null || true
  sudo chown -R "$(id -u):$(id -g)" "$kept"
fi

# field NAME: a number of run.json.
field() { [[ ! -e $kept/run.json ]] || sed -n "s/^  \"$1\": \([0-9.]*\),\{0,1\}$/\1/p" "$kept/run.json"; }
{
  echo "exit-code=$status"
  [[ ! -d $kept ]] || echo "run=$kept"
  echo "points=$(field points)"
  echo "points-possible=$(field points_possible)"
} >>"${GITHUB_OUTPUT:?}"
