#!/usr/bin/env bash
# live_clients.sh [NAME..]: has Kafka clients of several languages talk to a broker through the tap, all of
# bench/live_clients/clients.json or those named, and compares what the witness heard with the log and with what they
# print. Prints one JSON object a client; fails where anything disagrees. Clients are installed into
# $KLAB_LIVE_CLIENTS, or a folder of klab's cache. Needs kcat, python3, node with npm, go, and a JDK.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
home=$(dirname "$here")
cache=${KLAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/klab}
clients=${KLAB_LIVE_CLIENTS:-$cache/live-clients}
mkdir -p "$clients"
export KLAB_LIVE_CLIENTS=$clients KLAB_HOME=$home

need() { # COMMAND..
  local command
  for command; do command -v "$command" >/dev/null || { echo "live_clients.sh: $command is not installed" >&2; exit 2; }; done
}

install_python() {
  [[ -x $clients/python/bin/python ]] || python3 -m venv "$clients/python"
  "$clients/python/bin/pip" install --quiet --disable-pip-version-check confluent-kafka kafka-python aiokafka cramjam python-snappy lz4 zstandard
}

# kafkajs-lz4 needs lz4, which is compiled.
install_node() {
  mkdir -p "$clients/node"
  npm install --prefix "$clients/node" --no-audit --no-fund --silent kafkajs kafkajs-snappy kafkajs-lz4 zstd-codec
  npm rebuild --prefix "$clients/node" --silent lz4 >&2
  cp "$here/live_clients/kafkajs_client.js" "$clients/node/"
}

install_go() { # NAME
  mkdir -p "$clients/go/$1"
  cp "$here/live_clients/$1/main.go" "$clients/go/$1/"
  (cd "$clients/go/$1" && { [[ -f go.mod ]] || go mod init "live/$1"; go mod tidy; go build -o client .; } 2>"$clients/go/$1/build.log") ||
    { cat "$clients/go/$1/build.log" >&2; exit 2; }
}

install_java() {
  mkdir -p "$clients/java"
  javac -cp "$cache/kafka/$(<"$here/../docker/kafka-version")/jars/*" -d "$clients/java" "$here/live_clients/JavaClient.java"
}

need kcat python3 node npm go java javac
if [[ -z ${KLAB_LIVE_CLIENTS_INSTALLED:-} ]]; then
  install_python
  install_node
  install_go franz_go
  install_go sarama
  install_java
fi
cd "$home"
[[ -f build/release/build.ninja ]] || cmake --preset release >&2
cmake --build build/release --target bench_live_clients >&2
exec build/release/bin/live_clients "$@"
