import { isCompletionError } from '../errors/completion-error.ts'
import { parseJson } from '../json/parse-json.ts'
import { apiError } from '../errors/api.ts'
import type { Channel } from './vocabulary/channel.ts'
import type { CompletionEvent, Emit, Ending } from './vocabulary/completion-event.ts'
import { isFailure, type FinishReason } from './vocabulary/finish-reason.ts'
import { failureOf } from './reported-error.ts'
import type { Usage } from './vocabulary/usage.ts'

/** A tool call as a format reads it, piece by piece. */
export interface ToolCallPiece {
  /** Tells the call apart from the others; what the tool's output must refer to. */
  id: string
  /** The tool's name, once it is known. */
  name?: string | undefined
  /** The next piece of the arguments' text. */
  arguments?: string | undefined
  /**
   * The arguments, whole: parsed, or a string that is their text. Replaces what the pieces built,
   * unless that means the same.
   */
  input?: unknown
  /** How the call ended, as soon as that is known. One that is open when the run settles needs none. */
  status?: 'completed' | 'incomplete' | 'failed' | undefined
}

/** What waits for the user's decision, as a format reads it. */
export interface ApprovalRequest {
  /** What the answer must refer to. */
  id: string
  /**
   * The tool call that waits. Its name and arguments are those of the approval, and the app is not to
   * run it: it is not among `toolCalls` for as long as it waits.
   */
  callId?: string | undefined
  /** The tool's name, where no call of this stream has it. */
  name?: string | undefined
  /** The arguments, parsed, or a string that is their text, where no call of this stream has them. */
  input?: unknown
  /** What to tell the user. */
  message?: string | undefined
  /** The request as the wire has it: its fields stand on the item in `output`. */
  raw?: Record<string, unknown> | undefined
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
  /** Something waits for the user's decision. It is answered by an output of its call, if it has one. */
  approval(request: ApprovalRequest): void
  /** Adds a citation to the text of this key. */
  annotation(annotation: Record<string, unknown>, key?: string): void
  /**
   * Puts an item of any other type into the output (an image, a tool's output, a part of the app's
   * own), or replaces the one that was put there under this key.
   */
  item(key: string, value: Record<string, unknown>): void
  /** A step of the server begins: `resetStep` removes what is written from here on. */
  startStep(): void
  /**
   * The server withdraws what it has written since the last `startStep`, or since the beginning: text,
   * reasoning, calls and items are removed. Their keys and ids stand for new ones from here on.
   */
  resetStep(): void
  /** Says who is answering. */
  metadata(fields: { responseId?: string | undefined; model?: string | undefined }): void
  /** Says how many tokens it took. What is left out stays as it was said before. */
  usage(usage: Partial<Usage>): void
  /**
   * The proper end has been seen, and more may follow: the run is `complete` if the body ends now.
   *
   * @param raw the wire's own word
   * @param reason what it means; by default what it means in OpenAI's formats
   */
  finish(raw?: string, reason?: FinishReason): void
  /** What looked like the proper end was not the last: the run is `truncated` if the body ends now. */
  reopen(): void
  /** The proper end has been seen, and nothing that counts follows: the run settles at once. */
  end(raw?: string, reason?: FinishReason): void
  /**
   * The stream says that the completion failed: a message, an error object of any usual shape, or a
   * ready `CompletionError`.
   */
  fail(error: unknown): void
  /** Anything else. Its places must not be those of items that the other methods opened. */
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
  /** The places are never given twice: a snapshot may still show what was there. */
  #places = 0
  #stepStart = 0
  /** What the pieces of a call's arguments have built, by the call's place. */
  readonly #arguments = new Map<number, string>()
  #usage: Usage = {
    inputTokens: undefined,
    outputTokens: undefined,
    totalTokens: undefined,
    reasoningTokens: undefined,
    cachedInputTokens: undefined,
    cacheWriteTokens: undefined,
    raw: undefined,
  }
  readonly #emit: Emit

  constructor(emit: Emit) {
    this.#emit = emit
  }

  emit(event: CompletionEvent): void {
    this.emitted++
    this.#emit(event)
  }

  text(delta: string, key = ''): void {
    this.#append('output_text', this.#itemOf(`text ${key}`), delta)
  }

  reasoning(delta: string, key = ''): void {
    this.#append('reasoning_text', this.#itemOf(`reasoning ${key}`), delta)
  }

  refusal(delta: string): void {
    this.#append('refusal', this.#itemOf('refusal'), delta)
  }

  toolCall({ id, name, arguments: delta, input, status }: ToolCallPiece): void {
    const key = `call ${id}`
    const known = this.#items.has(key)
    const item = this.#itemOf(key)
    const place = { choice: 0, item }
    if (!known) {
      const value = { type: 'function_call', call_id: id, name: name ?? '', status: 'in_progress' }
      this.emit({ type: 'item-added', ...place, value })
    } else if (name !== undefined) {
      this.emit({ type: 'item-changed', ...place, value: { name } })
    }
    if (delta) {
      this.#arguments.set(item, (this.#arguments.get(item) ?? '') + delta)
      this.#append('function_call_arguments', item, delta)
    }
    if (input !== undefined) {
      const value = textOfInput(input) as string
      // The text as the model wrote it: only its spaces may differ from what is made of the value.
      if (compact(this.#arguments.get(item)) !== compact(value)) {
        this.emit({ type: 'done', ...place, channel: 'function_call_arguments', part: 0, value })
      }
    }
    if (status !== undefined) this.emit({ type: 'item-changed', ...place, value: { status } })
  }

  approval({ id, callId, name, input, message, raw }: ApprovalRequest): void {
    this.item(`approval ${id}`, {
      ...raw,
      type: 'approval_request',
      id,
      call_id: callId,
      name,
      arguments: textOfInput(input),
      message,
    })
  }

  annotation(annotation: Record<string, unknown>, key = ''): void {
    const item = this.#itemOf(`text ${key}`)
    this.emit({ type: 'annotation', choice: 0, item, part: 0, index: undefined, annotation })
  }

  item(key: string, value: Record<string, unknown>): void {
    this.emit({ type: 'item-done', choice: 0, item: this.#itemOf(`item ${key}`), value })
  }

  startStep(): void {
    this.#stepStart = this.#places
  }

  resetStep(): void {
    for (const [key, item] of this.#items) {
      if (item < this.#stepStart) continue
      this.#items.delete(key)
      this.#arguments.delete(item)
      this.emit({ type: 'item-removed', choice: 0, item })
    }
  }

  metadata(fields: { responseId?: string | undefined; model?: string | undefined }): void {
    this.emit({ type: 'metadata', ...fields })
  }

  usage(usage: Partial<Usage>): void {
    this.#usage = withoutUndefined(this.#usage, usage)
    this.emit({ type: 'metadata', usage: this.#usage })
  }

  finish(raw?: string, reason?: FinishReason): void {
    if (raw !== undefined && reason === undefined && isFailure(raw)) {
      this.fail(failureOf(raw, raw))
      return
    }
    this.finished = true
    // Without a word too it says something: that the event was understood.
    this.emit(raw === undefined ? { type: 'metadata' } : { type: 'choice', choice: 0, reason, raw })
  }

  reopen(): void {
    this.finished = false
  }

  end(raw?: string, reason?: FinishReason): void {
    this.finish(raw, reason)
    if (!this.ended) this.#end({ type: 'complete' })
  }

  fail(error: unknown): void {
    this.#end({ type: 'failed', error: isCompletionError(error) ? error : apiError(error) })
  }

  #end(event: Ending) {
    this.ended = true
    this.emit(event)
  }

  #append(channel: Channel, item: number, delta: string) {
    if (delta === '') return
    this.emit({ type: 'delta', choice: 0, item, channel, part: 0, delta })
  }

  /** The place of an item among the output's: items stand in the order in which they began. */
  #itemOf(key: string): number {
    let item = this.#items.get(key)
    if (item === undefined) {
      item = this.#places++
      this.#items.set(key, item)
    }
    return item
  }
}

/** `base` with those of `fields` that say something. */
function withoutUndefined<T extends object>(base: T, fields: Partial<T>): T {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined)
  return { ...base, ...Object.fromEntries(known) }
}

function textOfInput(input: unknown): string | undefined {
  return typeof input === 'string' ? input : JSON.stringify(input)
}

/** JSON text without its spaces, and text that is no JSON as it is. */
function compact(text = ''): string {
  const value = parseJson(text)
  return value === undefined ? text : JSON.stringify(value)
}
