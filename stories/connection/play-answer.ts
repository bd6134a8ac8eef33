import type { ScriptedStream } from 'use-streaming-completion/testing'
import type { ModelAnswer } from '../model/answer-request.ts'
import { pace, type Burst } from '../model/pace.ts'
import type { Random } from '../model/random.ts'
import type { ConnectionArgs } from './connection-args.ts'
import { playSteps, type PlainStep } from './play-steps.ts'
import { beginBackground, followBackground } from './simulated-background.ts'

/** The script of an answer, at the speed and in the chunks that the controls ask for. */
export function playAnswer(
  answer: ModelAnswer,
  api: 'responses' | 'chat',
  args: ConnectionArgs,
  random: Random,
): ScriptedStream {
  if (answer.type === 'object') {
    return { ...playJson(answer.value), responseDelay: answer.delay / args.speed }
  }
  const bursts = [...pace(answer.frames, random)]
  if (answer.type === 'stream') {
    return playSteps(stepsOf(bursts, args), answer.cut ? 'cut' : 'close', api, args)
  }
  beginBackground(answer, bursts, args)
  return answer.streams ? followBackground(answer.id, -1, args) : playJson(answer.unfinished)
}

export function playJson(
  value: unknown,
  head: Pick<ScriptedStream, 'status' | 'headers'> = {},
): ScriptedStream {
  return {
    ...head,
    headers: { ...head.headers, 'content-type': 'application/json' },
    steps: [{ send: JSON.stringify(value) }],
  }
}

function stepsOf(bursts: readonly Burst[], { speed }: ConnectionArgs): PlainStep[] {
  return bursts.map(({ silence, frames }) => ({
    delay: silence / speed,
    send: frames.map(({ text }) => text).join(''),
  }))
}
