#!/usr/bin/env bash
# Jest 30.5.2 on Node 24.22.3: a test that requires a package of ES modules.
#
# Seen: the test fails with "Must use import to load ES Module", and the error advises to "Use Node v24.9+ where
# Jest supports require(esm) natively". The Node that prints it is 24.22. With --experimental-vm-modules the same
# test passes, and on Node 22 it fails with the flag too.
#
# Surprising because the advice has been followed already, and because Node 24 itself requires ES modules without
# any flag. The support hangs on classes of node:vm that exist only under the flag, which the error does not name.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
platform="$(node -p 'process.platform')-$(node -p 'process.arch')"
timeout 100 npm install --silent --no-audit --no-fund --ignore-scripts jest@30.5.2 \
  "node-24@npm:node-$platform@24.22.3" "node-22@npm:node-$platform@22.23.5"

mkdir -p node_modules/of-es-modules
echo '{ "name": "of-es-modules", "type": "module", "exports": { "default": "./index.js" } }' \
  >node_modules/of-es-modules/package.json
echo 'export const answer = 42' >node_modules/of-es-modules/index.js
echo "test('require', () => expect(require('of-es-modules').answer).toBe(42))" >require.test.js

# Prints whether the test passes under a Node, and the line of the error that gives the advice.
run() {
  local node="node_modules/node-$1/bin/node"
  shift
  echo "Node $("$node" --version) ${*:-without a flag}:"
  if timeout 60 "$node" "$@" node_modules/jest/bin/jest.js >out.txt 2>&1; then
    echo '  passes'
    return 0
  fi
  echo '  fails'
  grep 'natively' out.txt || true
  return 1
}

with_node=fails with_flag=fails with_22=fails itself=fails
node_modules/node-24/bin/node -e "require('of-es-modules')" && itself=passes
echo "Node 24 itself, without a flag: require $itself"
run 24 && with_node=passes
advised=$(grep -c 'Use Node v24.9+ where Jest supports require(esm) natively' out.txt || true)
run 24 --experimental-vm-modules && with_flag=passes
run 22 --experimental-vm-modules && with_22=passes
[ "$itself $with_node $advised $with_flag $with_22" = 'passes fails 1 passes fails' ]
