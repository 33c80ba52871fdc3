#!/usr/bin/env python3
"""validate.py [SCHEMA FILE]: holds JSON files against klab's schemas, all goldens when none is named.

SCHEMA is gradescope, classroom or run. Also tries each schema on broken copies of a golden: one that takes anything
would prove nothing. Exit code 0 all is valid, 1 something is not, 77 the Python package jsonschema, 4.0
or later (Debian: python3-jsonschema), is not there.
"""
import copy
import json
import pathlib
import sys

try:
    import jsonschema
    jsonschema.Draft202012Validator
except (ImportError, AttributeError):
    print("validate.py: not run: the Python package jsonschema, 4.0 or later, is not installed")
    sys.exit(77)

HOME = pathlib.Path(__file__).resolve().parents[2]
GOLDENS = HOME / "reports" / "goldens"


def validator(name):
    schema = json.loads((HOME / "docs" / "schemas" / f"{name}.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def errors(name, value):
    return [f"{error.json_path}: {error.message[:200]}" for error in validator(name).iter_errors(value)]


def without(value, *path):
    """A copy in which the field at the path is missing."""
    broken = copy.deepcopy(value)
    place = broken
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    return broken


def but(value, new, *path):
    """A copy in which the field at the path is another."""
    broken = copy.deepcopy(value)
    place = broken
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = new
    return broken


def broken_copies(name, value):
    if name == "gradescope":
        yield "no score", without(value, "score")
        yield "a test without a maximum", without(value, "tests", 0, "max_score")
        yield "a text that Gradescope cuts", but(value, "x" * 100001, "tests", 0, "output")
        yield "a pass that failed", but(value, "failed", "tests", 0, "status")
        yield "an unknown visibility", but(value, "secret", "tests", 0, "visibility")
        yield "a NUL", but(value, "a\0b", "output")
    if name == "classroom":
        yield "no maximum", without(value, "max_score")
        yield "a pass with a message", but(value, "why?", "tests", 0, "message")
        yield "a command", but(value, "##[error]x", "tests", 1, "message")
        yield "an unknown status", but(value, "skipped", "tests", 1, "status")


def check_file(name, file):
    value = json.loads(pathlib.Path(file).read_text())
    found = errors(name, value)
    for line in found:
        print(f"{file}: {line}")
    if not found:
        print(f"{file}: valid by {name}.schema.json")
    return not found, value


def check_schema(name, value):
    taken = [what for what, broken in broken_copies(name, value) if not errors(name, broken)]
    for what in taken:
        print(f"{name}.schema.json takes {what}")
    return not taken


def main(arguments):
    if arguments:
        return check_file(*arguments)[0]
    good = True
    for name, file in (("gradescope", GOLDENS / "results.json"), ("classroom", GOLDENS / "classroom.json")):
        valid, value = check_file(name, file)
        good = valid and check_schema(name, value) and good
    return good


if __name__ == "__main__":
    if len(sys.argv) not in (1, 3):
        print(__doc__)
        sys.exit(64)
    sys.exit(0 if main(sys.argv[1:]) else 1)
