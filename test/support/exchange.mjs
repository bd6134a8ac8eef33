import { setTimeout as delay } from 'node:timers/promises'

/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @import { ClosedConnection, FaultStep, ReceivedRequest } from './fault-steps.ts' */

/**
 * One request and its response, driven by steps. Steps may be added before the request arrives and
 * at any time after; a response without further steps stays open.
 */
export class Exchange {
  /** @type {FaultStep[]} */
  #steps = []
  /** @type {ServerResponse | undefined} */
  #response
  #working = false
  /** @type {PromiseWithResolvers<ReceivedRequest | null>} */
  #request = withResolvers()
  /** @type {PromiseWithResolvers<ClosedConnection | null>} */
  #closed = withResolvers()

  /** The headers that the browser asked leave to send, if it asked. */
  preflight = []

  /** Settles once the request has arrived whole; with `null` if it never came. */
  get request() {
    return this.#request.promise
  }

  /** Settles once the connection is closed or the response has been sent whole; `null` if neither. */
  get closed() {
    return this.#closed.promise
  }

  get isAnswered() {
    return this.#response !== undefined
  }

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  async answer(request, response) {
    this.#response = response
    response.on('close', () =>
      this.#closed.resolve({ by: response.writableFinished ? 'server' : 'client' }),
    )
    const body = await readText(request).catch(() => undefined)
    // The client gave up while it was still sending.
    if (body === undefined) return
    const { method, headers } = request
    this.#request.resolve({ method, headers, preflight: this.preflight, body })
    await this.#work()
  }

  /** @param {FaultStep[]} steps */
  async add(steps) {
    this.#steps.push(...steps)
    await this.#work()
  }

  /** Nobody waits for what can no longer come. */
  destroy() {
    this.#steps.length = 0
    this.#response?.destroy()
    this.#request.resolve(null)
    this.#closed.resolve(null)
  }

  async #work() {
    const response = this.#response
    if (!response || this.#working) return
    this.#working = true
    for (let step; (step = this.#steps.shift());) await perform(step, response)
    this.#working = false
  }
}

/**
 * @param {FaultStep} step
 * @param {ServerResponse} response
 */
async function perform(step, response) {
  if ('head' in step) {
    response.writeHead(step.head.status, step.head.headers)
    response.flushHeaders()
  } else if ('write' in step) {
    response.write(step.write)
  } else if ('bytes' in step) {
    response.write(Uint8Array.from(step.bytes))
  } else if ('writes' in step) {
    await writePaced(step, response)
  } else if ('end' in step) {
    response.end()
  } else if ('cut' in step) {
    response.socket?.destroySoon()
  } else {
    response.socket?.resetAndDestroy()
  }
}

/** Timers are late by fractions of a millisecond each, so what is due is taken from the clock. */
async function writePaced({ writes, perSecond }, response) {
  const startedAt = performance.now()
  for (let sent = 0; sent < writes.length && !response.destroyed;) {
    await delay(1)
    const due = Math.ceil(((performance.now() - startedAt) / 1000) * perSecond)
    for (; sent < Math.min(due, writes.length); sent++) response.write(writes[sent])
  }
}

/** @param {IncomingMessage} request */
export async function readText(request) {
  let text = ''
  for await (const piece of request.setEncoding('utf8')) text += piece
  return text
}

/** `Promise.withResolvers` is not in Node 20. */
function withResolvers() {
  const resolvers = {}
  resolvers.promise = new Promise((resolve, reject) => {
    Object.assign(resolvers, { resolve, reject })
  })
  return resolvers
}
