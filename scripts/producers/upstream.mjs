import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { anthropicMessages, chatCompletions, gemini, responses } from './upstream-bodies.mjs'

/**
 * A provider on the loopback interface that supports all APIs, and answers each request with the next
 * attempt of one scenario.
 */
export async function startUpstream({ attempts }) {
  let requests = 0
  const server = createServer(async (request, response) => {
    const answer = attempts[Math.min(requests++, attempts.length - 1)]
    request.resume()
    await once(request, 'end')
    response.sendDate = false
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const piece of bodyOf(request.url, answer)) {
      response.write(piece)
      // One event per packet, so that only the producer can batch events.
      await delay(5)
    }
    if (answer.ending === 'hang') return
    if (answer.ending === 'reset') request.socket.resetAndDestroy()
    else response.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

function bodyOf(path, answer) {
  if (path.endsWith('/responses')) return responses(answer)
  if (path.endsWith('/messages')) return anthropicMessages(answer)
  if (path.includes(':streamGenerateContent')) return gemini(answer)
  return chatCompletions(answer, path.startsWith('/mistral'))
}
