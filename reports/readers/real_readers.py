#!/usr/bin/env python3
"""real_readers.py [--work DIR] [--require-all] [NAME..]: has the readers that people use read our goldens.

They are whole and unchanged. Of junit.xml: the actions dorny/test-reporter and mikepenz/action-junit-report, run as
GitHub's runner would, the parser of EnricoMi/publish-unit-test-result-action, and Allure. Of Classroom's result: its
reporter. Of the job's summary: GitHub's Markdown, cmark-gfm. Each must find just what is in the file, and no line that
it prints may be a workflow command of the submission's making. Prints one JSON object for each reader and file.

Sources come from GitHub by git, packages from npm and PyPI, all of pinned versions, into DIR (default: a folder of
klab's cache). Where a source is in DIR/sources/OWNER+NAME already, it is taken from there. Needs git, node, npm, python3
with venv, and for Allure java.

Exit code 0: every reader that could be had agrees; those that could not are named. 1: one does not agree. 2: with
--require-all one could not be had, or none could at all.
"""
import argparse
import base64
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HOME = pathlib.Path(__file__).resolve().parents[2]

# File of reports/goldens: how many passed, failed, were not judged (error) and skipped.
JUNIT = {
    "junit.xml": {"passed": 4, "failed": 6, "errors": 2, "skipped": 1},
    "junit-student.xml": {"passed": 6, "failed": 7, "errors": 2, "skipped": 2},
    "junit-hostile.xml": {"passed": 1, "failed": 2, "errors": 2, "skipped": 1},
}

# Points, and of how many.
CLASSROOM = {"classroom.json": {"points": 8.5, "of": 33}, "classroom-hostile.json": {"points": 1, "of": 6}}

# All elements of the page, whatever the texts hold, and its rows.
SUMMARY_ELEMENTS = "h2 h3 li p strong table tbody td th thead tr ul"
SUMMARY = {"summary.md": {"elements": SUMMARY_ELEMENTS, "rows": 28},
           "summary-hostile.md": {"elements": SUMMARY_ELEMENTS, "rows": 9}}

DORNY = ("dorny/test-reporter", "v3.0.0")
MIKEPENZ = ("mikepenz/action-junit-report", "v6.4.2")
ENRICOMI = ("EnricoMi/publish-unit-test-result-action", "v2.24.0")
REPORTER = ("classroom-resources/autograding-grading-reporter", "v1")
ALLURE = "2.46.1"
CMARKGFM = "2025.10.22"


class NotAvailable(Exception):
    """A reader that cannot be had here, and why."""


def run(command, **more):
    return subprocess.run([str(part) for part in command], text=True, errors="replace", capture_output=True, timeout=600, **more)


def need(*commands):
    for command in commands:
        if shutil.which(command) is None:
            raise NotAvailable(f"{command} is not installed")


def installed(command, what):
    done = run(command)
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().splitlines() or ["it said nothing"]
        raise NotAvailable(f"{what}: {said[-1]}")


def virtual_environment(work, name, *packages):
    """The Python of an environment that has the packages."""
    python = work / name / "bin" / "python"
    if not python.exists():
        installed([sys.executable, "-m", "venv", work / name], "python3 -m venv")
        installed([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages], "pip install")
    return python


def source(work, repository, version):
    """The folder with a repository's files at a version."""
    folder = work / "sources" / repository.replace("/", "+")
    if not folder.exists():
        need("git")
        url = f"https://github.com/{repository}"
        installed(["git", "clone", "--quiet", "--depth", "1", "--branch", version, url, folder], f"git clone {url}")
    return folder


def errors_as_failures(files):
    """For readers that count what was not judged as failed."""
    return {file: {"passed": counts["passed"], "failed": counts["failed"] + counts["errors"],
                   "skipped": counts["skipped"]} for file, counts in files.items()}


def outputs_of(text):
    """A step's outputs, as the runner reads them from GITHUB_OUTPUT."""
    return dict(re.findall(r"^(\w+)<<(?:ghadelimiter_[\w-]+)\n(.*)\nghadelimiter_", text, re.M))


