import {
  resumable,
  type CompletionOptions,
  type ResumeOptions,
  type WireEvent,
} from '../../../src/core.ts'
import { observe } from './observe.ts'
import { responseEvents } from './responses-stream.ts'
import { turns } from './turns.ts'

export const events = responseEvents('Hel', 'lo, ', 'wor', 'ld')
export const text = 'Hello, world'

/** Contains all fields of the checkpoint. */
const url: ResumeOptions['url'] = ({ responseId, sequenceNumber, lastEventId }) =>
  `/api/${responseId}?after=${sequenceNumber}&id=${lastEventId}`

/** A started run that can be resumed, whose requests the test answers. */
export async function started(
  resume: ResumeOptions = {},
  options: Partial<CompletionOptions> = {},
) {
  const seen: WireEvent[] = []
  const observed = observe({
    resume: resumable({ url, ...resume }),
    onEvent: (event) => seen.push(event),
    ...options,
  })
  const settled = observed.client.start('a')
  await turns()
  const request = (index: number) => observed.requests[index]!
  /** Answers a request with a part of the stream, and then breaks the connection. */
  async function serve(index: number, body: string, end: 'fail' | 'end' | 'stay' = 'fail') {
    request(index).respond()
    await turns()
    request(index).send(body)
    await turns()
    if (end !== 'stay') request(index)[end]()
    await turns()
  }
  return { ...observed, settled, request, serve, seen, state: () => observed.client.getState() }
}
