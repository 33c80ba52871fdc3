#!/bin/sh
# build.sh ENGINE JARS: makes the broker's image if ENGINE does not have it yet. The last line on stdout is its id and its
# Java version, or else what went wrong.
# The base is a Java runtime image where a registry answers, else a Debian made here with mmdebstrap.
set -eu
# mmdebstrap has a shell write to a descriptor of its own, and Debian's shell knows none above 9: those that were
# inherited must not be in the way.
exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&-

engine=$1
jars=$2
here=$(cd "$(dirname "$0")" && pwd)
base_image=eclipse-temurin:17-jre
digest=$({ cat "$here/Dockerfile" "$here/leash.sh" "$here/build.sh"; ls "$jars"; } | sha256sum | cut -c1-12)
tag=klab-broker:$digest

describe() {
  "$engine" image inspect --format '{{.Id}} {{index .Config.Labels "klab.java"}}' "$tag" 2>/dev/null
}

fail() {
  echo "$1"
  exit 1
}

describe && exit 0
# Several klabs may come here at once; one makes the image.
exec 9>"$jars.lock"
flock 9
describe && exit 0
echo "making the broker's image with $engine: a minute, once" >&2

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

if timeout 60 "$engine" pull --quiet "$base_image" >/dev/null 2>&1; then
  base=$base_image
else
  command -v mmdebstrap >/dev/null ||
    fail "no registry answers, and there is no mmdebstrap to make a base image with: apt-get install mmdebstrap"
  . /etc/os-release
  for java in openjdk-17-jre-headless openjdk-21-jre-headless openjdk-25-jre-headless; do
    ! apt-cache show "$java" >/dev/null 2>&1 || break
  done
  mmdebstrap --quiet --variant=minbase --include="$java" \
    --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    "$VERSION_CODENAME" "$work/base.tar" >"$work/mmdebstrap.log" 2>&1 || fail "$(tail -n 1 "$work/mmdebstrap.log")"
  base=klab-base:$digest
  "$engine" import "$work/base.tar" "$base" >/dev/null
  rm "$work/base.tar"
fi

# Limits as fixtures/brokers/container_host.cpp sets them, for podman where it may not raise its own.
limits=
[ "$engine" != podman ] || limits="--ulimit nofile=16384:16384 --ulimit nproc=16384:16384"
[ "$engine" != podman ] || ! command -v runc >/dev/null || limits="--runtime runc $limits"
java=$("$engine" run --rm $limits --entrypoint java "$base" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p')
mkdir "$work/context"
cp -r "$jars" "$work/context/libs"
cp "$here/leash.sh" "$work/context/leash.sh"
# Debian's docker has no buildx; the old builder does all that is needed.
DOCKER_BUILDKIT=0 "$engine" build --quiet --file "$here/Dockerfile" --build-arg "BASE=$base" --build-arg "JAVA=$java" \
  --tag "$tag" "$work/context" >"$work/build.log" 2>&1 || fail "$(tail -n 1 "$work/build.log")"
describe
