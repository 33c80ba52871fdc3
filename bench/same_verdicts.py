"""same_verdicts.py RUNS RUNS: compares the outcome of every property in run directories of the same names. Prints one JSON object; fails
where any differs."""

import json
import pathlib
import sys


def outcomes(runs):
    return {run.parent.name: json.loads(run.read_text()) for run in pathlib.Path(runs).glob("*/run.json")}


first, second = outcomes(sys.argv[1]), outcomes(sys.argv[2])
different = [name for name in first.keys() ^ second.keys()]
for name in sorted(first.keys() & second.keys()):
    one, other = first[name]["properties"], second[name]["properties"]
    for property in sorted(one.keys() | other.keys()):
        if one.get(property) != other.get(property):
            different.append(f"{name} {property}: {one.get(property)} | {other.get(property)}"
                             f" ({first[name]['errors'].get(property, '')} | {second[name]['errors'].get(property, '')})")
print(json.dumps({"name": "class.different_verdicts", "value": len(different), "unit": f"of {len(first)} submissions", "peer": 0}))
print(*different, sep="\n", end="\n" if different else "", file=sys.stderr)
sys.exit(1 if different or not first else 0)
