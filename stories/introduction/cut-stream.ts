import type { ScriptedStream } from 'use-streaming-completion/testing'
import { cutIntoWords } from '../formats/cut-into-words.ts'

/** The time between two events, in milliseconds. */
const delay = 28

const answer = `To rotate the key without downtime:

1. Create a second key, and let every service accept both.
2. Switch the clients over, one group at a time, and watch the error rate for a day.
3. Delete the first key. Before you do, make sure that the nightly backup no longer uses it, or`

/**
 * An answer in the AI SDK's UI message stream, which both hooks read. A proxy ends the
 * body in mid-sentence, like a serverless function at its time limit: no `finish`, no `[DONE]`, and
 * no connection error.
 */
export const cutStream: ScriptedStream = {
  headers: {
    'content-type': 'text/event-stream',
    'x-vercel-ai-ui-message-stream': 'v1',
  },
  steps: [
    { type: 'start' },
    { type: 'text-start', id: '0' },
    ...cutIntoWords(answer).map((delta) => ({ type: 'text-delta', id: '0', delta })),
  ].map((part) => ({ send: `data: ${JSON.stringify(part)}\n\n`, delay })),
  end: 'close',
}
