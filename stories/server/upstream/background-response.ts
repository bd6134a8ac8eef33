import { EventEmitter, once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { connectionShare } from '../../model/answer-request.ts'
import type { BackgroundAnswer } from '../../model/answer-request.ts'
import type { JsonObject } from '../../model/generation-request.ts'
import { pace } from '../../model/pace.ts'
import type { Random } from '../../model/random.ts'

/**
 * A response that is generated even while no client is connected, and keeps its events. After a
 * connection breaks, the next one starts after the last event that the client received
 * (https://platform.openai.com/docs/guides/background).
 */
export class BackgroundResponse {
  readonly #answer: BackgroundAnswer
  readonly #cancelled = new AbortController()
  readonly #news = new EventEmitter().setMaxListeners(0)
  #generated = 0
  #ended = false

  constructor(answer: BackgroundAnswer, options: { random: Random; speed: number }) {
    this.#answer = answer
    void this.#generate(options)
  }

  /** The current response object. */
  get object(): JsonObject {
    const { unfinished, finished } = this.#answer
    if (this.#cancelled.signal.aborted) return { ...unfinished, status: 'cancelled' }
    return this.#ended ? finished : unfinished
  }

  /** How many events one connection delivers; `Infinity` unless connections break. */
  get connectionShare(): number {
    return connectionShare(this.#answer)
  }

  /** The events after the given one, as they are generated. Rejects when the signal aborts. */
  async *eventsAfter(sequenceNumber: number, signal: AbortSignal): AsyncGenerator<string> {
    let next = sequenceNumber + 1
    for (;;) {
      for (; next < this.#generated; next += 1) yield this.#answer.frames[next]?.text ?? ''
      if (this.#ended) return
      await once(this.#news, 'more', { signal })
    }
  }

  /** Stops the generation. Connections then end without an end marker. */
  cancel() {
    if (!this.#ended) this.#cancelled.abort()
  }

  async #generate({ random, speed }: { random: Random; speed: number }) {
    const { signal } = this.#cancelled
    try {
      for (const { silence, frames } of pace(this.#answer.frames, random)) {
        // A pending answer must not keep the process alive.
        await wait(silence / speed, undefined, { signal, ref: false })
        this.#generated += frames.length
        this.#news.emit('more')
      }
    } catch {
      // Cancelled: the events generated so far stay readable.
    }
    this.#ended = true
    this.#news.emit('more')
  }
}
