"""kafka-python: does what a plan says and prints what comes of it. See ../README.md."""

import json
import sys

from kafka import KafkaConsumer, KafkaProducer, __version__

from consume import consume
from output import show, show_error
from produce import produce
from settings import Unsupported, defaults, translated


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        plan = json.load(file)
    show(client="kafka-python", version=__version__)
    try:
        if plan["do"] == "defaults":
            show(defaults=defaults(plan["names"]))
        elif plan["do"] == "produce":
            produce(plan, translated(plan, KafkaProducer))
        else:
            consume(plan, translated(plan, KafkaConsumer))
    except Unsupported as setting:
        show(unsupported=str(setting))
        sys.exit(3)
    except Exception as error:
        show_error(error)
        sys.exit(1)


main()
