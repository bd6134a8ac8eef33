/** What a scripted completion says, whatever format it says it in. */
export interface ScriptedCompletion {
  text?: string | undefined
  reasoning?: string | undefined
  /** What the model says before the answer: a message of its own whose `phase` is `commentary`. */
  commentary?: string | undefined
  refusal?: string | undefined
  toolCalls?: readonly ScriptedToolCall[] | undefined
  /**
   * Why it ends. Without it, it is `'tool-calls'` where there are some, else `'stop'`.
   */
  finishReason?: 'stop' | 'length' | 'content-filter' | undefined
  usage?: { inputTokens: number; outputTokens: number } | undefined
  /** An error that the provider reports in the stream, instead of an end. */
  error?: { message: string; code?: string | undefined } | undefined
  /** @default 'resp_1' */
  responseId?: string | undefined
  /** @default 'gpt-5-mini' */
  model?: string | undefined
}

export interface ScriptedToolCall {
  name: string
  /** The arguments: JSON, or a value that is sent as JSON. */
  arguments: unknown
  /** @default 'call_0', 'call_1', … */
  id?: string | undefined
}

/** The same with every default filled in, and the strings cut into deltas. */
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

/** Cuts what a completion says into deltas of about `length` characters, or into words. */
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

/** Words with the space before them, as tokens mostly are; never half a surrogate pair. */
const words = /\s*[^\s]{1,8}|\s+/gu

function deltasOf(text: string, length: number | undefined): readonly string[] {
  if (length === undefined) return text.match(words) ?? []
  if (!(length >= 1)) throw new RangeError(`deltaLength must be at least 1, not ${length}.`)
  return text.match(new RegExp(`.{1,${Math.floor(length)}}`, 'gsu')) ?? []
}
