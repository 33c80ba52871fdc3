#!/usr/bin/env bash
# class_folders.sh DIR COUNT: makes a class in DIR, COUNT submissions: every fifth a reference of klab's own, in Python or C++, the others
# taken evenly from all the broken ones, each with the programs of the Python reference where it has none of its own. Each is
# whole, without links to others.
set -euo pipefail
cd "$(dirname "$0")/../fixtures/submissions"
to=$1 count=$2
references=(python python cpp python)
broken=(broken/*)
mkdir -p "$to"
for ((i = 0; i < count; ++i)); do
  if ((i % 5 == 0)); then from=reference/${references[i / 5 % ${#references[@]}]}; else from=${broken[i * ${#broken[@]} / count]}; fi
  folder=$to/$(printf '%03d' $((i + 1)))-${from##*/}
  mkdir "$folder"
  [[ $from == reference/* ]] || cp -rL reference/python/. "$folder"
  cp -rL "$from"/. "$folder"
done
