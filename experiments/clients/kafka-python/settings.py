"""Kafka's settings as arguments of kafka-python, which spells them with underscores and takes numbers and classes."""

from kafka import KafkaConsumer, KafkaProducer
from kafka.coordinator.assignors.range import RangePartitionAssignor
from kafka.coordinator.assignors.roundrobin import RoundRobinPartitionAssignor
from kafka.coordinator.assignors.sticky.sticky_assignor import StickyPartitionAssignor

# As librdkafka and as Java call them.
ASSIGNORS = {
    "range": RangePartitionAssignor,
    "roundrobin": RoundRobinPartitionAssignor,
    "sticky": StickyPartitionAssignor,
    "org.apache.kafka.clients.consumer.RangeAssignor": RangePartitionAssignor,
    "org.apache.kafka.clients.consumer.RoundRobinAssignor": RoundRobinPartitionAssignor,
    "org.apache.kafka.clients.consumer.StickyAssignor": StickyPartitionAssignor,
}

TEXTS = {"transactional.id", "group.instance.id", "auto.offset.reset", "isolation.level", "client.id"}
FLAGS = {"enable.idempotence", "enable.auto.commit", "allow.auto.create.topics", "check.crcs", "exclude.internal.topics"}


class Unsupported(Exception):
    """A setting that kafka-python lacks."""


def argument(name):
    return name.replace(".", "_")


def value_of(name, text):
    if name in TEXTS:
        return text
    if name in FLAGS:
        return text == "true"
    if name == "acks":
        return "all" if text in ("all", "-1") else int(text)
    if name == "compression.type":
        return None if text == "none" else text
    if name == "partition.assignment.strategy":
        return [ASSIGNORS[assignor] for assignor in text.split(",")]
    return int(text)


def translated(plan, client):
    """The arguments of KafkaProducer or KafkaConsumer for the settings of the plan."""
    arguments = {"bootstrap_servers": plan["bootstrap"]}
    for name, text in plan.get("settings", {}).items():
        if argument(name) not in client.DEFAULT_CONFIG:
            raise Unsupported(name)
        try:
            arguments[argument(name)] = value_of(name, text)
        except (KeyError, ValueError) as error:
            raise Unsupported(name) from error
    return arguments


def text_of(name, value):
    if isinstance(value, bool):
        return str(value).lower()
    if name == "compression.type":
        return value or "none"
    if name == "partition.assignment.strategy":
        return ",".join(assignor.name for assignor in value)
    return None if value is None else str(value)


def defaults(names):
    """The defaults, of the producer where both have a setting of this name."""
    known = {**KafkaConsumer.DEFAULT_CONFIG, **KafkaProducer.DEFAULT_CONFIG}
    texts = {name: text_of(name, known.get(argument(name))) for name in names if argument(name) in known}
    return {name: text for name, text in texts.items() if text is not None}
