import type { ScriptedStream } from 'use-streaming-completion/testing'
import { connectionShare, type BackgroundAnswer } from '../model/answer-request.ts'
import { ApiError } from '../model/api-error.ts'
import type { Burst } from '../model/pace.ts'
import type { ConnectionArgs } from './connection-args.ts'
import { playSteps } from './play-steps.ts'

/** A background response, and when each of its frames is available, in milliseconds since 1970. */
interface Background {
  readonly answer: BackgroundAnswer
  readonly due: readonly number[]
}

/** The background responses of this page by id. */
const backgrounds = new Map<string, Background>()

/** The storage key of the latest one, which survives a reload as it would at a provider. */
const storageKey = 'simulated-background'

// The tests run the simulated connection without a page.
const storage = typeof sessionStorage === 'undefined' ? undefined : sessionStorage

function find(id: string): Background | undefined {
  const known = backgrounds.get(id)
  if (known) return known
  const stored = storage?.getItem(storageKey) ?? null
  const background = stored === null ? undefined : (JSON.parse(stored) as Background)
  return background?.answer.id === id ? background : undefined
}

/** Starts a response that is generated even while no client is connected. */
export function beginBackground(
  answer: BackgroundAnswer,
  bursts: readonly Burst[],
  { speed }: ConnectionArgs,
) {
  let at = Date.now()
  const due = bursts.flatMap(({ silence, frames }) => {
    at += silence / speed
    return frames.map(() => at)
  })
  const background = { answer, due }
  backgrounds.set(answer.id, background)
  storage?.setItem(storageKey, JSON.stringify(background))
}

/**
 * A connection that follows the response after the given event.
 *
 * @throws ApiError if there is no such response
 */
export function followBackground(id: string, after: number, args: ConnectionArgs): ScriptedStream {
  const background = find(id)
  if (!background) throw new ApiError(404, `There is no response with id '${id}'.`)
  const { answer, due } = background
  const first = after + 1
  const end = Math.min(first + connectionShare(answer), answer.frames.length)
  let now = Date.now()
  const steps = answer.frames.slice(first, end).map(({ text }, index) => {
    const at = Math.max(now, due[first + index] ?? now)
    const delay = at - now
    now = at
    return { send: text, delay }
  })
  const how = end < answer.frames.length ? 'cut' : 'close'
  return playSteps(steps, how, 'responses', args, after >= 0)
}
