"""librdkafka, by confluent-kafka: does what a plan says and prints what comes of it. See ../README.md."""

import json
import sys

from confluent_kafka import libversion

from consume import consume
from defaults import default_of, is_known
from output import show, show_error
from produce import produce


def settings_of(plan):
    """The settings of the plan. Ends the program if librdkafka does not know one of them."""
    for name in plan.get("settings", {}):
        if not is_known(name):
            show(unsupported=name)
            sys.exit(3)
    return {"bootstrap.servers": plan["bootstrap"], **plan.get("settings", {})}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        plan = json.load(file)
    show(client="librdkafka", version=libversion()[0])
    if plan["do"] == "defaults":
        defaults = {name: default_of(name) for name in plan["names"]}
        show(defaults={name: value for name, value in defaults.items() if value is not None})
        return
    settings = settings_of(plan)
    try:
        {"produce": produce, "consume": consume}[plan["do"]](plan, settings)
    except Exception as error:
        show_error(error)
        sys.exit(1)


main()
