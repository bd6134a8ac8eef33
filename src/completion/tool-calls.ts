import { recordOf, recordsOf, textOf, type JsonRecord } from '../json/json-record.ts'
import { parseJson } from '../json/parse-json.ts'
import { parseOpenJson } from '../json/parse-open-json.ts'
import type { Approval, OutputItem, ToolCall } from './output-item.ts'

const ownCall = /^(function|custom_tool)_call$/
const anyCall = /^(function|custom_tool|apply_patch|computer|(local_)?shell|tool_search)_call$/

/** Whether an item is the call of one of the app's own tools. */
export function isOwnCall({ type }: { type?: unknown }): boolean {
  return ownCall.test(type as string)
}

/** Whether the arguments of an item are complete, if it is a function call. */
export function isWholeCall({ type, arguments: text }: JsonRecord): boolean {
  return type !== 'function_call' || text === '' || parseJson(text as string) !== undefined
}

/**
 * Whether an item is a call for the app to run. The provider itself runs calls in its container or on its
 * server, and calls of its own tools that the same output answers. A shell call without an environment is
 * for the app, because not every server names the local one.
 *
 * @param answered see {@link answersIn}
 */
export function isForApp(item: JsonRecord, answered: ReadonlySet<unknown>): boolean {
  const { type, call_id: callId, environment, execution } = item
  return (
    anyCall.test(type as string) &&
    (isOwnCall(item) ||
      !(
        answered.has(callId) ||
        /^(container|server)/.test(textOf(execution ?? recordOf(environment)['type']))
      ))
  )
}

/** The ids of the calls and approval requests that the output itself answers. */
export function answersIn(output: readonly OutputItem[]): ReadonlySet<unknown> {
  const ids = new Set<unknown>()
  for (const {
    type,
    id,
    call_id: callId,
    approval_request_id: requestId,
  } of output as object as JsonRecord[]) {
    if (textOf(type).endsWith('_output')) ids.add(callId ?? id)
    if (requestId) ids.add(requestId)
  }
  return ids
}

/** Returns the tool call of an item. */
export function toolCallOf(item: JsonRecord, position: number): ToolCall {
  const { type, call_id: callId, id, name, status, caller, namespace, async } = item
  const [, own, short] = /^(function|custom)?(.*?)_call$/.exec(
    type as string,
  ) as unknown as string[]
  return withInput(
    {
      // Some servers send no id; the app still needs something to tell its calls apart.
      id: textOf(callId) || textOf(id) || `call_${position}`,
      type: (own ?? type) as ToolCall['type'],
      name: (own ? name : short) as string,
      arguments: argumentsOf(item),
      status: textOf(status) || 'in_progress',
      ...(caller != null && { caller }),
      ...(namespace != null && { namespace }),
      ...(async != null && { async }),
    },
    own === 'custom',
  ) as ToolCall
}

/** Returns what an item asks the user to approve, each with the wire object that asks. */
export function approvalsOf(
  item: OutputItem,
  output: readonly OutputItem[],
): (readonly [JsonRecord, Approval])[] {
  const record = item as object as JsonRecord
  const { type, call_id: callId, pending_safety_checks: checks } = record
  const isComputer = type === 'computer_call'
  const called = (output as object as JsonRecord[]).find(
    (other) => isOwnCall(other) && other['call_id'] === callId,
  )
  return (isComputer ? recordsOf(checks) : [record]).map((asked) => [
    asked,
    withInput({
      id: textOf(asked['id']),
      name: isComputer ? 'computer' : textOf((called ?? record)['name']),
      arguments: argumentsOf(called ?? record),
      message: textOf(asked['message']) || undefined,
      item,
    }) as Approval,
  ])
}

function argumentsOf(item: JsonRecord): string {
  const { arguments: own, input = own, operation = input, action = operation } = item
  const value = action ?? item['actions']
  return typeof value === 'string' ? value : value == null ? '' : JSON.stringify(value)
}

function withInput<T extends { arguments: string }>(call: T, isText?: boolean): T {
  let parsed: { input: unknown } | undefined
  const text = call.arguments
  // Not enumerable, so that code that walks over a state does not parse it.
  return Object.defineProperty(call, 'input', {
    get: () => (parsed ??= { input: isText ? text : parseOpenJson(text) }).input,
  })
}
