import { apiError } from './api-error.ts'
import type { CompletionEvent, Emit } from './completion-event.ts'
import { finishReasonOf, type FinishReason } from './finish-reason.ts'
import type { Usage } from './usage.ts'

/** A tool call as a format reads it, piece by piece. */
export interface ToolCallPiece {
  /** Tells the call apart from the others; what the tool's output must refer to. */
  id: string
  /** The tool's name, once it is known. */
  name?: string | undefined
  /** The next piece of the arguments' text. */
  arguments?: string | undefined
  /** The arguments, whole and parsed. Replaces what the pieces built. */
  input?: unknown
}

/** Where a format puts what it reads. One for every stream. */
export interface FormatOutput {
  /** Appends to the text. Texts with different keys are different parts of the output. */
  text(delta: string, key?: string): void
  /** Appends to the reasoning. */
  reasoning(delta: string, key?: string): void
  /** Appends to the refusal. */
  refusal(delta: string): void
  /** Begins a tool call, or goes on with it. */
  toolCall(piece: ToolCallPiece): void
  /** Says who is answering. */
  metadata(fields: { responseId?: string | undefined; model?: string | undefined }): void
  /** Says how many tokens it took. What is not known may be left out. */
  usage(usage: Partial<Usage>): void
  /**
   * The proper end has been seen, and more may follow: the run is `complete` if the body ends now.
   *
   * @param raw the wire's own word
   * @param reason what it means; by default what it means in OpenAI's formats
   */
  finish(raw?: string, reason?: FinishReason): void
  /** The proper end has been seen, and nothing that counts follows: the run settles at once. */
  end(raw?: string, reason?: FinishReason): void
  /** The stream says that the completion failed: a message, or an error object of any usual shape. */
  fail(error: unknown): void
  /** Anything else. */
  emit(event: CompletionEvent): void
}

/** The output of one stream, and whether its proper end has been seen. */
export class OutputWriter implements FormatOutput {
  /** How many events it has emitted. */
  emitted = 0
  /** Whether the proper end has been seen. */
  finished = false
  /** Whether the stream has said how it ended: nothing after it counts. */
  ended = false
  readonly #items = new Map<string, number>()

  readonly #emit: Emit

  constructor(emit: Emit) {
    this.#emit = emit
  }

  emit(event: CompletionEvent) {
    this.emitted++
    this.#emit(event)
  }

  text(delta: string, key = '') {
    this.#append('text', this.#itemOf(`text ${key}`), delta)
  }

  reasoning(delta: string, key = '') {
    this.#append('reasoning', this.#itemOf(`reasoning ${key}`), delta)
  }

  refusal(delta: string) {
    this.#append('refusal', this.#itemOf('refusal'), delta)
  }

  toolCall({ id, name, arguments: delta, input }: ToolCallPiece) {
    const key = `call ${id}`
    const known = this.#items.has(key)
    const item = this.#itemOf(key)
    const place = { choice: 0, item }
    if (!known) {
      const value = { type: 'function_call', call_id: id, name: name ?? '', status: 'in_progress' }
      this.emit({ type: 'item-added', ...place, value })
    } else if (name !== undefined) {
      this.emit({ type: 'item-changed', ...place, fields: { name } })
    }
    if (delta !== undefined) this.#append('arguments', item, delta)
    if (input !== undefined) {
      const value = JSON.stringify(input)
      this.emit({ type: 'done', ...place, channel: 'arguments', part: 0, value })
    }
  }

  metadata(fields: { responseId?: string | undefined; model?: string | undefined }) {
    this.emit({ type: 'metadata', ...fields })
  }

  usage(usage: Partial<Usage>) {
    const none = {
      inputTokens: undefined,
      outputTokens: undefined,
      totalTokens: undefined,
      reasoningTokens: undefined,
      cachedInputTokens: undefined,
      raw: undefined,
    }
    this.emit({ type: 'usage', usage: { ...none, ...usage } })
  }

  finish(raw?: string, reason?: FinishReason) {
    this.finished = true
    if (raw === undefined) return
    this.emit({ type: 'finish', choice: 0, reason: reason ?? finishReasonOf(raw), raw })
  }

  end(raw?: string, reason?: FinishReason) {
    this.finish(raw, reason)
    this.#end({ type: 'end', proper: true })
  }

  fail(error: unknown) {
    this.#end({ type: 'failure', error: apiError(error) })
  }

  #end(event: CompletionEvent) {
    this.ended = true
    this.emit(event)
  }

  #append(channel: 'text' | 'reasoning' | 'refusal' | 'arguments', item: number, delta: string) {
    this.emit({ type: 'delta', choice: 0, item, channel, part: 0, delta })
  }

  /** The place of an item among the output's: items stand in the order in which they began. */
  #itemOf(key: string): number {
    let item = this.#items.get(key)
    if (item === undefined) {
      item = this.#items.size
      this.#items.set(key, item)
    }
    return item
  }
}
