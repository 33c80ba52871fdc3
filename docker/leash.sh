#!/bin/sh
# Runs a command on a leash: it ends when this script's stdin does, so a broker never outlives the grader that holds the
# other end, in a container or out of it. A line on stdin asks it to end in an orderly way; the end of stdin kills it.
exec 3<&0
"$@" </dev/null 3<&- &
command=$!
{
  if read -r _ <&3; then kill -TERM "$command"; read -r _ <&3; fi
  kill -KILL "$command"
} 2>/dev/null &
wait "$command"
status=$?
kill -KILL $! 2>/dev/null
exit "$status"
