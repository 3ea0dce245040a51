# swemu: two commands do everything: `make demo` and `make test`. `make help` lists the rest.

PREFIX ?= /usr/local
DESTDIR ?=

# One static position-independent file (docs/Architecture.md, "Start-up").
SWIFTFLAGS = -c release --disable-local-rpath
# Tests see internals and link dynamically, so they have a build of their own and do not disturb the other.
TESTFLAGS = -c release --scratch-path .build-test -Xswiftc -enable-testing

.PHONY: demo build test bench conformance stress oracle instructions handlers syscalls format lint install clean help testbins

demo: build                    ## build, then run swemu on a static hello with an argument
	@$(MAKE) -s -C testbins build/O2/hello
	.build/release/swemu testbins/build/O2/hello arg1

build:                         ## build swemu (.build/release/swemu)
	@scripts/bootstrap build
	SWEMU_STANDALONE=1 swift build $(SWIFTFLAGS) --product swemu

testbins:                      ## build the guest programs of the tests
	@scripts/bootstrap test
	@$(MAKE) -s -j$(shell nproc) -C testbins

test: testbins                 ## build everything and run all tests
	swift build $(TESTFLAGS) --build-tests
	.build-test/release/HandlerGenerator --check Sources/Machine/Generated
	.build-test/release/InstructionTable --check docs/Instructions.md
	.build-test/release/SyscallReference --check docs/Syscalls.md
	scripts/check-handlers .build-test/release/swemu
	scripts/run-tests $(TESTFLAGS)

bench: build                   ## compare with native and qemu-x86_64 (docs/Benchmarks.md)
	@scripts/bootstrap bench
	scripts/bench $(BENCHFLAGS)

conformance: build             ## run GCC's C torture tests
	@scripts/bootstrap conformance
	scripts/conformance $(CONFORMANCEFLAGS)

stress: build                  ## repeat programs with threads and signals 200 times (STRESSFLAGS, scripts/stress --help)
	@scripts/bootstrap stress
	scripts/stress $(STRESSFLAGS)

oracle:                        ## compare every instruction with the processor (ORACLEFLAGS, scripts/oracle --help)
	swift build $(TESTFLAGS) --build-tests
	scripts/oracle $(ORACLEFLAGS)

instructions:                  ## write docs/Instructions.md anew
	swift build $(TESTFLAGS) --product InstructionTable
	.build-test/release/InstructionTable docs/Instructions.md

handlers:                      ## write the tables of specialised handlers anew
	swift build --product HandlerGenerator
	.build/debug/HandlerGenerator Sources/Machine/Generated

syscalls:                      ## write docs/Syscalls.md anew
	swift build --product SyscallReference
	.build/debug/SyscallReference docs/Syscalls.md

format:                        ## format the sources
	swift format --in-place --parallel --recursive Package.swift Sources Tests

lint:                          ## check the format
	swift format lint --strict --parallel --recursive Package.swift Sources Tests

install: build                 ## install to $(DESTDIR)$(PREFIX): program, manual page, shell completions
	install -Dm755 .build/release/swemu $(DESTDIR)$(PREFIX)/bin/swemu
	install -Dm644 man/swemu.1 $(DESTDIR)$(PREFIX)/share/man/man1/swemu.1
	install -Dm644 completions/swemu.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/swemu
	install -Dm644 completions/_swemu $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_swemu
	install -Dm644 completions/swemu.fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/swemu.fish

clean:                         ## remove everything that was built
	rm -rf .build .build-test conformance
	@$(MAKE) -s -C testbins clean
	@$(MAKE) -s -C Benchmarks clean

help:                          ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
