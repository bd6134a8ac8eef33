#!/usr/bin/env bash
# WebKitGTK 2.50.6 (MiniBrowser of Debian 12's webkit2gtk-driver; MINIBROWSER names another executable) under Xvfb,
# and Chromium 156 (CHROMIUM_PATH) for comparison: a paragraph that grows by a sentence at a time, as a streamed
# answer does, without and with `text-wrap: pretty`, which many style sheets set forevery paragraph.
#
# Seen: in WebKitGTK the layout after each addition takes over twenty times as long with `pretty`, 50 ms for a paragraph of
# 11,000 characters; `balance` is several times slower as well. In Chromium neither costs anything.
#
# Surprising because the property is known as one that is safe to set: where an engine finds it too costly it falls
# back, as Chromium does, which only looks at the last lines. WebKit evaluates all lines of the paragraph anew for
# each token, so that a long answer without line breaks stalls the page, but only in this engine.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
CHROMIUM_FOUND=${CHROMIUM_PATH:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)} || {
  echo 'Chromium is needed.' >&2
  exit 2
}
MINIBROWSER_FOUND=${MINIBROWSER:-$(ls /usr/lib/*/webkit2gtk-4.*/MiniBrowser 2>/dev/null | head -n 1 || true)}
if [ ! -x "$MINIBROWSER_FOUND" ] || ! command -v xvfb-run >/dev/null; then
  echo 'MiniBrowser of WebKitGTK and xvfb-run are needed.' >&2
  exit 2
fi
export CHROMIUM_FOUND MINIBROWSER_FOUND
cd "$folder"

cat >run.mjs <<'JS'
import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'

const page = `<!doctype html><meta charset="utf-8"><body><script>
function grow(textWrap) {
  const paragraph = document.createElement('p')
  paragraph.style.cssText = 'width: 600px; font: 16px/20px serif; text-wrap: ' + textWrap
  document.body.append(paragraph)
  const node = paragraph.appendChild(document.createTextNode(''))
  let text = ''
  const times = []
  for (let index = 0; index < 400; index++) {
    text += 'word' + (index % 37) + ' and more words of it, '
    const startedAt = performance.now()
    node.nodeValue = text
    paragraph.offsetHeight
    times.push(performance.now() - startedAt)
  }
  paragraph.remove()
  const last = times.slice(-50).sort((a, b) => a - b)
  return { all: times.reduce((sum, time) => sum + time, 0), last: last[25], characters: text.length }
}
onload = () => {
  grow('wrap')
  const seen = Object.fromEntries(['wrap', 'balance', 'pretty'].map((textWrap) => [textWrap, grow(textWrap)]))
  fetch('/report', { method: 'POST', body: JSON.stringify(seen) })
}
</script>`

async function run(command, args, environment) {
  let settle
  const report = new Promise((resolve) => (settle = resolve))
  const server = createServer(async (request, response) => {
    if (request.url === '/report') {
      let text = ''
      for await (const piece of request) text += piece
      settle(JSON.parse(text))
    }
    response.writeHead(200, { 'content-type': 'text/html' }).end(request.url === '/' ? page : '')
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const home = mkdtempSync(join(process.cwd(), 'home-'))
  const env = { ...process.env, HOME: home, XDG_RUNTIME_DIR: home, ...environment }
  const url = `http://127.0.0.1:${server.address().port}/`
  const browser = spawn(command, [...args(home), url], { stdio: 'ignore', detached: true, env })
  const end = () => {
    try {
      process.kill(-browser.pid, 'SIGKILL')
    } catch {}
  }
  process.once('exit', end).once('SIGTERM', () => process.exit(1))
  const timer = setTimeout(() => settle(undefined), 40_000)
  try {
    return await report
  } finally {
    clearTimeout(timer)
    end()
    server.closeAllConnections()
    server.close()
  }
}

const sandbox = process.getuid() === 0 ? ['--no-sandbox'] : []
const engines = {
  Chromium: await run(process.env.CHROMIUM_FOUND, (home) => ['--headless', '--disable-gpu', '--no-first-run', ...sandbox, `--user-data-dir=${home}`]),
  WebKitGTK: await run('xvfb-run', () => ['-a', process.env.MINIBROWSER_FOUND, '--private'], { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' }),
}
const seen = []
for (const [engine, report] of Object.entries(engines)) {
  for (const [textWrap, { all, last, characters }] of Object.entries(report ?? {})) {
    const times = all / report.wrap.all
    seen.push({ engine, 'text-wrap': textWrap, characters, 'ms for 400 additions': Math.round(all), 'ms for one at the end': Number(last.toFixed(1)), 'times as long': Number(times.toFixed(1)) })
  }
}
console.table(seen)
const ratio = (index) => seen[index]?.['times as long']
process.exit(seen.length === 6 && ratio(1) < 3 && ratio(2) < 3 && ratio(4) > 3 && ratio(5) > 10 ? 0 : 1)
JS
timeout 85 node run.mjs
