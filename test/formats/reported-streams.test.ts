import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  everyByte,
  randomCutting,
  seededRandom,
  streamOf,
} from '../../scripts/check-wire/cuttings.mjs'
import * as core from '../../src/core.ts'
import { bytesOf, type Bytes } from '../support/read-body.ts'
import '../support/mute-advice.ts'

interface Expected {
  status: string
  kind?: string
  toolCount?: number
  approvalCount?: number
  outputCount?: number
  error?: { message?: string }
  [field: string]: unknown
}

interface ReportedStream {
  name: string
  about: string
  status?: number
  contentType?: string
  headers?: Record<string, string>
  format?: 'aiSdkUi' | 'agUi' | 'anthropicMessages' | 'gemini' | 'ollama'
  object?: boolean
  body: string[] | { base64: string }
  expect?: Expected
  anyOf?: Expected[]
}

const folder = new URL('../fixtures/reports/', import.meta.url)

const kinds = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({
    kind: file.replace('.json', ''),
    cases: JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as ReportedStream[],
  }))

function bytesOfCase({ body }: ReportedStream): Bytes {
  return Array.isArray(body)
    ? bytesOf(body.join('\n'))
    : Uint8Array.from(Buffer.from(body.base64, 'base64'))
}

async function read(chunks: readonly Bytes[], reported: ReportedStream) {
  const { status = 200, contentType = 'text/event-stream', headers, format } = reported
  const response = new Response(streamOf(chunks), {
    status,
    headers: { 'content-type': contentType, ...headers },
  })
  const options = format ? { format: core[format] } : {}
  if (!reported.object) return core.readCompletion(response, options).result
  return core.createStreamingObject({ ...options, source: () => response }).start('')
}

/** Checks a state against the expectation and its counts. */
function expectState(state: Awaited<ReturnType<typeof read>>, expected: Expected) {
  const { kind, toolCount, approvalCount, outputCount, error, ...fields } = expected
  const { message, ...rest } = error ?? {}
  expect(state).toMatchObject({
    ...fields,
    ...((kind ?? error) && {
      error: {
        ...rest,
        ...(kind && { kind }),
        ...(message && { message: expect.stringContaining(message) as unknown }),
      },
    }),
  })
  const counts = { toolCount, approvalCount, outputCount }
  expect({
    toolCount: toolCount === undefined ? undefined : state.toolCalls.length,
    approvalCount: approvalCount === undefined ? undefined : state.approvals.length,
    outputCount: outputCount === undefined ? undefined : state.output.length,
  }).toEqual(counts)
}

function expectOneOf(state: Awaited<ReturnType<typeof read>>, all: readonly Expected[]) {
  const [first, ...others] = all
  if (first === undefined) throw new Error('The case expects nothing.')
  if (others.length === 0) {
    expectState(state, first)
    return
  }
  try {
    expectState(state, first)
  } catch {
    expectOneOf(state, others)
  }
}

describe.each(kinds)('$kind', ({ cases }) => {
  test.each(cases)('$name: $about', async (reported) => {
    const all = reported.anyOf ?? (reported.expect ? [reported.expect] : [])
    const bytes = bytesOfCase(reported)
    const random = seededRandom(7)
    const ways = [
      [bytes],
      everyByte(bytes),
      randomCutting(bytes, random),
      randomCutting(bytes, random),
    ]
    for (const chunks of ways) expectOneOf(await read(chunks, reported), all)
  })
})
