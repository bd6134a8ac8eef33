import { expect, test, vi } from 'vitest'
import { cutAt, everyByte } from '../../scripts/check-wire/cuttings.mjs'
import { createCompletion } from '../../src/core.ts'
import { bytesOf, type Bytes } from '../support/read-body.ts'
import { allTurns } from '../support/watched-body.ts'
import { chatChunk, data, done } from '../support/wire-text.ts'

const words = (count: number) => Array.from({ length: count }, (_, position) => `${position} é😀 `)
const answer = (pieces: readonly string[]) =>
  bytesOf(pieces.map((content) => data(chatChunk({ content }))).join('') + done)

interface ByteStream {
  stream: ReadableStream<Bytes>
  /** The length of the buffer of each read; `undefined` for a read without a buffer. */
  reads: (number | undefined)[]
  cancel: (reason: unknown) => void
}

/** A body like a browser's: bytes, which are written into the reader's buffer if there is one. */
function byteStream(
  chunks: readonly Bytes[],
  atEnd: 'ends' | 'forgets' | 'stays open',
): ByteStream {
  const left = [...chunks]
  const reads: ByteStream['reads'] = []
  const cancel = vi.fn<(reason: unknown) => void>()
  const stream = new ReadableStream({
    type: 'bytes',
    pull(controller) {
      const { byobRequest } = controller
      const view = byobRequest?.view as Uint8Array | null | undefined
      reads.push(view?.buffer.byteLength)
      const chunk = left.shift()
      if (!chunk) {
        if (atEnd === 'stays open') return new Promise<void>(() => undefined)
        controller.close()
        if (atEnd === 'ends') byobRequest?.respond(0)
      } else if (view) {
        const fitting = chunk.subarray(0, view.length)
        if (fitting.length < chunk.length) left.unshift(chunk.subarray(fitting.length))
        view.set(fitting)
        byobRequest?.respond(fitting.length)
      } else controller.enqueue(chunk)
      return undefined
    },
    cancel,
  })
  return { stream, reads, cancel }
}

function responseOf(stream: ReadableStream<Bytes>, url: string) {
  const response = new Response(stream, { headers: { 'content-type': 'text/event-stream' } })
  return Object.defineProperty(response, 'url', { value: url })
}

/** The origin of a response: only the browser's own `fetch` is known to answer every read. */
type Origin = 'the browser' | 'a custom fetch' | 'a bound fetch' | 'fetch of the app' | 'source'

function read(stream: ReadableStream<Bytes>, origin: Origin) {
  const response = responseOf(stream, network)
  const fetch = Object.assign(async () => response, {
    toString: () =>
      origin === 'the browser'
        ? 'function fetch() { [native code] }'
        : origin === 'a bound fetch'
          ? 'function () { [native code] }'
          : 'async () => response',
  })
  if (origin === 'source') return createCompletion({ source: () => response }).start(undefined)
  if (origin === 'fetch of the app') return createCompletion({ url: '/', fetch }).start(undefined)
  vi.stubGlobal('fetch', fetch)
  return createCompletion({ url: '/' })
    .start(undefined)
    .finally(() => void vi.unstubAllGlobals())
}

const network = 'https://app.test/api/completion'

test('a response from the network is always read into the same buffer', async () => {
  const pieces = words(2000)
  const { stream, reads } = byteStream([answer(pieces)], 'ends')
  expect(await read(stream, 'the browser')).toMatchObject({
    status: 'complete',
    text: pieces.join(''),
  })
  expect(new Set(reads)).toEqual(new Set([65_536]))
  expect(reads.length).toBeGreaterThan(2)
  expect(stream.locked).toBe(false)
})

test('wherever it is cut, inside characters too, the text is the same', async () => {
  const pieces = words(3)
  const bytes = answer(pieces)
  const cuttings = [everyByte(bytes), ...Array.from(bytes, (_, place) => cutAt(bytes, [place]))]
  for (const chunks of cuttings) {
    const { stream } = byteStream(
      chunks.filter((chunk) => chunk.length > 0),
      'ends',
    )
    expect(await read(stream, 'the browser')).toMatchObject({
      status: 'complete',
      text: pieces.join(''),
    })
  }
})

test.each<Origin>(['a custom fetch', 'a bound fetch', 'fetch of the app', 'source'])(
  'a byte stream that never answers its last read still ends: %s',
  async (origin) => {
    const { stream, reads } = byteStream([bytesOf(data(chatChunk({ content: 'Hi' })))], 'forgets')
    expect(await read(stream, origin)).toMatchObject({
      status: 'error',
      error: { kind: 'truncated' },
      text: 'Hi',
    })
    expect(new Set(reads)).toEqual(new Set([undefined]))
  },
)

test('if the browser does not support this, the response is read normally', async () => {
  const stream = new ReadableStream<Bytes>({
    start(controller) {
      controller.enqueue(answer(['Hi']))
      controller.close()
    },
  })
  expect(await read(stream, 'the browser')).toMatchObject({ status: 'complete', text: 'Hi' })
})

test('an abort ends a pending read, cancels the stream, and keeps the text', async () => {
  const { stream, cancel } = byteStream([bytesOf(data(chatChunk({ content: 'Hi' })))], 'stays open')
  const client = createCompletion({ source: () => responseOf(stream, network) })
  const settled = client.start(undefined)
  await allTurns()
  client.abort()
  expect(await settled).toMatchObject({ status: 'aborted', text: 'Hi' })
  await allTurns()
  expect(cancel).toHaveBeenCalledOnce()
  expect(stream.locked).toBe(false)
})
