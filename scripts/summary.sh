#!/bin/bash
# One line over all test reports, and each skipped test with its reason.
cd "$(dirname "$0")/.." || exit 1
reports=(target/surefire-reports/TEST-*.xml)
if [ ! -e "${reports[0]}" ]; then
  echo "tests: no report (the build stopped before them)"
  exit 0
fi
awk '
  function attribute(name,   v) {
    v = $0
    if (!sub(".* " name "=\"", "", v)) return ""
    sub("\".*", "", v)
    return v
  }
  /<testsuite / {
    tests += attribute("tests"); bad += attribute("failures") + attribute("errors")
    skipped += attribute("skipped"); seconds += attribute("time")
  }
  /<testcase / { name = attribute("classname") "." attribute("name") }
  /<skipped/ {
    sub(/.*Assumption failed: /, "")
    sub(/.*TestAbortedException: /, "")
    gsub(/<[^>]*>|]]>/, "")
    print "skipped: " name ": " $0
  }
  END { printf "tests: %d run, %d failed, %d skipped, %.0f s in tests\n", tests, bad, skipped, seconds }
' "${reports[@]}"
