import { isRecord, type JsonRecord } from '../formats/json.ts'

/** A newly opened item of a type, without anything in it yet. */
export function emptyItem(type: string): JsonRecord {
  return withItemShape({ type, status: 'in_progress' })
}

/**
 * The item with the fields that its type promises, whatever the wire sent in their place; the same
 * object if nothing was amiss. Items of other types are kept as they come.
 */
export function withItemShape(item: JsonRecord): JsonRecord {
  switch (item['type']) {
    case 'message':
      return withFields(item, { content: partsOf(item['content']) })
    case 'reasoning':
      return withFields(item, {
        summary: partsOf(item['summary']),
        ...(item['content'] === undefined ? {} : { content: partsOf(item['content']) }),
      })
    case 'function_call':
      return withFields(item, {
        name: textOf(item['name']),
        arguments: textOf(item['arguments']),
      })
    case 'custom_tool_call':
      return withFields(item, { name: textOf(item['name']), input: textOf(item['input']) })
    default:
      return item
  }
}

function withFields(item: JsonRecord, fields: JsonRecord): JsonRecord {
  return Object.keys(fields).every((name) => item[name] === fields[name])
    ? item
    : { ...item, ...fields }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function partsOf(value: unknown): unknown {
  if (!Array.isArray(value)) return []
  return value.every(isPart) ? value : value.filter(isPart)
}

function isPart(part: unknown): boolean {
  if (!isRecord(part)) return false
  switch (part['type']) {
    case 'output_text':
    case 'reasoning_text':
    case 'summary_text':
      return typeof part['text'] === 'string'
    case 'refusal':
      return typeof part['refusal'] === 'string'
    default:
      return true
  }
}
