"""What the program prints: a JSON object a line."""

import json
import threading
import time

START = time.perf_counter()
ONE_AT_A_TIME = threading.Lock()  # clients call back in threads of their own


def show(**line):
    with ONE_AT_A_TIME:
        print(json.dumps(line), flush=True)


def since(moment):
    """Milliseconds since a moment of time.perf_counter()."""
    return round((time.perf_counter() - moment) * 1000, 3)


def since_start():
    return since(START)


def show_error(error):
    show(error=text(error), ms=since_start())


def text(error):
    name, said = type(error).__name__, str(error)
    return said if said.startswith(name) else f"{name}: {said}"  # kafka-python's own begin with their name
