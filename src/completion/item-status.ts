import type { JsonRecord } from '../formats/json.ts'

/** The statuses of work that goes on. */
const openStatuses = new Set<unknown>([
  'in_progress',
  'searching',
  'interpreting',
  'generating',
  'calling',
  'compacting',
])

/** Whether nothing has said yet that the item is over. */
export function isOpen(item: JsonRecord): boolean {
  const { status } = item
  return status === undefined ? needsStatus(item) : openStatuses.has(status)
}

/** Whether an item without a status is open for that: the app is shown one. */
export function needsStatus({ type }: JsonRecord): boolean {
  return type === 'function_call' || type === 'custom_tool_call' || type === 'image_generation_call'
}

/** The item, over: `whole` says whether it is all that there was to come. */
export function closed(item: JsonRecord, whole: boolean): JsonRecord {
  return { ...item, status: whole ? 'completed' : 'incomplete' }
}
