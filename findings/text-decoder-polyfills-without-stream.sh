#!/usr/bin/env bash
# fast-text-encoding 1.0.6 and fastestsmallesttextencoderdecoder 1.0.22, `TextDecoder` polyfills for React Native and old
# runtimes, reading a body in pieces, as every reader of streams does: `decode(piece, { stream: true })`.
#
# Seen: the first throws at the first piece ("the 'stream' option is unsupported"). The second ignores the option, so
# that a character that is split between two pieces becomes two or more U+FFFD, and reads a subarray from the start of
# its buffer: decode(bytes.subarray(1)) of "abc" is "abc". text-encoding-polyfill 0.6.7 reads all of them right.
#
# Surprising because both are known as fast stand-ins for the standard, and pass every test with whole texts. English
# streams look fine with the second; other scripts and emoji break at random places, and a reader that skips a
# few bytes shows them again.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 60 npm install --silent --no-audit --no-fund --ignore-scripts \
  fast-text-encoding@1.0.6 fastestsmallesttextencoderdecoder@1.0.22 text-encoding-polyfill@0.6.7

cat >run.cjs <<'JS'
const encoder = new TextEncoder()
const text = 'né 世界 😀'

/** Loads a polyfill as in a runtime that has no decoder. */
function polyfill(name) {
  delete globalThis.TextDecoder
  delete globalThis.TextEncoder
  return require(name).TextDecoder ?? globalThis.TextDecoder
}

function attempt(decode) {
  try {
    return decode()
  } catch (error) {
    return `throws: ${error.message}`
  }
}

function inPieces(Decoder) {
  const decoder = new Decoder()
  let result = ''
  for (const byte of encoder.encode(text)) result += decoder.decode(Uint8Array.of(byte), { stream: true })
  return result + decoder.decode()
}

const decoders = { 'Node itself': TextDecoder }
for (const name of ['text-encoding-polyfill', 'fast-text-encoding', 'fastestsmallesttextencoderdecoder']) {
  decoders[name] = polyfill(name)
}
const seen = {}
for (const [name, Decoder] of Object.entries(decoders)) {
  seen[name] = {
    whole: attempt(() => new Decoder().decode(encoder.encode(text))),
    'byte by byte': attempt(() => inPieces(Decoder)),
    'subarray(1) of "abc"': attempt(() => new Decoder().decode(encoder.encode('abc').subarray(1))),
  }
}
console.table(seen)
const rows = Object.values(seen).map((row) => Object.values(row))
const right = [text, text, 'bc'].join()
const asDescribed =
  rows.every(([whole]) => whole === text) &&
  rows[0].join() === right &&
  rows[1].join() === right &&
  rows[2][1].startsWith('throws') &&
  rows[3][1].includes('\ufffd') &&
  rows[3][2] === 'abc'
process.exit(asDescribed ? 0 : 1)
JS
timeout 20 node run.cjs
