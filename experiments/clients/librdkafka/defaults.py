"""The settings that librdkafka knows and their defaults: asked of the library that confluent-kafka brings along."""

import ctypes
import re

import confluent_kafka.cimpl  # loads librdkafka


def _loaded_library():
    with open("/proc/self/maps", encoding="utf-8") as maps:
        return ctypes.CDLL(re.search(r"/\S*librdkafka\S*", maps.read()).group())


_library = _loaded_library()
_UNKNOWN = -2  # RD_KAFKA_CONF_UNKNOWN


def _new(make):
    make.restype = ctypes.c_void_p
    return ctypes.c_void_p(make())


# Some settings, such as acks, belong to topics.
_SCOPES = [
    (_library.rd_kafka_conf_get, _library.rd_kafka_conf_set, _new(_library.rd_kafka_conf_new)),
    (_library.rd_kafka_topic_conf_get, _library.rd_kafka_topic_conf_set, _new(_library.rd_kafka_topic_conf_new)),
]


def default_of(name):
    """The default of a setting as text; None if there is no such setting or it has no default."""
    for get, _, settings in _SCOPES:
        value, size = ctypes.create_string_buffer(1024), ctypes.c_size_t(1024)
        if get(settings, name.encode(), value, ctypes.byref(size)) == 0:
            return value.value.decode()
    return None


def is_known(name):
    """Whether there is such a setting: one that there is can be set back to its default."""
    error = ctypes.create_string_buffer(1024)
    return any(set_(settings, name.encode(), None, error, 1024) != _UNKNOWN for _, set_, settings in _SCOPES)
