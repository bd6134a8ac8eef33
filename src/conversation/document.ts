import { isOpen } from '../completion/item-shape.ts'
import { isRunning } from '../completion/state.ts'
import { isOwnCall } from '../completion/tool-calls.ts'
import { CompletionError, type CompletionErrorInit } from '../errors/completion-error.ts'
import { isRecord, recordOf, recordsOf, type JsonRecord } from '../json/json-record.ts'
import { messageOf } from '../tools/message-of.ts'
import { stopped, type ToolResult } from '../tools/tool-result.ts'
import { startedState, stateFields } from './started-state.ts'
import type { TurnTree } from './turn-tree.ts'
import type { StartedState, Turn } from './turn.ts'
import { inputText } from './user-input.ts'

const schema = 'use-streaming-completion/conversation'
const version = 1

/** An input that was sent while the conversation was busy. */
export interface QueuedInput<Input = unknown> {
  readonly id: string
  readonly input: Input
}

/** A conversation as JSON: all turns with all their versions, and the queue. */
export interface ConversationDocument {
  readonly schema: typeof schema
  /** The version of this format. */
  readonly version: number
  /** The turns. Each comes after the turn that it follows, which is its `parent`. */
  readonly turns: readonly JsonRecord[]
  readonly queue: readonly QueuedInput[]
}

/** Converts a conversation to JSON, provided that its inputs are JSON. */
export function writeDocument<Input>(
  tree: TurnTree<Input>,
  queue: readonly QueuedInput<Input>[],
): ConversationDocument {
  return {
    schema,
    version,
    turns: tree.all().map(({ turn, parent, isShown }) => ({
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
 * Adds the turns of a document, possibly of an earlier version, to an empty tree.
 *
 * @returns the queue of the document
 * @throws TypeError for anything else, with the path of the first invalid field
 */
export function readDocument<Input>(
  initial: unknown,
  tree: TurnTree<Input>,
): readonly QueuedInput<Input>[] {
  try {
    const document = recordOf(typeof initial === 'string' ? JSON.parse(initial) : initial)
    const { turns, queue } = document
    check('', {
      schema: document['schema'] === schema,
      version: Number(document['version']) <= version,
      turns: isListOfRecords(turns),
      queue: isListOfRecords(queue, 'id'),
    })
    recordsOf(turns).forEach((fields, index) => readTurn(fields, tree, `turns[${index}].`))
    return queue as QueuedInput<Input>[]
  } catch (thrown) {
    throw new TypeError(
      `The document is not a conversation that this version can load: ${messageOf(thrown)}. It was left unchanged.`,
      { cause: thrown },
    )
  }
}

function readTurn<Input>(fields: JsonRecord, tree: TurnTree<Input>, path: string) {
  const { parent, isHidden, id, role, input, results, error, nextAttemptAt: _, ...rest } = fields
  const { status, output } = rest
  const isAnswer = role === 'assistant'
  check(path, {
    id: typeof id === 'string' && !tree.get(id),
    parent: parent === undefined || !!tree.get(parent as string),
    role: isAnswer || role === 'user',
    status: !isAnswer || /^(connecting|streaming|complete|aborted|error)$/.test(String(status)),
    output: !isAnswer || isListOfRecords(output, 'type'),
    error: status !== 'error' || isRecord(error),
    results: !isAnswer || isListOfRecords(results, 'status'),
  })
  const state = rest as unknown as StartedState
  const turn = isAnswer
    ? {
        role: 'assistant' as const,
        ...startedState({
          ...state,
          ...(isRecord(error) && {
            error: new CompletionError(error as unknown as CompletionErrorInit),
          }),
          // The page that was reading it no longer exists. As in an answer that is aborted, nothing more
          // arrives, and no call looks ready to run.
          ...(isRunning(state) && {
            status: 'aborted',
            abortReason: 'reload',
            output: recordsOf(output).map((item) =>
              isOpen(item) || isOwnCall(item) ? { ...item, status: 'incomplete' } : item,
            ),
          }),
        } as StartedState),
        results: (results as ToolResult[]).map(loaded),
      }
    : { role: 'user' as const, input: input as Input, text: inputText(input) }
  tree.add(parent as string | undefined, turn, id as string, !isHidden)
}

/** A tool that was running does not run again, because its progress is unknown. */
function loaded(result: ToolResult): ToolResult {
  return result.status === 'running' ? { ...result, ...stopped } : result
}

/** @param name a field that is text in each of the records */
function isListOfRecords(value: unknown, name?: string): boolean {
  const isValid = (each: unknown) =>
    isRecord(each) && (name === undefined || typeof each[name] === 'string')
  return Array.isArray(value) && value.every(isValid)
}

/** @throws Error with the path of the first invalid field */
function check(path: string, fields: Readonly<Record<string, boolean>>) {
  for (const [field, isValid] of Object.entries(fields)) {
    if (!isValid) throw new Error(`${path}${field} is invalid`)
  }
}
