"""What killed_runs.sh does: killed_runs.py WORK MOMENTS SUBMISSION."""

import json
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree

KLAB = os.environ["KLAB"]
SEED = int(os.environ.get("KLAB_SEED", random.randrange(10**6)))
# Programs in shell that end at once: a class of them is graded in seconds, so that moments fall everywhere.
QUICK = {"ends": "true", "fails": "exit 1", "loops": "sleep 3", "floods": "yes | head -n 1000"}
faults = []


def fault(what):
    faults.append(what)
    print(what, file=sys.stderr)


def outcomes(run):
    try:
        return json.loads((run / "run.json").read_text())["properties"]
    except FileNotFoundError:
        return {}


def judged(properties):
    return {name: outcome for name, outcome in properties.items() if outcome != "not run"}


def look_until(process, run, moment):
    """Waits for the moment; returns what run.json had last."""
    seen = {}
    while time.monotonic() < moment and process.poll() is None:
        seen = outcomes(run) or seen
        time.sleep(0.02)
    return seen


def processes_of(place):
    found = []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if str(place).encode() in (folder / "cmdline").read_bytes() and int(folder.name) != os.getpid():
                found.append(folder.name)
        except OSError:
            pass
    return found


def expect_nobody_left(place, when):
    until = time.monotonic() + 30
    while time.monotonic() < until and processes_of(place):
        time.sleep(0.1)
    if processes_of(place):
        fault(f"{when}: processes are left: {processes_of(place)}")


def expect_readable(run, seen, when):
    if not (run / "run.json").exists():
        if seen:
            fault(f"{when}: run.json is gone")
        return
    now = json.loads((run / "run.json").read_text())["properties"]
    for name, outcome in judged(seen).items():
        if now[name] != outcome:
            fault(f"{when}: {name} was {outcome}, is {now[name]}")
    xml.etree.ElementTree.parse(run / "report.html")
    cases = xml.etree.ElementTree.parse(run / "junit.xml").findall(".//testcase")
    if len(cases) != len(now):
        fault(f"{when}: junit.xml has {len(cases)} test cases, run.json {len(now)} properties")


def expect_same_when_judged_again(run, when):
    again = subprocess.run([KLAB, "recheck", run, "--diff"], capture_output=True, text=True)
    if again.returncode == 64 and "no section was played" in again.stderr:
        return
    for line in again.stdout.splitlines():
        if ": was not run, is " not in line and line != "every property is judged as it was":
            fault(f"{when}: judged again: {line}")
    if again.returncode not in (0, 1, 2):
        fault(f"{when}: recheck ended with {again.returncode}: {again.stderr}")


def kill_check(submission, work, number, longest):
    run = work / f"check-{number}"
    after = random.uniform(0, longest)
    when = f"klab check killed after {after:.1f} s"
    process = subprocess.Popen([KLAB, "check", submission, "--out", run], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seen = look_until(process, run, time.monotonic() + after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    expect_nobody_left(run, when)
    if run.exists():
        try:
            expect_readable(run, seen, when)
        except Exception as error:
            fault(f"{when}: {error!r}")
        if (run / "run.json").exists():
            expect_same_when_judged_again(run, when)
    return len(judged(seen))


def make_class(folder):
    for name, command in QUICK.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "submission.json").write_text(json.dumps({"programs": {"producer": command, "consumer": "true"}}))
    (folder / "malformed").mkdir()
    (folder / "malformed" / "submission.json").write_text("{")


def class_command(work, out):
    return [KLAB, "class", work / "class", "--section", "A", "--section", "D", "--broker", "process", "--jobs", "2", "--out", out]


def grade(work, out):
    """To its end; how long it took."""
    begun = time.monotonic()
    subprocess.run(class_command(work, out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - begun


def table(out):
    return [re.sub(r",[^,]*$", "", line) for line in (out / "class.csv").read_text().splitlines()]


def finished(out):
    texts = {run.parent.name: run.read_text() for run in (out / "runs").glob("*/run.json")}
    return {name: text for name, text in texts.items() if json.loads(text)["finished"]}


def kill_class(work, out, longest):
    after = random.uniform(0, longest)
    when = f"klab class killed after {after:.1f} s"
    before = finished(out)
    process = subprocess.Popen(class_command(work, out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    for name, text in before.items():
        if finished(out).get(name) != text:
            fault(f"{when}: the run of {name}, finished before, is another")
    expect_nobody_left(out, when)
    for run in [*(out / "runs").glob("*"), *(out / "grading").glob("*/run")]:
        try:
            expect_readable(run, {}, when)
        except Exception as error:
            fault(f"{when}: {run}: {error!r}")
    return len(finished(out))


def expect_same_table(work, out):
    grade(work, out)
    if table(out) != table(work / "whole"):
        fault(f"{out.name}: another table: {table(out)} instead of {table(work / 'whole')}")


def kill_classes(work, moments):
    """One class after the other, each killed until it has nothing left to be killed in."""
    make_class(work / "class")
    longest = grade(work, work / "whole")
    classes = [work / "class-1"]
    for _ in range(moments):
        if kill_class(work, classes[-1], longest * 0.6) == len(QUICK):
            expect_same_table(work, classes[-1])
            classes.append(work / f"class-{len(classes) + 1}")
    expect_same_table(work, classes[-1])
    return len(classes)


def main():
    work, moments, submission = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    random.seed(SEED)
    begun = time.monotonic()
    subprocess.run([KLAB, "check", submission, "--out", work / "whole-check"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    longest = time.monotonic() - begun
    kept = [kill_check(submission, work, number, longest) for number in range(moments)]
    print(json.dumps({"name": "killed_runs.check", "value": len(faults), "unit": f"faults at {moments} moments within {longest:.0f} s", "peer": 0,
                      "judged_by_then": kept, "seed": SEED}), flush=True)
    before = len(faults)
    classes = kill_classes(work, moments)
    print(json.dumps({"name": "killed_runs.class", "value": len(faults) - before, "unit": f"faults at {moments} moments in {classes} classes", "peer": 0}))
    sys.exit(1 if faults else 0)


main()
