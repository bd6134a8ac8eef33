import { CompletionError, type CompletionErrorInit } from '../errors/completion-error.ts'
import { isRecord, recordsOf, type JsonRecord } from '../json/json-record.ts'
import { stopped } from '../tools/call-tool.ts'
import { messageOf } from '../tools/describe-tools.ts'
import type { ToolResult } from '../tools/tool-result.ts'
import { startedState, stateFields } from './started-state.ts'
import type { PlacedTurn } from './turn-tree.ts'
import type { StartedState, Turn } from './turn.ts'
import { inputText } from './user-input.ts'

const schema = 'use-streaming-completion/conversation'
const version = 1

/** What was sent while the conversation was busy, and waits for its turn. */
export interface QueuedInput<Input = unknown> {
  readonly id: string
  readonly input: Input
}

/** A conversation as JSON: all turns with all their versions, and what waits. */
export interface ConversationDocument {
  readonly schema: typeof schema
  /** The version of this format. */
  readonly version: number
  /** The turns, each after the one that it follows, which is its `parent`. */
  readonly turns: readonly JsonRecord[]
  readonly queue: readonly QueuedInput[]
}

/** Writes a conversation down. It is all JSON, if the inputs are. */
export function writeDocument<Input>(
  turns: readonly PlacedTurn<Input>[],
  queue: readonly QueuedInput<Input>[],
): ConversationDocument {
  return {
    schema,
    version,
    turns: turns.map(({ turn, parent, isShown }) => ({
      ...(parent !== undefined && { parent }),
      ...(!isShown && { isHidden: true }),
      ...turnFields(turn),
    })),
    queue,
  }
}

function turnFields<Input>(turn: Turn<Input>): JsonRecord {
  const { id, role } = turn
  if (role === 'user') return { id, role, input: turn.input }
  const { id: _, role: __, branches: ___, ...state } = turn
  return { id, role, ...stateFields(state), ...errorFields(state) }
}

function errorFields({ error, abortReason }: StartedState): JsonRecord {
  if (error) {
    // The message is not enumerable, and a cause may hold anything.
    const { message, cause: _, ...fields } = error
    return { error: { message, ...fields } }
  }
  // A reason may be anything too.
  return isRecord(abortReason) ? { abortReason: messageOf(abortReason) } : {}
}

/**
 * Reads a document back, perhaps of an earlier version.
 *
 * @throws TypeError for anything else. The document is left as it is.
 */
export function readDocument<Input>(initial: unknown): {
  turns: PlacedTurn<Input>[]
  queue: QueuedInput<Input>[]
} {
  const document = parse(initial)
  const ids = new Set<unknown>()
  const turns = recordsOf(document['turns']).map((fields, index): PlacedTurn<Input> => {
    const { id, parent, isHidden } = fields
    try {
      if (typeof id !== 'string' || ids.has(id)) throw new TypeError('its id is missing or taken')
      if (parent !== undefined && !ids.has(parent))
        throw new TypeError('what it follows is missing')
      ids.add(id)
      return {
        parent: parent as string | undefined,
        turn: readTurn(fields),
        isShown: !isHidden,
      }
    } catch (thrown) {
      return reject(`its turn ${index} cannot be read: ${messageOf(thrown)}`)
    }
  })
  return { turns, queue: recordsOf(document['queue']) as unknown as QueuedInput<Input>[] }
}

function parse(initial: unknown): JsonRecord {
  let document = initial
  try {
    if (typeof initial === 'string') document = JSON.parse(initial)
  } catch (thrown) {
    return reject(`it is no JSON: ${messageOf(thrown)}`)
  }
  if (!isRecord(document) || document['schema'] !== schema) return reject('it is something else')
  const { version: given } = document
  if (typeof given !== 'number' || given > version)
    return reject(
      `it has version ${String(given)}, and this version of the package reads up to ${version}`,
    )
  for (const list of [document['turns'], document['queue']]) {
    if (!Array.isArray(list) || !list.every(isRecord)) return reject('its turns are no list')
  }
  return document
}

function readTurn<Input>(fields: JsonRecord): Turn<Input> {
  const { parent: _, isHidden: __, id, role, results, error, ...rest } = fields
  const base = { id: id as string, branches: [] }
  if (role === 'user') {
    const input = rest['input'] as Input
    return { ...base, role, input, text: inputText(input) }
  }
  if (
    role !== 'assistant' ||
    !/^(connecting|streaming|complete|aborted|error)$/.test(String(rest['status']))
  )
    throw new TypeError('it is neither a question nor an answer')
  if (!Array.isArray(rest['output']) || !Array.isArray(results))
    throw new TypeError('it has no output')
  const isCut = /ing$/.test(String(rest['status']))
  const state = startedState({
    ...(rest as unknown as StartedState),
    // Nothing reads it any more: the page that did is gone.
    ...(isCut && ({ status: 'aborted', abortReason: 'reload' } as object)),
    ...(isRecord(error) &&
      ({ error: new CompletionError(error as unknown as CompletionErrorInit) } as object)),
  })
  return { ...base, role, ...state, results: (results as ToolResult[]).map(loaded) }
}

/** A tool that ran when the page was left is not run again: nobody knows how far it came. */
function loaded(result: ToolResult): ToolResult {
  return result.status === 'running' ? { ...result, ...stopped } : result
}

function reject(why: string): never {
  throw new TypeError(
    `The document is not a conversation that can be loaded: ${why}. It was left unchanged.`,
  )
}
