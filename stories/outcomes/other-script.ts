import type { FetchScript, ScriptedStream } from 'use-streaming-completion/testing'
import { cutIntoWords } from '../formats/cut-into-words.ts'
import { answer, delay, type Outcome } from './outcomes.ts'

/**
 * The same fault for `useCompletion` of the AI SDK: in its own protocol if the fault is in the
 * stream, else unchanged. `undefined` if the protocol has no equivalent.
 */
export function otherScript({ id, group, script }: Outcome): FetchScript | undefined {
  if (group === 'HTTP' || id === 'connect' || id === 'html' || id === 'other-format') return script
  switch (id) {
    case 'refusal':
      return undefined
    case 'length':
    case 'content-filter':
      return stream(answer.slice(0, 70), [finish(id)])
    case 'cut':
      return { ...stream(partly, []), end: 'cut' }
    case 'truncated':
      return stream(partly, [])
    case 'timeout-response':
      return { ...stream(answer, [finish('stop')]), responseDelay: 60_000 }
    case 'timeout-firstToken':
      return { ...stream('', []), end: 'stall' }
    case 'timeout-idle':
    case 'timeout-total':
      return { ...stream(partly, []), end: 'stall' }
    case 'malformed':
      return stream(partly, ['data: {"type":"text-delta","id":"0","delta":"a da\n\n'])
    case 'api':
      return stream(partly, [event({ type: 'error', errorText: 'The model is overloaded.' })])
    case 'validation':
      return stream('{"title":"Bread","minutes":"a while"}', [finish('stop')])
    default:
      return stream(answer, [finish('stop')])
  }
}

const partly = answer.slice(0, 70)

const event = (value: object) => `data: ${JSON.stringify(value)}\n\n`

const finish = (finishReason: string) =>
  event({ type: 'finish', finishReason }) + 'data: [DONE]\n\n'

/** The AI SDK's UI message stream. */
function stream(text: string, end: readonly string[]): ScriptedStream {
  const events = [
    event({ type: 'start' }),
    event({ type: 'text-start', id: '0' }),
    ...cutIntoWords(text).map((delta) => event({ type: 'text-delta', id: '0', delta })),
    ...end,
  ]
  return {
    headers: { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1' },
    steps: events.map((send) => ({ send, delay })),
  }
}
