# Thin: every target is a line or two over Maven. `make help` lists them.

MVN := mvn -B -ntp -Dstyle.color=never
JAVA := $(if $(JAVA_HOME),$(JAVA_HOME)/bin/java,java)
RUN = $(JAVA) --enable-native-access=ALL-UNNAMED -Dzsock.native.dir=target/native-tests \
	-cp target/test-classes:target/classes:$$(cat target/class-path)
DIR ?= src/test/resources/vectors

.PHONY: help demo test check coverage format native vectors bench fuzz conformance conformance-server conformance-suite soak mqtt-loss twin clean compiled fetch-note peers

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-24s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: compiled ## the document's examples, line by line; URL=ws://host:port/path for your server
	@$(RUN) dev.zsock.demo.Demo $(if $(URL),'$(URL)')

test: peers fetch-note ## every test, then style and format (installs the peers the tests talk to)
	@$(MVN) test checkstyle:check@style-check spotless:check@format-check; \
	 status=$$?; scripts/summary.sh; [ $$status = 0 ] && touch target/fetched

check: fetch-note ## every static check: lint, format, style, javadoc, duplicates, reproducible jars
	@$(MVN) -q -Pbench -DskipTests verify
	@scripts/reproducible.sh

coverage: peers fetch-note ## the tests with JaCoCo: target/site/jacoco/index.html
	@$(MVN) -Pcoverage test

format: fetch-note ## rewrites the sources as `make check` wants them
	@$(MVN) -q spotless:apply

native: ## the C programs the tests compare with, into target/native-tests
	@$(MAKE) --no-print-directory -C native-tests OUT=$(CURDIR)/target/native-tests

vectors: compiled ## replays measured scenarios; DIR=folder replaces src/test/resources/vectors
	@$(RUN) dev.zsock.vectors.Replay $(if $(DIR),'$(DIR)')

bench: PROFILE := -Pbench
bench: compiled ## rates beside C and other clients in one run, as ratios; ROUNDS=5
	@$(RUN) dev.zsock.bench.Bench $(or $(ROUNDS),5)

twin: compiled ## every call of the scenarios in C and in Java: how many, and what differs
	@$(RUN) dev.zsock.twin.Compare

fuzz: compiled ## fuzzes each target; SECONDS=60 TARGET=part-of-a-name JOBS=1
	@scripts/fuzz.sh '$(or $(SECONDS),60)' '$(TARGET)' '$(or $(JOBS),1)'

conformance: compiled ## echoes to a fuzzing server: URL=ws://127.0.0.1:9001 AGENT=zsock API=bsd
	@$(RUN) dev.zsock.conformance.ConformanceClient '$(or $(URL),ws://127.0.0.1:9001)' \
	 '$(or $(AGENT),zsock)' $(API)

conformance-server: compiled ## echoes to a fuzzing client on 127.0.0.1; PORT=9001
	@$(RUN) dev.zsock.conformance.ConformanceServer $(or $(PORT),9001)

conformance-suite: compiled ## the public suite's 517 cases made anew; SIDES=client,bsd,server CASES='9\..*'
	@$(RUN) dev.zsock.conformance.PublicSuite '$(or $(CASES),.*)' '$(or $(SIDES),client,bsd,server)'

soak: compiled ## random traffic and faults, checked; MINUTES=1
	@$(RUN) -Xms1g -Xmx1g -XX:+AlwaysPreTouch \
	 -Dzsock.libc.preload=$(CURDIR)/target/native-tests/libflaky.so dev.zsock.soak.Soak $(or $(MINUTES),1)

mqtt-loss: peers compiled ## QoS 1 messages over websockets that are cut; MESSAGES=100000
	@$(MVN) -q surefire:test -Dtest=LossTest -Dzsock.mqtt.messages=$(or $(MESSAGES),100000)

clean: ## removes target (the peers stay)
	@rm -rf target

compiled: fetch-note
	@mkdir -p target
	@test -d target/test-classes || echo "zsock: compiling, about a minute (target/compile.log)"
	@$(MVN) $(PROFILE) test-compile >target/compile.log 2>&1 || { cat target/compile.log; exit 1; }
	@touch target/fetched

fetch-note:
	@test -e target/fetched || echo "zsock: Maven fetches the plugins and libraries it" \
	 "does not find in ~/.m2 (only the first time; later runs need no network)"

peers:
	@scripts/peers.sh
