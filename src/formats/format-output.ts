import { isCompletionError } from '../errors/completion-error.ts'
import { parseJson } from '../json/parse-json.ts'
import { apiError } from '../errors/api.ts'
import type { Channel } from './vocabulary/channel.ts'
import type { CompletionEvent, Emit, Ending } from './vocabulary/completion-event.ts'
import { isFailure, type FinishReason } from './vocabulary/finish-reason.ts'
import { failureOf } from './reported-error.ts'
import type { Usage } from './vocabulary/usage.ts'

/** A piece of a tool call. */
export interface ToolCallPiece {
  /** Identifies the call. The tool's output must refer to it. */
  id: string
  /** The tool's name, as soon as it is known. */
  name?: string | undefined
  /** The next piece of the arguments, as text. */
  arguments?: string | undefined
  /**
   * The complete arguments, parsed or as text. They replace the text built from the pieces, unless both
   * mean the same.
   */
  input?: unknown
  /** Whether the arguments are free text, and not JSON. Read from the first piece. */
  isText?: boolean | undefined
  /** How the call ended, as soon as that is known. Not needed for a call that is open when the run settles. */
  status?: 'completed' | 'incomplete' | 'failed' | undefined
}

/** A request for the user's decision. */
export interface ApprovalRequest {
  /** Identifies the request. The answer must refer to it. */
  id: string
  /**
   * The tool call that waits for the decision. The approval has its name and arguments. While it waits, the
   * call is not in `toolCalls`, because the app must not run it.
   */
  callId?: string | undefined
  /** The tool's name, if the call is not in this stream. */
  name?: string | undefined
  /** The arguments, parsed or as text, if the call is not in this stream. */
  input?: unknown
  /** A message for the user. */
  message?: string | undefined
  /** The unmodified request. Its fields are also on the item in `output`. */
  raw?: Record<string, unknown> | undefined
}

/** Receives what a format reads. Each stream has its own. */
export interface FormatOutput {
  /** Appends to the text. Each key is a separate item of the output. */
  text(delta: string, key?: string): void
  /** Appends to the reasoning. */
  reasoning(delta: string, key?: string): void
  /** Appends to the refusal. */
  refusal(delta: string): void
  /** Starts a tool call, or continues it. */
  toolCall(piece: ToolCallPiece): void
  /** Asks for the user's decision. An output of the call, if it has one, counts as the answer. */
  approval(request: ApprovalRequest): void
  /** Adds a citation to the text of this key. */
  annotation(annotation: Record<string, unknown>, key?: string): void
  /**
   * Adds an item of any other type to the output (an image, a tool's output, a custom part), or replaces the
   * item with this key.
   */
  item(key: string, value: Record<string, unknown>): void
  /** Starts a step. `resetStep` removes everything written after this call. */
  startStep(): void
  /**
   * Removes the text, reasoning, calls and items written since the last `startStep`, or since the start of
   * the stream. Their keys and ids can be used again.
   */
  resetStep(): void
  /** Sets the identifier of the response and the name of the model. */
  metadata(fields: { responseId?: string | undefined; model?: string | undefined }): void
  /** Sets the token counts. Omitted counts keep their previous value. */
  usage(usage: Partial<Usage>): void
  /**
   * Marks the proper end, after which more may follow: the run is `complete` if the body ends now.
   *
   * @param raw the finish reason as the server sent it
   * @param reason what it means; by default its meaning in OpenAI's formats
   */
  finish(raw?: string, reason?: FinishReason): void
  /** Takes back `finish`: the run is `truncated` if the body ends now. */
  reopen(): void
  /** Marks the proper end, after which nothing counts: the run settles at once. */
  end(raw?: string, reason?: FinishReason): void
  /**
   * Fails the run with a message, an error object of any usual shape, or a `CompletionError`.
   */
  fail(error: unknown): void
  /** Accepts an event that looks like an error but does not concern this run. */
  ignore(): void
  /** Emits any other event. It must not use the places of items that the other methods opened. */
  emit(event: CompletionEvent): void
}

/** Writes the output of one stream, and keeps whether its proper end has been seen. */
export class OutputWriter implements FormatOutput {
  /** How many events have been emitted. */
  emitted = 0
  /** Whether the proper end has been seen. */
  finished = false
  /** Whether the outcome is known. Nothing after it counts. */
  ended = false
  /** How many events were ignored. */
  ignored = 0
  readonly #items = new Map<string, number>()
  /** Places are never reused, because a snapshot may still show the previous item. */
  #places = 0
  #stepStart = 0
  /** The arguments built from pieces so far, by the place of their call. */
  readonly #arguments = new Map<number, string>()
  /** The places of the calls whose arguments are text. */
  readonly #texts = new Set<number>()
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

  toolCall({ id, name, arguments: delta, input, isText, status }: ToolCallPiece): void {
    const key = `call ${id}`
    const known = this.#items.has(key)
    const item = this.#itemOf(key)
    const place = { choice: 0, item }
    if (!known) {
      if (isText) this.#texts.add(item)
      const type = isText ? 'custom_tool_call' : 'function_call'
      const value = { type, call_id: id, name: name ?? '', status: 'in_progress' }
      this.emit({ type: 'item-added', ...place, value })
    } else if (name !== undefined) {
      this.emit({ type: 'item-changed', ...place, value: { name } })
    }
    const channel = this.#texts.has(item) ? 'custom_tool_call_input' : 'function_call_arguments'
    if (delta) {
      this.#arguments.set(item, (this.#arguments.get(item) ?? '') + delta)
      this.#append(channel, item, delta)
    }
    if (input !== undefined) {
      const value = textOfInput(input) as string
      // The model's own text is kept if it differs from the serialised value in spaces only.
      if (compact(this.#arguments.get(item)) !== compact(value)) {
        this.emit({ type: 'done', ...place, channel, part: 0, value })
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
    // Even without a reason, an event must be emitted: it shows that the wire was understood.
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

  ignore(): void {
    this.ignored++
  }

  #end(event: Ending) {
    this.ended = true
    this.emit(event)
  }

  #append(channel: Channel, item: number, delta: string) {
    if (delta === '') return
    this.emit({ type: 'delta', choice: 0, item, channel, part: 0, delta })
  }

  /** The place of an item in the output. Items are in the order in which they began. */
  #itemOf(key: string): number {
    let item = this.#items.get(key)
    if (item === undefined) {
      item = this.#places++
      this.#items.set(key, item)
    }
    return item
  }
}

/** `base` with the fields of `fields` that are not `undefined`. */
function withoutUndefined<T extends object>(base: T, fields: Partial<T>): T {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined)
  return { ...base, ...Object.fromEntries(known) }
}

function textOfInput(input: unknown): string | undefined {
  return typeof input === 'string' ? input : JSON.stringify(input)
}

/** JSON text without insignificant spaces. Other text is returned unchanged. */
function compact(text = ''): string {
  const value = parseJson(text)
  return value === undefined ? text : JSON.stringify(value)
}
