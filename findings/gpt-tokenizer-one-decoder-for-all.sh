#!/usr/bin/env bash
# gpt-tokenizer 4.0.0, `decode` and `decodeAsyncGenerator` of the main entry, for two answers that stream at the same
# time. Many emoji are two tokens, each a part of the character's bytes.
#
# Seen: the bytes of an incomplete character are kept in one place for the whole module, instead of per call or
# generator. Two interleaved streams combine each other's bytes: a globe (U+1F30D) and a rocket (U+1F680) come out as
# a train (U+1F68D) and replacement characters.
#
# Surprising because neither function takes or returns any state, and because alone each works, half characters
# included: one stream in a test is right, and two users at once see each other's emoji. js-tiktoken gives U+FFFD
# for half a character, whoever else decodes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 100 npm install --silent --no-audit --no-fund --ignore-scripts gpt-tokenizer@4.0.0 js-tiktoken@1.0.21

cat >run.mjs <<'JS'
import { setImmediate as turn } from 'node:timers/promises'
import { decode, decodeAsyncGenerator, encode } from 'gpt-tokenizer'
import { getEncoding } from 'js-tiktoken'

const globe = encode('\u{1F30D}')
const rocket = encode('\u{1F680}')
console.log('tokens:', JSON.stringify(globe), JSON.stringify(rocket))

async function* streamed(tokens) {
  for (const token of tokens) {
    await turn()
    yield token
  }
}
async function read(tokens) {
  let text = ''
  for await (const part of decodeAsyncGenerator(streamed(tokens))) text += part
  return text
}
function inTurns(decodeOne) {
  const texts = ['', '']
  for (let at = 0; at < 2; at++) {
    texts[0] += decodeOne(globe[at])
    texts[1] += decodeOne(rocket[at])
  }
  return texts
}
const alone = [await read(globe), await read(rocket)]
const together = await Promise.all([read(globe), read(rocket)])
const byCalls = inTurns((token) => decode([token]))
const encoding = getEncoding('o200k_base')
const other = inTurns((token) => encoding.decode([token]))

const points = (texts) =>
  texts.map((text) => [...text].map((char) => char.codePointAt(0).toString(16)).join(' ')).join(' | ')
console.log('one stream after the other:', points(alone))
console.log('two streams at once:       ', points(together))
console.log('decode, in turns:          ', points(byCalls))
console.log('js-tiktoken, in turns:     ', points(other))
const asBefore =
  points(alone) === '1f30d | 1f680' &&
  points(together).includes('1f68d') &&
  points(byCalls).startsWith('1f68d |') &&
  !points(other).includes('1f68d')
process.exit(asBefore ? 0 : 1)
JS
timeout 60 node run.mjs
