/**
 * An HTTP server that answers as badly as a test asks it to. It knows nothing of completions: the
 * test sends the steps of its response, and asks what became of the connection.
 *
 *     ANY  /streams/ID                    the response under test
 *     POST /streams/ID/steps    [step…]   goes on with the response
 *     GET  /streams/ID/received           whether a request has come yet
 *     GET  /streams/ID/request            the request, as soon as it has come
 *     GET  /streams/ID/closed             who closed the connection, as soon as it is closed
 *     POST /streams/ID/forget             drops the connection and what is known of it
 *
 * It is forked, tells its parent its origin, and ends with it.
 */
import { createServer } from 'node:http'
import { Exchange, readText } from './exchange.mjs'

/** @type {Map<string, Exchange>} */
const exchanges = new Map()

function exchangeOf(id) {
  let exchange = exchanges.get(id)
  if (!exchange) exchanges.set(id, (exchange = new Exchange()))
  return exchange
}

const controls = {
  async steps(exchange, request) {
    void exchange.add(JSON.parse(await readText(request)))
    return {}
  },
  received: (exchange) => exchange.isAnswered,
  request: (exchange) => exchange.request,
  closed: (exchange) => exchange.closed,
  forget(exchange, _request, id) {
    exchanges.delete(id)
    exchange.destroy()
    return {}
  },
}

function prepareResponse(request, response) {
  // A browser silently repeats a request that fails on a connection which was used before.
  response.setHeader('connection', 'close')
  // The page is of another origin, as the proxy of an app may be.
  response.setHeader('access-control-allow-origin', request.headers.origin ?? '*')
  response.setHeader('access-control-allow-credentials', 'true')
  response.setHeader('access-control-expose-headers', 'retry-after, x-request-id')
}

function answerPreflight(exchange, request, response) {
  const asked = request.headers['access-control-request-headers'] ?? ''
  exchange.preflight = asked.split(',').filter(Boolean)
  response.setHeader('access-control-allow-methods', 'GET, POST, PUT')
  response.setHeader('access-control-allow-headers', asked)
  response.writeHead(204).end()
}

const server = createServer(async (request, response) => {
  const [, , id, control] = request.url.split('/')
  prepareResponse(request, response)
  const exchange = exchangeOf(id)
  if (request.method === 'OPTIONS') return answerPreflight(exchange, request, response)

  if (control) {
    const answer = await controls[control](exchange, request, id)
    response.setHeader('content-type', 'application/json')
    return response.end(JSON.stringify(answer))
  }
  // A test expects one request; a second one must not pass for the first.
  if (exchange.isAnswered)
    return response.writeHead(409).end('this stream has been requested before')
  await exchange.answer(request, response)
})

const listening = (listener) =>
  new Promise((resolve) =>
    listener.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${listener.address().port}`)),
  )

/** Where nobody listens any more. */
const closed = createServer()
const closedOrigin = await listening(closed)
closed.close()

process.send({ origin: await listening(server), closedOrigin })

process.on('disconnect', () => process.exit())
