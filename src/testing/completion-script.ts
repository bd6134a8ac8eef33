/** The content of a scripted completion, for any format. */
export interface ScriptedCompletion {
  text?: string | undefined
  reasoning?: string | undefined
  /** A message before the answer, with `phase: 'commentary'`. */
  commentary?: string | undefined
  refusal?: string | undefined
  toolCalls?: readonly ScriptedToolCall[] | undefined
  /**
   * The finish reason. By default `'tool-calls'` if there are tool calls, else `'stop'`.
   */
  finishReason?: 'stop' | 'length' | 'content-filter' | undefined
  usage?: { inputTokens: number; outputTokens: number } | undefined
  /** An error that the provider reports in the stream, in place of an end marker. */
  error?: { message: string; code?: string | undefined } | undefined
  /** @default 'resp_1' */
  responseId?: string | undefined
  /** @default 'gpt-5-mini' */
  model?: string | undefined
}

export interface ScriptedToolCall {
  name: string
  /** The arguments: JSON text, or a value that is sent as JSON. */
  arguments: unknown
  /** @default 'call_0', 'call_1', … */
  id?: string | undefined
}

/** The script with all defaults filled in, and its strings cut into deltas. */
export interface DeltaScript {
  readonly text: readonly string[]
  readonly reasoning: readonly string[]
  readonly commentary: readonly string[]
  readonly refusal: readonly string[]
  readonly toolCalls: readonly {
    readonly id: string
    readonly name: string
    readonly arguments: readonly string[]
  }[]
  readonly finishReason: 'stop' | 'length' | 'content-filter' | 'tool-calls'
  readonly usage: ScriptedCompletion['usage']
  readonly error: ScriptedCompletion['error']
  readonly responseId: string
  readonly model: string
}

/** Cuts the content of a completion into deltas of about `length` characters, or into words. */
export function cutIntoDeltas(
  completion: ScriptedCompletion,
  length: number | undefined,
): DeltaScript {
  const { text = '', reasoning = '', commentary = '', refusal = '' } = completion
  const { toolCalls = [], usage, error } = completion
  const cut = (whole: string) => deltasOf(whole, length)
  return {
    text: cut(text),
    reasoning: cut(reasoning),
    commentary: cut(commentary),
    refusal: cut(refusal),
    toolCalls: toolCalls.map(({ name, arguments: given, id }, index) => ({
      id: id ?? `call_${index}`,
      name,
      arguments: cut(typeof given === 'string' ? given : JSON.stringify(given)),
    })),
    finishReason: completion.finishReason ?? (toolCalls.length > 0 ? 'tool-calls' : 'stop'),
    usage,
    error,
    responseId: completion.responseId ?? 'resp_1',
    model: completion.model ?? 'gpt-5-mini',
  }
}

/** Words with the preceding space, like most tokens. Never splits a surrogate pair. */
const words = /\s*[^\s]{1,8}|\s+/gu

function deltasOf(text: string, length: number | undefined): readonly string[] {
  if (length === undefined) return text.match(words) ?? []
  if (!(length >= 1)) throw new RangeError(`deltaLength must be at least 1, not ${length}.`)
  return text.match(new RegExp(`.{1,${Math.floor(length)}}`, 'gsu')) ?? []
}
