import { textChunk } from './chat.ts'
import { last, type Observed } from './observe.ts'
import { turns } from './turns.ts'

/** Starts a run whose first content has been published. */
export async function firstPublished({ client, requests }: Observed) {
  const settled = client.start('a')
  await turns()
  const request = last(requests)
  request.respond()
  request.send(textChunk('0'))
  await turns()
  return { settled, request }
}
