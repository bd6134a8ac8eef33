#!/usr/bin/env bash
# astro 7.3.5 and @astrojs/node 11.1.6: an endpoint whose response body breaks in mid-stream.
#
# Seen: under `astro dev` the response ends as if it were whole, and its last bytes are
# <script type="module" src="/@vite/client"></script>, although the endpoint is an API route that answers with
# text/event-stream or plain text. Built and started, the same endpoint appends the words "Internal server error"
# to the body, and only then breaks the connection.
#
# Surprising because only the endpoint should write to a body that has begun, and a broken body should stay broken.
# The dev server turns it into a complete one. A client of plain text shows the tag, or the words, to its user as the
# end of the answer, and the handling of broken streams that production needs is not seen in development.
set -euo pipefail
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
export ASTRO_TELEMETRY_DISABLED=1
echo '{ "private": true, "type": "module" }' >package.json
platform="$(node -p 'process.platform')-$(node -p 'process.arch')"
timeout 110 npm install --silent --no-audit --no-fund --ignore-scripts astro@7.3.5 @astrojs/node@11.1.6 \
  "node-22@npm:node-$platform@22.23.5"
export PATH="$folder/node_modules/node-22/bin:$PATH"

cat >astro.config.mjs <<'JS'
import node from '@astrojs/node'
export default { output: 'server', adapter: node({ mode: 'standalone' }) }
JS
mkdir -p src/pages
cat >src/pages/stream.js <<'JS'
export const GET = ({ url }) => {
  const pieces = ['data: one\n\n', 'data: two\n\n']
  const body = new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      if (pieces.length > 0) controller.enqueue(new TextEncoder().encode(pieces.shift()))
      else controller.error(new Error('The provider broke off.'))
    },
  })
  return new Response(body, { headers: { 'content-type': url.searchParams.get('type') } })
}
JS
cat >read.mjs <<'JS'
const [origin, expected] = process.argv.slice(2)
for (let attempt = 0; attempt < 100; attempt++) {
  if (await fetch(origin).then(() => true, () => false)) break
  await new Promise((resolve) => setTimeout(resolve, 200))
}
let asDescribed = true
for (const type of ['text/event-stream', 'text/plain']) {
  let text = ''
  let end = 'ends cleanly'
  try {
    const response = await fetch(`${origin}/stream?type=${type}`)
    for await (const piece of response.body.pipeThrough(new TextDecoderStream())) text += piece
  } catch (error) {
    end = `breaks: ${error.message}`
  }
  console.log(`${type}: ${JSON.stringify(text)} ${end}`)
  const clean = end === 'ends cleanly' && text.endsWith('</script>')
  const broken = end.startsWith('breaks') && text.endsWith('data: two\n\nInternal server error')
  asDescribed &&= expected === 'clean' ? clean : broken
}
process.exit(asDescribed ? 0 : 1)
JS

port() { node -e "const s=require('node:net').createServer().listen(0,'127.0.0.1',()=>{console.log(s.address().port);s.close()})"; }
status=0

dev=$(port)
node node_modules/astro/bin/astro.mjs dev --port "$dev" --host 127.0.0.1 >dev.log 2>&1 &
server=$!
echo 'astro dev'
timeout 60 node read.mjs "http://127.0.0.1:$dev" clean || status=1
kill "$server" && wait "$server" 2>/dev/null || true
server=

timeout 60 node node_modules/astro/bin/astro.mjs build >build.log 2>&1
built=$(port)
HOST=127.0.0.1 PORT="$built" node dist/server/entry.mjs >built.log 2>&1 &
server=$!
echo 'astro build, and its server'
timeout 60 node read.mjs "http://127.0.0.1:$built" broken || status=1
exit "$status"
