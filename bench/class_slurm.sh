#!/usr/bin/env bash
# class_slurm.sh [COUNT [SECTION..]]: grades a class of COUNT submissions, 6 by default, through Slurm as a job array, and again by
# `klab class` alone; both tables must be the same but for their last column, the time each took. Starts a cluster of one node
# for itself, in a temporary folder and on ports of its own, and ends it. Needs root and Debian's slurmctld, slurmd,
# slurm-client and munge, else ends with 77; prints one JSON object.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
klab=$(readlink -f "${KLAB:-$here/../build/release/bin/klab}")
count=${1:-6}
shift || true
sections=()
for section; do sections+=(--section "$section"); done
for command in slurmctld slurmd sbatch munged; do
  command -v "$command" >/dev/null || { echo "class_slurm.sh: $command is not installed" >&2; exit 77; }
done

((EUID == 0)) || { echo "class_slurm.sh: needs root" >&2; exit 77; }

work=$(mktemp -d)
chmod 755 "$work"
daemons=()
end() {
  local status=$?
  for ((i = ${#daemons[@]} - 1; i >= 0; --i)); do kill "${daemons[i]}" 2>/dev/null || true; done
  wait 2>/dev/null || true
  ((status == 0)) || tail -n 20 "$work"/*.log >&2 || true
  rm -rf "$work"
}
trap end EXIT

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

start_munge() {
  head -c 1024 /dev/urandom >"$work/munge.key"
  chmod 400 "$work/munge.key"
  munged --foreground --force --num-threads=2 --key-file="$work/munge.key" --socket="$work/munge.socket" --pid-file="$work/munge.pid" \
    --log-file="$work/munge.log" --seed-file="$work/munge.seed" >"$work/munged.log" 2>&1 &
  daemons+=($!)
}

configure() {
  mkdir -p "$work/state" "$work/spool"
  cat >"$work/slurm.conf" <<CONF
ClusterName=klab
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmUser=root
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
AuthType=auth/munge
AuthInfo=socket=$work/munge.socket
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SchedulerType=sched/builtin
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
MpiDefault=none
ReturnToService=2
SlurmdParameters=config_overrides
NodeName=$(hostname -s) NodeAddr=127.0.0.1 CPUs=16 RealMemory=65536 State=UNKNOWN
PartitionName=klab Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
  export SLURM_CONF=$work/slurm.conf
}

start_slurm() {
  start_munge
  configure
  slurmctld -D -f "$SLURM_CONF" >"$work/slurmctld.out.log" 2>&1 &
  daemons+=($!)
  slurmd -D -f "$SLURM_CONF" >"$work/slurmd.out.log" 2>&1 &
  daemons+=($!)
  for _ in $(seq 120); do
    [[ $(sinfo --noheader --format=%T 2>/dev/null) == idle ]] && return
    sleep 0.5  # between two looks at the condition, within a minute
  done
  echo "class_slurm.sh: no node became idle within a minute: $(sinfo 2>&1)" >&2
  return 1
}

without_seconds() { sed 's/,[^,]*\r$//' "$1"; }

start_slurm
"$here/class_folders.sh" "$work/class" "$count"
mkdir -p "$work/class/no-manifest"
choices=(--broker process "${sections[@]}")
"$klab" class "$work/class" "${choices[@]}" --out "$work/array" --plan slurm >"$work/job.sh"
# One task that ends with 1 or 2 makes sbatch --wait end so; the table says what matters.
sbatch --wait --array="1-$((count + 1))%4" "$work/job.sh" >&2 || true
"$klab" class "$work/class" --out "$work/array" --collect >"$work/collect.log" 2>&1 || true
"$klab" class "$work/class" "${choices[@]}" --out "$work/alone" >"$work/alone.log" 2>&1 || true
graded=$(grep -c ',graded,' "$work/array/class.csv" || true)
if diff <(without_seconds "$work/array/class.csv") <(without_seconds "$work/alone/class.csv") >&2; then different=0; else different=1; fi
echo "{\"name\": \"class_slurm.different_tables\", \"value\": $different, \"unit\": \"of $((count + 1)) folders through Slurm $(sinfo --version | cut -d' ' -f2)\", \"peer\": 0, \"graded\": $graded}"
((different == 0 && graded == count))
