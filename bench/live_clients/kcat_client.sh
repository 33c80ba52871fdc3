#!/usr/bin/env bash
# Debian's librdkafka, by kcat. See README.md.
set -euo pipefail

messages() { # WORD PARTITION
  local i
  for ((i = $2; i < 50; i += 2)); do printf '%s %d %0200d\n' "$1" "$i" 0; done
}

produce() { # BOOTSTRAP TOPIC CODECS ENDINGS
  local codec ending partition
  for codec in ${3//,/ }; do
    for partition in 0 1; do messages "$codec" "$partition" | kcat -q -P -b "$1" -t "$2" -p "$partition" -z "$codec"; done
  done
  [[ $4 != - ]] || return 0
  partition=0
  for ending in ${4//,/ }; do
    messages "$ending" "$partition" | kcat -q -P -b "$1" -t "$2" -p "$partition" -X "transactional.id=$2"
    partition=$((1 - partition))
  done
}

consume() { # BOOTSTRAP TOPIC GROUP ISOLATION MODE COUNT
  local mode=()
  [[ $5 != cooperative ]] || mode+=(-X partition.assignment.strategy=cooperative-sticky)
  # Nor does any other client commit before it has read as many. kcat takes enable.auto.commit for another property.
  (($6 < 1000000)) || mode+=(-X enable.auto.offset.store=false)
  [[ $5 != static ]] || mode+=(-X group.instance.id=seat)
  # One batch at a time: a marker of a transaction that is fetched but not reached is committed when kcat closes.
  kcat -q -b "$1" -G "$3" -X "isolation.level=$4" -X auto.offset.reset=earliest -X queued.min.messages=1 \
    -X fetch.message.max.bytes=1000 "${mode[@]}" -c "$6" -u -f '%p %o\n' "$2"
}

"$@"
