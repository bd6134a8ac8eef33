import { isDeepStrictEqual } from 'node:util'
import { expect, vi } from 'vitest'
import { cutAt, everyByte, streamOf } from '../../scripts/check-wire/cuttings.mjs'
import { createCompletion, type SettledState } from '../../src/core.ts'
import type { ReadOptions } from '../../src/types.ts'
import './mute-advice.ts'

// A body of some thousand bytes is read some thousand times, possibly on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

export type Bytes = Uint8Array<ArrayBuffer>

export interface BodyOptions extends ReadOptions {
  /** @default 'text/event-stream'; `null` sends none */
  contentType?: string | null
  /** The error with which the connection breaks after the last chunk. By default, the body ends. */
  breaksWith?: Error
}

export function bytesOf(body: string): Bytes {
  return new TextEncoder().encode(body)
}

export function responseOf(
  chunks: readonly Bytes[],
  { contentType = 'text/event-stream', breaksWith }: BodyOptions = {},
): Response {
  // A stream as body gets no content type of its own, unlike a string.
  const init = contentType === null ? {} : { headers: { 'content-type': contentType } }
  const body = streamOf(chunks)
  return new Response(breaksWith ? breakAtEnd(body, breaksWith) : body, init)
}

function breakAtEnd(body: ReadableStream<Bytes>, error: Error): ReadableStream<Bytes> {
  const breaking = new TransformStream<Bytes, Bytes>({
    flush: (controller) => controller.error(error),
  })
  return body.pipeThrough(breaking)
}

/** Reads a body that arrives in these chunks, and checks that the run settles once. */
export async function readChunks(
  chunks: readonly Bytes[],
  options: BodyOptions = {},
): Promise<SettledState> {
  const finished: SettledState[] = []
  const failed: SettledState[] = []
  const { start } = createCompletion({
    ...options,
    source: () => responseOf(chunks, options),
    publish: 'sync',
    onFinish: (result) => finished.push(result),
    onError: (_, result) => failed.push(result),
  })
  const result = await start(undefined)
  if (finished.length !== 1) expect(finished).toEqual([result])
  if (failed.length !== (result.status === 'error' ? 1 : 0)) expect(failed).toEqual([])
  return result
}

/** The part of a state that must not depend on how the body was cut. */
function outcomeOf({ error, ...state }: SettledState) {
  return {
    ...state,
    timing: undefined,
    error: error && {
      kind: error.kind,
      message: error.message,
      code: error.code,
      type: error.type,
      param: error.param,
      status: error.status,
      retryAfter: error.retryAfter,
    },
  }
}

export type Outcome = ReturnType<typeof outcomeOf>

/**
 * Reads a body whole, byte by byte, and cut in two at every byte boundary. Returns the outcome, which must be
 * the same for all of them.
 */
export async function readEveryWay(
  body: string | Bytes,
  options: BodyOptions = {},
): Promise<Outcome> {
  const bytes = typeof body === 'string' ? bytesOf(body) : body
  const whole = outcomeOf(await readChunks([bytes], options))
  await expectSame(whole, 'byte by byte', everyByte(bytes), options)
  for (let place = 1; place < bytes.length; place++) {
    await expectSame(whole, `cut at byte ${place}`, cutAt(bytes, [place]), options)
  }
  return whole
}

async function expectSame(
  whole: Outcome,
  way: string,
  chunks: readonly Bytes[],
  options: BodyOptions,
) {
  const outcome = outcomeOf(await readChunks(chunks, options))
  // The matcher builds a report even without a difference, and is called a thousand times per body.
  if (!isDeepStrictEqual(outcome, whole)) expect(outcome, `read ${way}`).toEqual(whole)
}
