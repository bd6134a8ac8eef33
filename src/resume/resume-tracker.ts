import type { CompletionError } from '../errors/completion-error.ts'
import { missingEvents } from '../errors/protocol.ts'
import type { Checkpoint } from '../completion/state.ts'
import type { CompletionEvent } from '../formats/vocabulary/completion-event.ts'
import { isRecord, numberOf } from '../json/json-record.ts'
import type { WireEvent } from '../wire/wire-event.ts'
import type { ResumeSession } from '../run/resumption.ts'
import { backoff, defaultStatuses, type BackoffOptions } from '../run/retry.ts'

/** How a stream that broke is reopened where it stopped. */
export interface ResumeOptions extends BackoffOptions {
  /**
   * Where to read on, by a GET request with the `headers`, `credentials` and `fetch` of the completion.
   * `responseId` and `sequenceNumber` are what background responses are continued by (`starting_after`);
   * `lastEventId` is sent as the header `Last-Event-ID` too, which a proxy of another origin has to allow.
   * With neither of the latter two, the stream is to be replayed from its beginning. Not needed with
   * `source`, which is called again with `resumeFrom`.
   */
  url?: ((from: Checkpoint) => string | URL) | undefined
  /**
   * How often in a row to reopen without getting anything new; something new starts the count again.
   *
   * @default 5
   */
  attempts?: number | undefined
}

/** Where in its stream one run is, over all the connections that carry it. */
export class ResumeTracker implements ResumeSession {
  readonly #options: ResumeOptions
  #responseId: string | undefined
  #sequenceNumber: number | undefined
  #lastEventId: string | undefined
  /** The numbers do not only grow: they say nothing. */
  #isUnordered = false
  /** The numbers skip some even where nothing can be lost: a gap says nothing. */
  #isSparse = false
  /** Something has taken effect since that a server would send again. */
  #isLost = false
  #isReopened: boolean
  /** Nothing new has come from this connection yet. */
  #isFresh = true
  /** The last event has a number or an id to go on from. */
  #isPlaced = false
  #failures = 0

  constructor(options: ResumeOptions, replayed: Checkpoint | undefined) {
    this.#options = options
    this.#responseId = replayed?.responseId
    this.#isReopened = replayed !== undefined
  }

  beginConnection(): void {
    this.#isFresh = true
  }

  accept(event: WireEvent): boolean {
    const { json, id } = event
    const number = isRecord(json) ? numberOf(json['sequence_number']) : undefined
    if (number !== undefined && !this.#isUnordered) {
      if (!this.#acceptNumber(number)) return false
    } else if (this.#isReopened && this.#isFresh && id && id === this.#lastEventId) {
      return false
    }
    this.#isFresh = false
    this.#isPlaced = !!id || (number !== undefined && !this.#isUnordered)
    if (this.#isPlaced) {
      this.#isLost = false
      this.#failures = 0
    }
    // An empty id takes the last one back (https://html.spec.whatwg.org/multipage/server-sent-events.html).
    if (id !== undefined) this.#lastEventId = id || undefined
    return true
  }

  observe(event: CompletionEvent): void {
    // Chat chunks all say who answers, heartbeats among them: to hear it twice changes nothing.
    if (event.type === 'metadata') this.#responseId ??= event.responseId
    else if (!this.#isPlaced) this.#isLost = true
  }

  checkpoint(): Checkpoint | undefined {
    const isKnown = this.#isReopened || this.#lastEventId !== undefined || this.#canContinue()
    return isKnown ? this.#reached() : undefined
  }

  position(): Checkpoint | undefined {
    return this.#isReopened ? this.#reached() : undefined
  }

  planReopen(error: CompletionError): number | undefined {
    const { attempts = 5 } = this.#options
    if (!this.#isBreak(error) || !this.#isResumable() || this.#failures >= attempts)
      return undefined
    const delay = backoff(error, ++this.#failures, this.#options)
    this.#isReopened ||= delay !== undefined
    return delay
  }

  #acceptNumber(number: number): boolean {
    const last = this.#sequenceNumber
    const next = last === undefined ? 0 : last + 1
    if (this.#isReopened) {
      if (number < next) return false
      if (number > next && !this.#isSparse) throw missingEvents(number, last)
    } else if (last !== undefined) {
      this.#isUnordered = number < next
      this.#isSparse ||= number > next
    }
    this.#sequenceNumber = this.#isUnordered ? undefined : number
    return true
  }

  #reached(): Checkpoint {
    return {
      responseId: this.#responseId,
      sequenceNumber: this.#sequenceNumber,
      lastEventId: this.#lastEventId,
    }
  }

  #canContinue(): boolean {
    return this.#responseId !== undefined && this.#sequenceNumber !== undefined
  }

  #isResumable(): boolean {
    if (this.#isLost) return false
    // A replay of which nothing has come yet begins again.
    return this.#canContinue() || this.#lastEventId !== undefined || this.#isReopened
  }

  #isBreak({ kind, timeout, status }: CompletionError): boolean {
    switch (kind) {
      case 'network':
      case 'truncated':
        return true
      case 'timeout':
        return timeout === 'idle' || timeout === 'response'
      case 'http': {
        const { statuses = defaultStatuses } = this.#options
        return this.#isReopened && status !== undefined && statuses.includes(status)
      }
      default:
        return false
    }
  }
}
