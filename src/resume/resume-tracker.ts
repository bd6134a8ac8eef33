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
  /**
   * Where to cancel the run on the server, by a POST request with the `headers`, `credentials` and
   * `fetch` of the completion, when `abort`, `reset` or a newer `start` ends it here. An unmount and a
   * reload cancel nothing. What comes of the request is not waited for.
   *
   * @default undefined (the connection is closed, and the run goes on where it lives)
   */
  cancel?: ((from: Checkpoint) => string | URL) | undefined
  /**
   * Keeps the checkpoint of the run over a reload: what `checkpointStore(key)` gives. When the
   * component mounts and a checkpoint is stored, the hook replays that run by itself. A run that is
   * complete, that the server refuses or that the user aborts is forgotten.
   *
   * @default undefined (nothing is stored)
   */
  store?: CheckpointStore | undefined
}

/** Twice as many as events that are remembered: a server that begins further back is not found out. */
const mostKnown = 100_000

/** A hash of what an event says, as far as it is the same whenever it is sent: not its padding. */
function fingerprintOf({ json, data }: WireEvent, number: number | undefined): number {
  const { type, delta } = recordOf(json)
  // What the API numbers it may send again with another state of the response in it.
  const isSummed = number !== undefined && textOf(type) !== ''
  const text = isSummed
    ? `${textOf(type)} ${textOf(delta)}`
    : data.replace(/"obfuscation":"[^"]*"/, '')
  let hash = 0
  for (let at = 0; at < text.length; at++) hash = (hash * 31 + text.charCodeAt(at)) | 0
  return hash
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
  /**
   * The connection in which a number or an id took effect first, and in which it did with the
   * fingerprint of an event, to know another event by.
   */
  readonly #known = new Map<string, number>()
  #connection = 0
  /** The fingerprint of the event that began the run, if it has an id and carries no content. */
  #opening: number | undefined
  /**
   * Where the events of this connection stand: before the first that can be placed, among those that
   * took effect before, or after them.
   */
  #stands: 'nowhere' | 'before' | 'after' = 'after'
  /** The last event has a number or an id to go on from. */
  #isPlaced = false
  #failures = 0
  #isStored = false

  constructor(options: ResumeOptions, replayed: Checkpoint | undefined) {
    this.#options = options
    this.#responseId = replayed?.responseId
    this.#isReopened = replayed !== undefined
  }

  beginConnection(): void {
    this.#connection++
    // The first connection, and a replay of which nothing is known, have nothing to come after.
    this.#stands = this.#known.size > 0 ? 'nowhere' : 'after'
  }

  accept(event: WireEvent): boolean {
    const { json, id } = event
    const given = isRecord(json) ? numberOf(json['sequence_number']) : undefined
    const number = this.#isUnordered ? undefined : given
    // Neither can be taken for the other.
    const key = number === undefined ? id && `id ${id}` : `${number}`
    this.#isPlaced = !!key
    if (key) {
      const fingerprint = fingerprintOf(event, number)
      this.#stands = this.#isKnown(key, number, event.id, fingerprint) ? 'before' : 'after'
      if (this.#stands === 'before') return false
      if (number !== undefined) this.#acceptNumber(number)
      if (this.#known.size === 0 && number === undefined) this.#opening = fingerprint
      this.#remember(key, fingerprint)
      this.#isLost = false
      this.#failures = 0
    } else if (this.#stands === 'before') {
      return false
    }
    // An empty id takes the last one back (https://html.spec.whatwg.org/multipage/server-sent-events.html).
    if (id !== undefined) this.#lastEventId = id || undefined
    this.#store()
    return true
  }

  observe(event: CompletionEvent): void {
    if (this.#known.size <= 2 && carriesContent(event)) this.#opening = undefined
    // Chat chunks all say who answers, heartbeats among them: to hear it twice changes nothing.
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
   * Whether an event took effect in an earlier connection.
   *
   * @throws CompletionError where another one did under its number or id
   */
  #isKnown(
    key: string,
    number: number | undefined,
    id: string | undefined,
    fingerprint: number,
  ): boolean {
    const connection = this.#known.get(key)
    // Several events of one connection may share an id, and the last id may go on in the next one.
    if (connection === this.#connection) return false
    if (connection === undefined) {
      if (this.#stands === 'nowhere' && fingerprint === this.#opening) {
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

  /** Once: a replay begins at the beginning, wherever this run has got to. */
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
        return this.#isReopened && status !== undefined && isAmong(this.#options.statuses, status)
      }
      default:
        return false
    }
  }
}
