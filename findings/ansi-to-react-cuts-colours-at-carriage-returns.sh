#!/usr/bin/env bash
# ansi-to-react 6.2.6, coloured output of a tool with a carriage return in it, as progress lines have. @xterm/headless, the
# terminal of VS Code, shows what the same bytes look like.
#
# Seen: the text after the carriage return overwrites the raw text, including escape sequences, instead of the visible
# text. A shorter line cuts the earlier sequence in two, and the rest of the sequence is shown as text:
# "\x1b[31merror\x1b[0m 1\rok" is "ok31merror 1", where a terminal shows "okror 1". Without colours, and for lines of
# the same length, both agree.
#
# Surprising because the component supports both colours and carriage returns, and because the result depends on the
# lengths: spinners and counters look right, and the last line ("Done") is the one that is garbled. The colour is lost
# too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps ansi-to-react@6.2.6 @xterm/headless@6.0.0 \
  react@19.3.1 react-dom@19.3.1

cat >run.mjs <<'JS'
import xterm from '@xterm/headless'
import ansi from 'ansi-to-react'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'

const Ansi = ansi.default ?? ansi
const byReact = (output) => renderToStaticMarkup(createElement(Ansi, null, output)).replace(/<[^>]+>/g, '')

async function byTerminal(output) {
  const terminal = new xterm.Terminal({ cols: 80, rows: 2, allowProposedApi: true })
  await new Promise((resolve) => terminal.write(output, resolve))
  return terminal.buffer.active.getLine(0).translateToString(true)
}

const outputs = {
  '\x1b[31merror\x1b[0m 1\rok': ['ok31merror 1', 'okror 1'],
  '\x1b[33mDownloading 10%\x1b[0m\rDone': ['DonemDownloading 10%', 'Doneloading 10%'],
  '\x1b[32m10%\x1b[0m\r\x1b[32m20%\x1b[0m': ['20%', '20%'],
  'Downloading 10%\rDone': ['Doneloading 10%', 'Doneloading 10%'],
}
let asBefore = true
for (const [output, expected] of Object.entries(outputs)) {
  const seen = [byReact(output), await byTerminal(output)]
  console.log(`${JSON.stringify(output)}\n  ansi-to-react: ${JSON.stringify(seen[0])}\n  terminal:      ${JSON.stringify(seen[1])}`)
  asBefore &&= JSON.stringify(seen) === JSON.stringify(expected)
}
process.exit(asBefore ? 0 : 1)
JS
timeout 30 node run.mjs
