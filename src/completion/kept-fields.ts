import { isRecord, type JsonRecord } from '../formats/json.ts'

/** The fields of an item that deltas and other events fill. */
const builtNames = ['content', 'summary', 'arguments', 'input', 'name', 'call_id', 'status']

/**
 * What was built and another value of the item leaves empty, in the item or in one of its parts: some
 * proxies close an item with its shell.
 */
export function keptFields(built: JsonRecord, value: JsonRecord): JsonRecord {
  const kept: JsonRecord = {}
  for (const name of builtNames) {
    const before = built[name]
    const after = value[name]
    if (isEmpty(before)) continue
    if (isEmpty(after)) kept[name] = before
    else if (Array.isArray(before) && Array.isArray(after)) {
      kept[name] = after.map((part: unknown, at) => keptPart(before[at], part))
    }
  }
  return kept
}

function keptPart(built: unknown, part: unknown): unknown {
  if (!isRecord(built) || !isRecord(part) || built['type'] !== part['type']) return part
  const name = part['type'] === 'refusal' ? 'refusal' : 'text'
  return isEmpty(part[name]) && !isEmpty(built[name]) ? { ...part, [name]: built[name] } : part
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (value as { length?: unknown }).length === 0
}