def forged_commands(printed):
    """Lines that GitHub's runner would obey and that come from the text of a submission."""
    words = ("Autograding", "totalPoints", "stop-commands", "add-path")
    obeyed = [line for line in printed.splitlines() if line.lstrip().startswith("::") or "##[" in line]
    return [line[:200] for line in obeyed if not line.startswith("::debug::") and any(word in line for word in words)]


def run_action(program, inputs, **more):
    """Runs an action as a step of a job that may tell GitHub nothing; returns its outputs and what it printed."""
    need("node", "git")
    with tempfile.TemporaryDirectory() as scratch:
        names = {name: pathlib.Path(scratch, name) for name in ("output", "summary", "event")}
        for path in names.values():
            path.write_text("{}" if path.name == "event" else "")
        environment = {
            "PATH": os.environ["PATH"], "HOME": scratch, "GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(HOME),
            "GITHUB_OUTPUT": str(names["output"]), "GITHUB_STEP_SUMMARY": str(names["summary"]),
            "GITHUB_EVENT_PATH": str(names["event"]), "GITHUB_EVENT_NAME": "push", "GITHUB_REPOSITORY": "klab/klab",
            "GITHUB_SHA": "0" * 40, "GITHUB_REF": "refs/heads/main", "GITHUB_RUN_ID": "1",
            **{f"INPUT_{name.upper()}": value for name, value in inputs.items()}, **more,
        }
        done = run(["node", program], cwd=HOME, env=environment)
        return outputs_of(names["output"].read_text()), done.stdout


def action_result(outputs, printed):
    counts = {name: int(outputs.get(name, -1)) for name in ("passed", "failed", "skipped")}
    return counts, forged_commands(printed)


def dorny(work, file):
    folder = source(work, *DORNY)
    inputs = {"name": "klab", "path": str(file.relative_to(HOME)), "reporter": "java-junit", "list-suites": "all",
              "list-tests": "all", "max-annotations": "10", "fail-on-error": "false", "fail-on-empty": "true",
              "use-actions-summary": "true", "only-summary": "false", "collapsed": "auto", "token": "none"}
    return action_result(*run_action(folder / "dist" / "index.js", inputs))


def mikepenz(work, file):
    folder = source(work, *MIKEPENZ)
    inputs = {"report_paths": str(file.relative_to(HOME)), "check_name": "klab", "require_tests": "true",
              "fail_on_failure": "true", "fail_on_parse_error": "true", "include_passed": "true", "annotate_only": "true",
              "skip_annotations": "true", "job_summary": "true", "detailed_summary": "true", "follow_symlink": "false",
              "truncate_stack_traces": "true", "resolve_ignore_classname": "false", "token": "none"}
    return action_result(*run_action(folder / "dist" / "index.js", inputs))


COUNT_AS_ENRICOMI = """
import json, sys
from publish.junit import parse_junit_xml_files, process_junit_xml_elems
from publish.unittestresults import get_stats, get_test_results
parsed = process_junit_xml_elems(parse_junit_xml_files([sys.argv[1]], False, False))
stats = get_stats(get_test_results(parsed.with_commit("c"), False))
places = all(case.test_file and case.line for case in parsed.cases)
print(json.dumps({"passed": stats.tests_succ, "failed": stats.tests_fail, "errors": stats.tests_error,
                  "skipped": stats.tests_skip, "parse_errors": len(parsed.errors), "places": places}))
"""


def enricomi(work, file):
    folder = source(work, *ENRICOMI)
    python = virtual_environment(work, "enricomi", "-r", folder / "python" / "requirements.txt")
    done = run([python, "-c", COUNT_AS_ENRICOMI, file], env={**os.environ, "PYTHONPATH": str(folder / "python")})
    if done.returncode != 0:
        return {"crashed": done.stderr.strip().splitlines()[-1]}, []
    counts = json.loads(done.stdout)
    bad = [f"{name}: {counts[name]}" for name, good in (("parse_errors", 0), ("places", True)) if counts.pop(name) != good]
    return counts, bad


