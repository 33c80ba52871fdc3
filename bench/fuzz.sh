#!/usr/bin/env bash
# fuzz.sh [EXECUTIONS [TARGET..]]: feeds the code that reads what others wrote with inputs made by libFuzzer, ten million
# over all targets by default. Prints one JSON object a target; fails when there are finds. A find stays as a file beside
# the target's code, where the tests replay it; the corpus stays in build/fuzz/corpus, and the next run goes on from it.
# Installs clang where it is missing, as root; needs what `./klab build` installs and fetches.
set -euo pipefail
cd "$(dirname "$0")/.."
declare -A finds=([witness]=runners/witness/fuzz/finds/witness [conversation]=runners/wire/fuzz/finds/conversation [records]=runners/wire/fuzz/finds/records
  [history]=checks/fuzz/finds/history)
executions=${1:-10000000}
shift $(($# > 0 ? 1 : 0))
targets=("$@")
((${#targets[@]} > 0)) || targets=(witness conversation records history)
most_finds=10
limits=(-timeout=10 -rss_limit_mb=1024 -max_len=4096)
export ASAN_OPTIONS=malloc_context_size=1:quarantine_size_mb=8  # twice as fast; a find is looked into without it

has_clang() {
  echo 'extern "C" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) { return 0; }' |
    clang++ -fsanitize=fuzzer,address,undefined -x c++ - -o /dev/null 2>/dev/null
}

install_clang() {
  has_clang && return
  if ((EUID == 0)); then
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends clang; } >/dev/null 2>&1 || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
      "libclang-rt-$(clang -dumpversion | cut -d. -f1)-dev" >/dev/null 2>&1 || true
  fi
  has_clang || { echo "clang with libFuzzer is missing; on Debian: apt-get install clang libclang-rt-14-dev" >&2; exit 2; }
}

stat() { sed -n "s/^stat::$2: *//p" "$1" | tail -n 1; }

# One start of the fuzzer ends at its first find; what is left is done by the next.
fuzz() {
  local target=$1 left=$2 corpus=build/fuzz/corpus/$1 log=build/fuzz/$1.log done_so_far=0 found=0 start=$SECONDS status ran
  mkdir -p "$corpus"
  build/fuzz/bin/fuzz_"$target" --write-seeds "$corpus"
  while ((left > 0 && found < most_finds)); do
    status=0
    nice -n 19 build/fuzz/bin/fuzz_"$target" -runs="$left" "${limits[@]}" -print_final_stats=1 \
      -artifact_prefix="${finds[$target]}/" "$corpus" >"$log" 2>&1 || status=$?
    ran=$(stat "$log" number_of_executed_units)
    done_so_far=$((done_so_far + ${ran:-0})) left=$((left - ${ran:-0}))
    ((status == 0)) && break
    [[ -n $ran ]] || { tail -n 20 "$log" >&2; exit 2; }
    found=$((found + 1))
    grep -E '^(==.*ERROR|SUMMARY|artifact_prefix)|runtime error|what\(\)' "$log" >&2 || true
  done
  echo "{\"name\": \"fuzz.$target\", \"executions\": $done_so_far, \"seconds\": $((SECONDS - start)), \"finds\": $found, \"peak_rss_mb\": $(stat "$log" peak_rss_mb), \"slowest_s\": $(stat "$log" slowest_unit_time_sec)}"
  ((found == 0))
}

for target in "${targets[@]}"; do
  [[ -n ${finds[$target]:-} ]] || { echo "no target $target; there are: ${!finds[*]}" >&2; exit 64; }
done
install_clang
cmake --preset fuzz >/dev/null
mkdir -p build/fuzz
nice cmake --build --preset fuzz >build/fuzz/build.log || { tail -n 40 build/fuzz/build.log >&2; exit 2; }
status=0
for target in "${targets[@]}"; do
  fuzz "$target" $((executions / ${#targets[@]})) || status=1
done
exit "$status"
