import type { CompletionError } from '../errors/completion-error.ts'
import { missingEvents, unplacedEvents } from '../errors/protocol.ts'
import type { Checkpoint } from '../completion/state.ts'
import type { CompletionEvent } from '../formats/vocabulary/completion-event.ts'
import { carriesContent } from '../completion/fold.ts'
import { callApp } from '../publishing/call-app.ts'
import { isRecord, numberOf, recordOf, textOf } from '../json/json-record.ts'
import type { WireEvent } from '../wire/wire-event.ts'
import type { ResumeSession } from '../run/resumption.ts'
import type { CheckpointStore } from './checkpoint-store.ts'
import { backoff, isAmong, type BackoffOptions } from '../run/retry.ts'
import { scheduleAttempt } from '../run/schedule-attempt.ts'

/** How a broken stream is reopened where it stopped. */
export interface ResumeOptions extends BackoffOptions {
  /**
   * Where to continue, by a GET request with the `headers`, `credentials` and `fetch` of the completion.
   * Background responses continue by `responseId` and `sequenceNumber` (`starting_after`). `lastEventId`
   * is also sent as the header `Last-Event-ID`, which a proxy on another origin has to allow. With neither
   * of the latter two, the stream is to be replayed from its beginning. Not needed with `source`, which is
   * called again with `resumeFrom`.
   */
  url?: ((from: Checkpoint) => string | URL) | undefined
  /**
   * How many consecutive reconnects may bring nothing new. A new event resets the count.
   *
   * @default 5
   */
  attempts?: number | undefined
  /**
   * Where to cancel the run on the server, by a POST request with the `headers`, `credentials` and
   * `fetch` of the completion, when `abort`, `reset` or a newer `start` ends it. An unmount and a reload
   * do not cancel. The response is not awaited.
   *
   * @default undefined (only the connection is closed, and the run continues on the server)
   */
  cancel?: ((from: Checkpoint) => string | URL) | undefined
  /**
   * Keeps the checkpoint of the run across reloads: the result of `checkpointStore(key)`. If a checkpoint
   * is stored when the component mounts, the hook replays that run. The checkpoint is removed when the run
   * completes, when the server rejects it, when the user aborts it, and when another run starts.
   *
   * @default undefined (nothing is stored)
   */
  store?: CheckpointStore | undefined
}

/** Twice the number of events that are remembered. Older events are not recognised. */
const mostKnown = 100_000

/** A hash of the parts of an event that are the same each time it is sent, so without its padding. */
function fingerprintOf({ json, data }: WireEvent, number: number | undefined): number {
  const { type, delta } = recordOf(json)
  // The API may send a numbered event again with a different state of the response in it.
  const isSummed = number !== undefined && textOf(type) !== ''
  const text = isSummed
    ? `${textOf(type)} ${textOf(delta)}`
    : data.replace(/"obfuscation":"[^"]*"/, '')
  let hash = 0
  for (let at = 0; at < text.length; at++) hash = (hash * 31 + text.charCodeAt(at)) | 0
  return hash
}

/** Tracks the position of one run in its stream, across all of its connections. */
export class ResumeTracker implements ResumeSession {
  readonly scheduleAttempt: typeof scheduleAttempt = scheduleAttempt
  readonly #options: ResumeOptions
  #responseId: string | undefined
  #sequenceNumber: number | undefined
  #lastEventId: string | undefined
  /** The numbers do not only increase, so they are not used. */
  #isUnordered = false
  /** The numbers have gaps even within one connection, so a gap is not an error. */
  #isSparse = false
  /** An event without a number or id was processed. A server would send it again. */
  #isLost = false
  #isReopened: boolean
  /**
   * The connections in which a number or an id was first processed, alone and together with the fingerprint
   * of its event, so that a different event is recognised.
   */
  readonly #known = new Map<string, number>()
  #connection = 0
  /** The fingerprint of the event that began the run, if it has an id and carries no content. */
  #opening: number | undefined
  /**
   * The position of this connection's events: before the first event with a known position, among
   * already processed events, or after them.
   */
  #stands: 'nowhere' | 'before' | 'after' = 'after'
  /** The id of the event that was dropped last. */
  #dropped: string | undefined
  /** The last event has a number or an id to continue from. */
  #isPlaced = false
  #failures = 0
  #isStored = false