def allure(work, file):
    need("node", "npm", "java")
    folder = work / "allure"
    program = folder / "node_modules" / ".bin" / "allure"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        installed(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder,
                   f"allure-commandline@{ALLURE}"], "npm install allure-commandline")
    with tempfile.TemporaryDirectory() as scratch:
        results, report = pathlib.Path(scratch, "results"), pathlib.Path(scratch, "report")
        results.mkdir()
        shutil.copy(file, results)
        done = run([program, "generate", results, "-o", report])
        summary = report / "widgets" / "summary.json"
        if not summary.exists():
            return {"crashed": (done.stderr or done.stdout).strip()[-200:]}, []
        found = json.loads(summary.read_text())["statistic"]
    return {"passed": found["passed"], "failed": found["failed"], "errors": found["broken"],
            "skipped": found["skipped"]}, []


def classroom(work, file):
    folder = source(work, *REPORTER)
    result = base64.b64encode(file.read_bytes()).decode()
    _, printed = run_action(folder / "dist" / "main.js", {"runners": "klab"}, KLAB_RESULTS=result)
    notices = re.findall(r"^\s*::notice title=Autograding (?:complete|report)::(.*)$", printed, re.M)
    if len(notices) != 2:
        return {"notices": len(notices)}, []
    told = json.loads(notices[1])
    ours = ("::notice title=Autograding complete::", "::notice title=Autograding report::", "::error::Some tests failed.")
    forged = [line for line in forged_commands(printed) if not line.startswith(ours)]
    return {"points": told["totalPoints"], "of": told["maxPoints"]}, forged


ELEMENTS_OF = """
import cmarkgfm, json, re, sys
page = cmarkgfm.github_flavored_markdown_to_html(open(sys.argv[1], encoding="utf-8").read())
elements = re.findall(r"<([a-z0-9]+)", page)
print(json.dumps({"elements": " ".join(sorted(set(elements))), "rows": elements.count("tr")}))
"""


def cmark(work, file):
    python = virtual_environment(work, "cmark", f"cmarkgfm=={CMARKGFM}")
    done = run([python, "-c", ELEMENTS_OF, file])
    return (json.loads(done.stdout), []) if done.returncode == 0 else ({"crashed": done.stderr[-200:]}, [])


# By name: the reader, its version, and what it has to find in each file.
READERS = {
    "dorny": (dorny, DORNY[1], errors_as_failures(JUNIT)),
    "mikepenz": (mikepenz, MIKEPENZ[1], errors_as_failures(JUNIT)),
    "enricomi": (enricomi, ENRICOMI[1], JUNIT),
    "allure": (allure, ALLURE, JUNIT),
    "classroom": (classroom, REPORTER[1], CLASSROOM),
    "cmark": (cmark, CMARKGFM, SUMMARY),
}


def agrees(name, work, golden):
    """Prints what a reader makes of a file, and says whether that is what is in it."""
    reader, version, files = READERS[name]
    found, bad = reader(work, HOME / "reports" / "goldens" / golden)
    good = found == files[golden] and not bad
    told = {"reader": name, "version": version, "file": golden, "agrees": good, **found}
    if not good:
        told.update(expected=files[golden], bad=bad)
    print(json.dumps(told), flush=True)
    return good


def main(options):
    options.work.mkdir(parents=True, exist_ok=True)
    disagreeing, missing = [], []
    for name in options.names or READERS:
        try:
            if not all([agrees(name, options.work, golden) for golden in READERS[name][2]]):
                disagreeing.append(name)
        except (NotAvailable, subprocess.TimeoutExpired) as reason:
            missing.append(name)
            print(json.dumps({"reader": name, "not_available": str(reason)}), flush=True)
    if disagreeing:
        return 1
    none_ran = len(missing) == len(options.names or READERS)
    return 2 if none_ran or (missing and options.require_all) else 0


def arguments():
    cache = os.environ.get("KLAB_CACHE") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "klab")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path(cache, "readers"))
    parser.add_argument("--require-all", action="store_true")
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[[], *READERS], default=[])
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main(arguments()))
