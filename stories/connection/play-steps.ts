import type { ScriptedStream, StreamStep } from 'use-streaming-completion/testing'
import type { ConnectionArgs } from './connection-args.ts'
import { createDisturbance } from './disturbance.ts'

/** A step of a stream before the controls apply. */
export interface PlainStep {
  readonly send: string
  readonly delay: number
}

/** The steps cut as the controls ask for, up to the fault. */
export function playSteps(
  steps: readonly PlainStep[],
  end: 'close' | 'cut',
  api: 'responses' | 'chat',
  args: ConnectionArgs,
  isContinued = false,
): ScriptedStream {
  const disturbance = createDisturbance(args, api, isContinued)
  const sent: StreamStep[] = []
  let silence = 0
  const send = (pieces: readonly (string | Uint8Array)[]) => {
    for (const piece of pieces) {
      sent.push({ send: piece, delay: silence })
      silence = 0
    }
  }
  for (const step of steps) {
    silence += step.delay
    const { pieces, end: early } = disturbance.push(step.send)
    send(pieces)
    if (early) return { steps: sent, end: early }
  }
  send(disturbance.end().pieces)
  return { steps: sent, end }
}
