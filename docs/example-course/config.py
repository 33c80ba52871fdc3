"""Reads the properties file that says how to reach the cluster."""


def read_config(path):
    """Returns the properties as a dict. Blank lines and comments are skipped."""
    config = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.strip()
            if line and not line.startswith("#"):
                name, value = line.split("=", 1)
                config[name.strip()] = value.strip()
    return config
