import { responseEvents } from '../../client/support/responses-stream.ts'

interface Reader {
  readonly send: (event: object) => void
  readonly end: () => void
}

/** A run on the server, independent of its readers. */
interface ServerRun {
  readonly id: string
  readonly events: readonly object[]
  sent: number
  isCancelled: boolean
  readonly readers: Set<Reader>
}

/**
 * A server that stores its responses: a POST starts one, a GET replays one from its beginning and follows it,
 * `/cancel` ends it. The test triggers the events.
 */
export function createBackgroundServer(...pieces: readonly string[]) {
  const runs: ServerRun[] = []
  const log: string[] = []

  function read(run: ServerRun, signal: AbortSignal | null | undefined): Response {
    const encoder = new TextEncoder()
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const reader: Reader = {
          send: (event) => controller.enqueue(encoder.encode(`data: ${JSON.stringify(event)}\n\n`)),
          end: () => controller.close(),
        }
        for (const event of run.events.slice(0, run.sent)) reader.send(event)
        if (run.sent === run.events.length || run.isCancelled) reader.end()
        else run.readers.add(reader)
        signal?.addEventListener('abort', () => run.readers.delete(reader))
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }

  function fetch(url: string | URL | Request, init?: RequestInit): Promise<Response> {
    const path = url as string
    log.push(`${init?.method ?? 'GET'} ${path}`)
    const [, id, action] = /^\/responses\/?([^/]*)\/?(.*)$/.exec(path) ?? []
    const run = runs.find((each) => each.id === id)
    if (!id) {
      const created: ServerRun = {
        id: `resp_${runs.length}`,
        events: responseEvents(...pieces).map((event) =>
          'response' in event
            ? { ...event, response: { ...(event.response as object), id: `resp_${runs.length}` } }
            : event,
        ),
        sent: 1,
        isCancelled: false,
        readers: new Set(),
      }
      runs.push(created)
      return Promise.resolve(read(created, init?.signal))
    }
    if (!run) return Promise.resolve(new Response('{}', { status: 404 }))
    if (action === 'cancel') {
      run.isCancelled = true
      for (const reader of run.readers) reader.end()
      return Promise.resolve(new Response('{}'))
    }
    return Promise.resolve(read(run, init?.signal))
  }

  return {
    fetch,
    runs,
    /** The requests, in order. */
    log,
    /** Triggers the next events of each run that was not cancelled, or all remaining ones. */
    go(count = Infinity) {
      for (const run of runs.filter(({ isCancelled }) => !isCancelled)) {
        for (let step = 0; step < count && run.sent < run.events.length; step++) {
          const event = run.events[run.sent++] as object
          for (const reader of [...run.readers]) reader.send(event)
        }
        if (run.sent === run.events.length) for (const reader of run.readers) reader.end()
      }
    },
    /** The server forgets what it stored. */
    forget() {
      runs.length = 0
    },
    text: pieces.join(''),
  }
}
