import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { allowedRequest } from './allowed-request.ts'
import type { AllowedRequest, Api } from './allowed-request.ts'
import { connectionArgs, type ConnectionArgs } from '../../connection/connection-args.ts'
import { readConnectionQuery } from '../../connection/connection-query.ts'
import { refusalOf } from '../../connection/refusal.ts'
import { requestUrl } from '../request-url.ts'
import { speedHeader } from '../upstream/upstream.ts'
import { clientGone } from './client-gone.ts'
import { disturb } from './disturb.ts'
import { openUpstream } from './open-upstream.ts'
import type { Provider } from './provider.ts'
import { ProxyError } from './proxy-error.ts'
import { readBody } from './read-body.ts'
import { redactKey } from './redact-key.ts'
import { requireKnownHost } from './require-known-host.ts'
import { retrievalRequest } from './retrieval-request.ts'

/** Middleware for any Connect-style Node server. */
export type Middleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
) => void

/** The paths for new completions. `/api/completion` chooses the API by the body. */
const routes: ReadonlyMap<string, Api | undefined> = new Map([
  ['/api/completion', undefined],
  ['/api/responses', 'responses'],
  ['/api/chat/completions', 'chat'],
  ['/api/moderations', 'moderations'],
])

export interface ProxyOptions {
  /** Allowed hosts besides this machine's own names, such as `demo.example:8443`. */
  allowedHosts?: readonly string[]
}

/**
 * The proxy between the page and the provider. It adds the key, limits and checks the request,
 * forwards the bytes of the answer unchanged, and forwards the page's abort.
 */
export function completionProxy(
  provider: () => Promise<Provider>,
  { allowedHosts = [] }: ProxyOptions = {},
): Middleware {
  return (request, response, next) => {
    const url = requestUrl(request)
    if (url && (routes.has(url.pathname) || url.pathname.startsWith('/api/responses/'))) {
      void forward(request, response, url, { provider, allowedHosts })
    } else {
      next()
    }
  }
}

async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  { provider, allowedHosts }: Required<ProxyOptions> & { provider: () => Promise<Provider> },
): Promise<void> {
  const signal = clientGone(request, response)
  const connection = readConnectionQuery(url)
  try {
    requireKnownHost(request, allowedHosts)
    const allowed =
      retrievalRequest(request.method ?? '', url) ?? (await startRequest(request, url))
    const completes = 'api' in allowed && allowed.api !== 'moderations'
    if (completes && connection.fault === 'offline') {
      request.socket.destroy()
      return
    }
    const refusal = completes ? refusalOf(connection.fault) : undefined
    if (refusal) {
      writeHead(response, refusal.status, new Headers(refusal.headers))
      response.end(refusal.body)
      return
    }
    const { client, upstream } = await provider()
    // Only the embedded upstream has an adjustable speed.
    const headers = upstream ? { [speedHeader]: String(connection.speed) } : {}
    const answer = await openUpstream(client, allowed, { signal, headers })
    writeHead(response, answer.status, answer.headers, client.apiKey)
    if (typeof answer.body === 'string') {
      response.end(answer.body)
      return
    }
    // Sends the headers now: the first token may take seconds.
    response.write('')
    const body = Readable.fromWeb(answer.body as never)
    const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream')
    const api = !('api' in allowed) ? 'continued' : allowed.api === 'chat' ? 'chat' : 'responses'
    const passed = isStream ? disturb(body, connection, api, signal) : body
    await pipeline(isUndisturbed(connection) ? body : passed, response, { signal })
  } catch (error) {
    if (response.headersSent) {
      // Destroying the response lets the page detect a cut answer.
      response.destroy()
      return
    }
    if (signal.aborted) return
    const known =
      error instanceof ProxyError
        ? error
        : new ProxyError(500, 'proxy_failed', 'The proxy failed. Its log may contain the reason.')
    if (known !== error) console.error(error)
    writeHead(response, known.status, new Headers({ 'content-type': 'application/json' }))
    response.end(JSON.stringify(known.body))
  }
}

function isUndisturbed({ chunking, fault }: ConnectionArgs): boolean {
  return chunking === connectionArgs.chunking && fault === connectionArgs.fault
}

async function startRequest(request: IncomingMessage, { pathname }: URL): Promise<AllowedRequest> {
  if (!routes.has(pathname)) throw new ProxyError(404, 'not_found', 'This path does not exist.')
  requireJsonPost(request)
  return allowedRequest(await readBody(request), routes.get(pathname))
}

/** Pages of other origins cannot send JSON without a CORS preflight, which this proxy never answers. */
function requireJsonPost(request: IncomingMessage): void {
  if (request.method !== 'POST') {
    throw new ProxyError(405, 'method_not_allowed', 'This proxy accepts only POST requests.')
  }
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new ProxyError(415, 'unsupported_media_type', 'This proxy accepts only application/json.')
  }
}

/** The headers that the page needs. All others are dropped. */
const passedOn = ['content-type', 'retry-after', 'x-request-id']

function writeHead(
  response: ServerResponse,
  status: number,
  headers: Headers,
  key: string | null = null,
): void {
  response.statusCode = status
  response.setHeader('cache-control', 'no-cache, no-transform')
  response.setHeader('x-accel-buffering', 'no')
  // Prevents compression: a compressor collects events until its block is full.
  response.setHeader('content-encoding', 'identity')
  if (status === 405) response.setHeader('allow', 'POST')
  for (const name of passedOn) {
    const value = headers.get(name)
    if (value !== null) response.setHeader(name, redactKey(value, key))
  }
}
