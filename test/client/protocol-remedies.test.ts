// @vitest-environment node
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { CompletionError } from '../../src/core.ts'
import {
  binaryBody,
  bodyAlreadyRead,
  fieldsMissing,
  foreignFormat,
  foreignResponse,
  htmlPage,
  malformedEvent,
  missingBody,
  missingEvents,
  notAStream,
  unplacedEvents,
  unreadDataStream,
  unrecognisedEvents,
} from '../../src/errors/protocol.ts'

const core = / aiSdkUi from 'use-streaming-completion\/core'\.$/
const custom = /defineFormat from 'use-streaming-completion\/core'\.$/

const withRemedy: [string, () => CompletionError, RegExp][] = [
  ['no body', () => missingBody(200), /fetch option\. Some environments, .* a fetch that does\.$/],
  ['no stream', () => notAStream(7), /not a stream\. Return a Response, .* promise of one\.$/],
  ['an HTML page', () => htmlPage('text/html'), /the URL: it may be a login page, .*\.$/],
  ['binary data', () => binaryBody(''), /decode it, as AWS's SDK does for Bedrock\.$/],
  ['malformed data', () => malformedEvent('{'), /defineFormat\. The event was truncated .*\.$/],
  ['a data stream', unreadDataStream, core],
  ['unknown events', () => unrecognisedEvents('token', '{"a":1}'), custom],
  ['a dialect', () => foreignFormat('aiSdkUi', 'openai-chat'), core],
  [
    'a named format',
    () => foreignFormat('openai-chat', 'openai-responses'),
    /format: 'openai-chat', or check which API the proxy calls\.$/,
  ],
  ['another response', () => foreignResponse('a', 'b'), /'b'\. Two streams were mixed up .*\.$/],
]

const withoutRemedy: [string, () => CompletionError][] = [
  ['a body that has been read', bodyAlreadyRead],
  ['no fields', () => fieldsMissing('Hello')],
  ['missing events', () => missingEvents(7, 3)],
  ['unplaced events', () => unplacedEvents('foreign')],
]

function inProduction(make: () => CompletionError): string {
  vi.stubEnv('NODE_ENV', 'production')
  const { message } = make()
  vi.unstubAllEnvs()
  return message
}

afterEach(() => void vi.unstubAllEnvs())

describe('a protocol error', () => {
  test.each(withRemedy)('about %s has a longer message in development', (_, make, remedy) => {
    const { message } = make()
    const short = inProduction(make)
    expect(message).toMatch(remedy)
    expect(short).not.toMatch(remedy)
    expect(short).toMatch(/[^.]\.$/)
    expect(message.startsWith(short.slice(0, -1))).toBe(true)
  })

  test.each(withoutRemedy)('about %s is the same in production', (_, make) => {
    expect(make().message).toMatch(/[^.]\.$/)
    expect(inProduction(make)).toBe(make().message)
  })

  test('that quotes the stream is not confused by the quoted words', () => {
    const { message } = malformedEvent(
      "The stream looks like 'x' but is read as 'y'. Pass format: '",
    )
    expect(message).toContain('The event was truncated or corrupted')
  })
})
