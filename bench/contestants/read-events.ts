import { createParser } from 'eventsource-parser'

/** Sends the request, like hand-written code. */
async function openStream(url: string): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ input: 'Write.', stream: true }),
  })
  if (!response.ok || !response.body)
    throw new Error(`The stream cannot be read: ${response.status}`)
  return response.body
}

/** Calls `onData` with the data of each event, in order. */
export async function readEvents(url: string, onData: (data: string) => void): Promise<void> {
  const parser = createParser({
    onEvent({ data }) {
      onData(data)
    },
  })
  const decoder = new TextDecoder()
  const reader = (await openStream(url)).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    parser.feed(decoder.decode(value, { stream: true }))
  }
}
