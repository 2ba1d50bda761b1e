#!/bin/sh
# Runs wasm tests as cargo's runner for them. The wasm's glue imports files of the package's
# lib/; the test runner serves the folder it is started in, so it starts there.
here=$(dirname "$0")
cd "$here/../pkg-template" || exit 1
exec ../target/tools/bin/wasm-bindgen-test-runner "$@"
