#!/usr/bin/env bash
# Node 22.23.5, 24.21.0 and 26.10.0: `readline.createInterface({ input })` and `fileHandle.readLines()`, with
# newline-delimited JSON whose strings contain U+2028 or U+2029, as text that a model writes or quotes may. JSON allows
# them, and `JSON.stringify` does not escape them. @openai/codex-sdk 0.163.0 reads the events of the codex command this
# way; here a stand-in for the command writes one answer with U+2028.
#
# Seen: Node 24 and 26 end a line at U+2028 and U+2029; Node 20 and 22 do so only at line feeds and carriage returns.
# Two records become four, and none of them is JSON. On Node 24 and 26, the codex SDK throws "Failed to parse item" in
# the middle of the answer, and the rest of the run is lost. On Node 22 it returns the answer.
#
# Surprising because this is the standard way to read JSON lines in Node and has worked for years. Only updating Node
# causes the error, and the character is invisible.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
platform="$(node -p 'process.platform')-$(node -p 'process.arch')"
timeout 200 npm install --silent --no-audit --no-fund --ignore-scripts --omit=optional @openai/codex-sdk@0.163.0 \
  "node-22@npm:node-$platform@22.23.5" "node-24@npm:node-$platform@24.21.0" "node-26@npm:node-$platform@26.10.0"

cat >codex.cjs <<'JS'
#!/usr/bin/env node
process.stdin.resume()
const events = [
  { type: 'thread.started', thread_id: 't' },
  { type: 'turn.started' },
  { type: 'item.completed', item: { id: 'i', type: 'agent_message', text: 'First line\u2028second line' } },
  { type: 'turn.completed', usage: { input_tokens: 1, cached_input_tokens: 0, output_tokens: 1 } },
]
for (const event of events) console.log(JSON.stringify(event))
process.stdin.on('end', () => process.exit(0))
JS
chmod +x codex.cjs

cat >run.mjs <<'JS'
import { open, writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { Codex } from '@openai/codex-sdk'

const records = [{ text: 'a\u2028b' }, { text: 'c\u2029d' }]
const json = records.map((record) => `${JSON.stringify(record)}\n`).join('')
await writeFile('records.ndjson', json)
const lengthOf = async (lines) => {
  let length = 0
  for await (const _ of lines) length++
  return length
}
const seen = [
  `node ${process.versions.node.split('.')[0]}`,
  `readline ${await lengthOf(createInterface({ input: Readable.from([Buffer.from(json)]) }))} lines`,
  `readLines ${await lengthOf((await open('records.ndjson')).readLines())} lines`,
]
const codex = new Codex({ codexPathOverride: './codex.cjs' })
try {
  const { finalResponse } = await codex.startThread({ skipGitRepoCheck: true }).run('Write two lines')
  seen.push(`codex ${JSON.stringify(finalResponse)}`)
} catch (error) {
  seen.push(`codex ${error.message.slice(0, 20)}`)
}
console.log(seen.join(', '))
process.exit(0)
JS
seen=$(for version in 22 24 26; do
  PATH="$folder/node_modules/node-$version/bin:$PATH" timeout 30 node run.mjs
done)
echo "$seen"
[ "$(sed 's/\xe2\x80\xa8/<U+2028>/g' <<<"$seen")" = 'node 22, readline 2 lines, readLines 2 lines, codex "First line<U+2028>second line"
node 24, readline 4 lines, readLines 4 lines, codex Failed to parse item
node 26, readline 4 lines, readLines 4 lines, codex Failed to parse item' ]
