#!/bin/bash
# Fuzzes each target for so many seconds, JOBS at a time, each in a JVM of its own, and prints
# what was executed and found. Usage: fuzz.sh SECONDS [TARGET] [JOBS]
# A target is a class with @FuzzTest; TARGET is a part of its name. Needs compiled tests.
# What the fuzzer learns (corpus), its log and the inputs that fail stay in target/fuzz/<target>;
# such an input becomes a seed by copying it to src/test/resources/<package>/<class>Inputs.
set -u
cd "$(dirname "$0")/.."

seconds=$1
only=${2:-}
jobs=${3:-1}
for number in "SECONDS=$seconds" "JOBS=$jobs"; do
  if ! [[ $number =~ =[1-9][0-9]{0,6}$ ]]; then
    echo "fuzz: $number: not a number above 0" >&2
    exit 1
  fi
done
out=target/fuzz
classes=target/test-classes:target/classes:$(cat target/class-path)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

# The target's one method with @FuzzTest.
method() {
  awk '/@FuzzTest/ { found = 1 } found && /void / { sub(/.*void /, ""); sub(/\(.*/, ""); print; exit }' "$1"
}

fuzz() {
  local file=$1 class=${1#src/test/java/} name dir
  class=${class%.java}
  name=${class##*/}
  dir=$PWD/$out/$name
  mkdir -p "$dir/corpus"
  local seeds=src/test/resources/${class}Inputs
  [ -d "$seeds" ] || seeds=
  rm -f "$dir/log"
  # shellcheck disable=SC2086 # no seeds, no word
  "$java" -Xmx400m -XX:+UseSerialGC -XX:-OmitStackTraceInFastThrow \
    -XX:+EnableDynamicAgentLoading --enable-native-access=ALL-UNNAMED -cp "$classes" \
    com.code_intelligence.jazzer.Jazzer \
    --target_class="${class//\//.}" --target_method="$(method "$file")" \
    --hooks=true '--instrumentation_includes=dev.zsock.**' --reproducer_path="$dir" \
    -artifact_prefix="$dir/" -max_total_time="$seconds" -print_final_stats=1 -max_len=4096 \
    -rss_limit_mb=0 "$dir/corpus" $seeds >"$dir/log" 2>&1
  local status=$?
  report "$name" "$dir" $status
  [ $status = 0 ]
}

report() {
  local executed elapsed findings
  executed=$(sed -n 's/^stat::number_of_executed_units: *//p' "$2/log" | tail -1)
  elapsed=$(sed -n 's/^Done .* runs in \([0-9]*\) second.*/\1/p' "$2/log" | tail -1)
  findings=$(find "$2" -maxdepth 1 \( -name 'crash-*' -o -name 'timeout-*' -o -name 'oom-*' \) \
    -newer "$2/.begin" | wc -l)
  printf '%-28s %12s executions %6s s %3s findings\n' \
    "$1" "${executed:-?}" "${elapsed:-?}" "$findings"
  [ "$3" = 0 ] || echo "$1: status $3, see ${2#"$PWD"/}/log"
}

mapfile -t targets < <(grep -rlE '^ *@FuzzTest' src/test/java --include="*$only*.java" | sort)
if [ ${#targets[@]} = 0 ]; then
  echo "fuzz: no target's name contains '$only'"
  exit 1
fi
echo "fuzz: ${#targets[@]} targets, $seconds s each, $jobs at a time, $("$java" -version 2>&1 | sed -n 's/.*version "\(.*\)".*/JDK \1/p')"
failed=0
pids=()
for file in "${targets[@]}"; do
  name=$(basename "$file" .java)
  mkdir -p "$out/$name" && touch "$out/$name/.begin"
  if [ ${#pids[@]} -ge "$jobs" ]; then
    wait "${pids[0]}" || failed=1
    pids=("${pids[@]:1}")
  fi
  fuzz "$file" &
  pids+=($!)
done
for pid in "${pids[@]}"; do
  wait "$pid" || failed=1
done
if [ $failed = 0 ]; then
  echo "fuzz: clean"
else
  echo "fuzz: not clean"
  exit 1
fi
