# SPDX-License-Identifier: Apache-2.0
# The commands of every day. None of them installs anything: `./run` and `./test` do that first, then call these.
#   build   build/release/huan and the console web/dist   run     build, fill a demonstration store once, serve it
#   web     the console alone
#   test    everything in release, then all tests         check   test, sanitizers, headers alone, format, clang-tidy
#   format  apply clang-format                            lint    check format, run clang-tidy on all sources
#   soak    the long tests                                bench   the figures
#   fuzz    each fuzz target for FUZZ_SECONDS (60)        clean   forget all builds (not data/)
.PHONY: build web run test check soak bench lint format fuzz clean asan tsan headers
FUZZ_SECONDS ?= 60
BENCHES ?= ledger trace

build: build/release/build.ninja
	@cmake --build build/release --target huan web

# The console alone, into web/dist: only when its sources are others than the last time.
web:
	@tools/web.sh

# Not tests: a first `./run` has only the packages of the product. `make test` turns them on in the same build.
build/release/build.ninja:
	@cmake --preset release -DHUAN_TESTS=OFF >/dev/null

run: build
	@exec tools/start.sh

test:
	@cmake --preset release -DHUAN_TESTS=ON >/dev/null
	@cmake --build --preset release --target all web
	@ctest --preset release

check: test headers asan tsan lint

headers:
	@cmake --preset release -DHUAN_TESTS=ON >/dev/null
	@cmake --build --preset release --target all_verify_interface_header_sets

asan:
	@tools/sanitize.sh asan unit contract fuzz

tsan:
	@tools/sanitize.sh tsan threads

soak:
	@cmake --preset release -DHUAN_TESTS=ON -DHUAN_SOAK=ON >/dev/null
	@cmake --build --preset release --target huan huan_tests_soak
	@HUAN_SOAK=1 ctest --preset soak

bench: build
	@for name in $(BENCHES); do build/release/huan bench $$name --json || exit 1; done

format:
	@tools/format.sh apply

lint:
	@tools/format.sh check
	@tools/lint.sh all

fuzz:
	@tools/fuzz.sh $(FUZZ_SECONDS)

clean:
	@rm -rf build web/dist
