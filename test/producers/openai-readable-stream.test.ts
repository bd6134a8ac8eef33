// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { createCompletion } from '../../src/core.ts'
import '../support/mute-advice.ts'
import { abortAtFirstText } from './support/abort-at-first-text.ts'
import { recording, startOpenAIServer } from './support/openai-server.ts'
import { startServer } from './support/start-server.ts'

/** The responses of a proxy that forwards `toReadableStream()`, as in the package's examples. */
const proxies = {
  'responses.create': (client: Client) =>
    client.responses
      .create({ model: 'm', input: 'Hi', stream: true })
      .then((stream) => stream.toReadableStream()),
  'chat.completions.create': (client: Client) =>
    client.chat.completions
      .create({ model: 'm', messages: [], stream: true })
      .then((stream) => stream.toReadableStream()),
  'chat.completions.stream': (client: Client) =>
    Promise.resolve(
      client.chat.completions.stream({ model: 'm', messages: [] }).toReadableStream(),
    ),
}
type Client = Awaited<ReturnType<typeof startOpenAIServer>>['client']

const recordings = {
  'responses.create': ['responses-text', 'responses-reasoning-tool-call'],
  'chat.completions.create': ['chat-text', 'chat-parallel-tool-calls'],
  'chat.completions.stream': ['chat-text', 'chat-parallel-tool-calls'],
} as const

const contentTypes = ['application/x-ndjson', 'text/plain', undefined]

describe.each(Object.keys(proxies) as (keyof typeof proxies)[])(
  'client.%s().toReadableStream() through a proxy',
  (name) => {
    const startProxy = async (client: Client, contentType?: string) =>
      startServer(
        async () =>
          new Response(await proxies[name](client), {
            headers: contentType === undefined ? {} : { 'content-type': contentType },
          }),
      )

    describe.each(recordings[name])('%s', (file) => {
      test.each(contentTypes)('as %s', async (contentType) => {
        const { body, expected } = await recording(file)
        const { client } = await startOpenAIServer(body)
        const url = await startProxy(client, contentType)
        const { text, reasoning, toolCalls, responseId } = expected
        expect(await createCompletion<string>({ url }).start('Hi')).toMatchObject({
          status: 'complete',
          text,
          reasoning,
          toolCalls,
          responseId,
        })
      })
    })

    test('an abort reaches the API', async () => {
      const { body } = await recording(recordings[name][0])
      const events = body.split(/(?<=\n\n)/)
      const first = events.findIndex((event) => /"delta":"[^"]|"content":"[^"]/.test(event))
      const { client, closed } = await startOpenAIServer(events.slice(0, first + 1).join(''), {
        staysOpen: true,
      })
      const url = await startProxy(client, 'application/x-ndjson')
      expect(await abortAtFirstText({ url }, 'Hi')).toMatchObject({ status: 'aborted' })
      await closed
    })
  },
)