  constructor(options: ResumeOptions, replayed: Checkpoint | undefined) {
    this.#options = options
    this.#responseId = replayed?.responseId
    this.#isReopened = replayed !== undefined
    // Otherwise, a reload before the first event would replay the previous run in place of this one.
    if (!replayed) callApp(() => options.store?.clear())
  }

  beginConnection(): void {
    this.#connection++
    // In the first connection, and in a replay without known events, there is nothing to skip.
    this.#stands = this.#known.size > 0 ? 'nowhere' : 'after'
  }

  accept(event: WireEvent): boolean {
    const { json, id } = event
    const given = isRecord(json) ? numberOf(json['sequence_number']) : undefined
    const number = this.#isUnordered ? undefined : given
    // A number and an id can never be confused.
    const key = number === undefined ? id && `id ${id}` : `${number}`
    this.#isPlaced = !!key
    if (key) {
      const fingerprint = fingerprintOf(event, number)
      this.#stands = this.#isKnown(key, number, event.id, fingerprint) ? 'before' : 'after'
      if (this.#stands === 'before') {
        this.#dropped = id
        return false
      }
      if (number !== undefined) this.#acceptNumber(number)
      if (this.#known.size === 0 && number === undefined) this.#opening = fingerprint
      this.#remember(key, fingerprint)
      this.#isLost = false
      this.#failures = 0
    } else if (this.#stands === 'before') {
      return false
    }
    // An empty id resets the last one (https://html.spec.whatwg.org/multipage/server-sent-events.html).
    if (id !== undefined) this.#lastEventId = id || undefined
    this.#store()
    return true
  }

  observe(event: CompletionEvent): void {
    if (this.#known.size <= 2 && carriesContent(event)) this.#opening = undefined
    // All chat chunks contain the role, including heartbeats. Receiving it twice changes nothing.
    if (event.type === 'metadata') {
      const { responseId } = event
      this.#responseId ??= responseId
      this.#store()
      if (this.#isReopened && responseId && responseId !== this.#responseId) {
        throw unplacedEvents('foreign')
      }
    } else if (this.#stands === 'nowhere') {
      throw unplacedEvents('anonymous')
    } else if (!this.#isPlaced) {
      this.#isLost = true
    }
  }

  /**
   * Whether an event was processed in an earlier connection.
   *
   * @throws CompletionError if a different event was processed with its number or id
   */
  #isKnown(
    key: string,
    number: number | undefined,
    id: string | undefined,
    fingerprint: number,
  ): boolean {
    const connection = this.#known.get(key)
    // Several events of one connection may share an id, and the last id may continue in the next connection.
    if (connection === this.#connection) return false
    if (connection === undefined) {
      const isElsewhere =
        this.#stands === 'before' && number === undefined && this.#dropped !== this.#lastEventId
      if (isElsewhere || (this.#stands === 'nowhere' && fingerprint === this.#opening)) {
        throw unplacedEvents('renumbered')
      }
      return this.#isReopened && number !== undefined && number <= (this.#sequenceNumber ?? -1)
    }
    if (this.#known.has(`${key} ${fingerprint}`)) return true
    if (number === undefined && id === this.#lastEventId) return false
    throw unplacedEvents('renumbered')
  }

  #remember(key: string, fingerprint: number) {
    for (const name of [key, `${key} ${fingerprint}`]) {
      if (!this.#known.has(name)) this.#known.set(name, this.#connection)
      if (this.#known.size <= mostKnown) continue
      const [oldest = name] = this.#known.keys()
      this.#known.delete(oldest)
    }
  }

  /** Stores once, because a replay starts at the beginning whatever the position. */
  #store() {
    const { store } = this.#options
    if (!store || this.#isStored) return
    const checkpoint = this.checkpoint()
    this.#isStored = checkpoint !== undefined
    if (checkpoint) callApp(() => store.save(checkpoint))
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

  #acceptNumber(number: number) {
    const last = this.#sequenceNumber
    const next = last === undefined ? 0 : last + 1
    if (this.#isReopened) {
      if (number > next && !this.#isSparse) throw missingEvents(number, last)
    } else if (last !== undefined) {
      this.#isUnordered = number < next
      this.#isSparse ||= number > next
    }
    this.#sequenceNumber = this.#isUnordered ? undefined : number
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
    // A replay that has brought nothing yet starts again.
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
        return this.#isReopened && status !== undefined && isAmong(this.#options.statuses, status)
      }
      default:
        return false
    }
  }
}
