#!/bin/bash
# How many of the C lines that call the library stand in the Java ports with the same tokens, apart
# from the rules of docs/PORTING.md; the lines that do not, first.
cd "$(dirname "$0")/.." || exit 1
make -s compiled || exit 1
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" \
  -cp "target/test-classes:target/classes:$(cat target/class-path)" dev.zsock.programs.PortingCount
