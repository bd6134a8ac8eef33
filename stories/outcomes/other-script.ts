import type { FetchScript, ScriptedStream } from 'use-streaming-completion/testing'
import { cutIntoWords } from '../formats/cut-into-words.ts'
import { answer, delay, type Outcome } from './outcomes.ts'
import type { PeerWire } from './peer-wire.ts'

/**
 * The same fault for another library's hook: in its own protocol if the fault is in the stream, else
 * unchanged. `undefined` if the protocol has no equivalent.
 */
export function otherScript(
  { id, group, script }: Outcome,
  wire: PeerWire,
): FetchScript | undefined {
  if (group === 'HTTP' || id === 'connect' || id === 'html' || id === 'other-format') return script
  const stream = (text: string, end: readonly string[]): ScriptedStream => ({
    headers: wire.headers,
    steps: [...wire.open, ...cutIntoWords(text).map(wire.delta), ...end].map((send) => ({
      send,
      delay,
    })),
  })
  switch (id) {
    case 'refusal':
      return undefined
    case 'length':
    case 'content-filter':
      return stream(answer.slice(0, 70), wire.finish(id))
    case 'cut':
      return { ...stream(partly, []), end: 'cut' }
    case 'truncated':
      return stream(partly, [])
    case 'timeout-response':
      return { ...stream(answer, wire.finish('stop')), responseDelay: 60_000 }
    case 'timeout-firstToken':
      return { ...stream('', []), end: 'stall' }
    case 'timeout-idle':
    case 'timeout-total':
      return { ...stream(partly, []), end: 'stall' }
    case 'malformed':
      return stream(partly, [wire.malformed])
    case 'api':
      return stream(partly, [wire.error('The model is overloaded.')])
    case 'validation':
      return stream('{"title":"Bread","minutes":"a while"}', wire.finish('stop'))
    default:
      return stream(answer, wire.finish('stop'))
  }
}

/** The text of the 16 events after which the streams of the other outcomes fail. */
const partly = answer.slice(0, 67)
