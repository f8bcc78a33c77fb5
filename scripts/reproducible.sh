#!/bin/bash
# Builds the jars twice, from two folders, and compares them byte by byte.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for n in one second; do
  mkdir "$work/$n"
  cp -r pom.xml LICENSE .mvn src "$work/$n/"
  (cd "$work/$n" && mvn -B -ntp -q -Dstyle.color=never -Dmaven.test.skip -Dnative.skip package)
done

different=0
for jar in "$work"/one/target/*.jar; do
  if cmp "$jar" "$work/second/target/${jar##*/}"; then
    echo "reproducible: ${jar##*/} $(sha256sum <"$jar" | cut -c1-16)"
  else
    different=1
  fi
done
exit $different
