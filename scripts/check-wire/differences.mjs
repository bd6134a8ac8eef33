import { isDeepStrictEqual } from 'node:util'

const responsesFinishReasons = new Map([
  // Pending approvals are derived from the output; no event names them.
  ['approval', 'stop'],
  ['stop', 'stop'],
  ['refusal', 'stop'],
  ['tool-calls', 'tool_calls'],
  ['length', 'length'],
  ['content-filter', 'content_filter'],
])

/** Returns the fields in which a settled state differs from a recording's expectation. */
export function differences(expected, state) {
  const found = []
  const compare = (field, wanted, got) => {
    if (!isDeepStrictEqual(wanted, got)) found.push({ field, expected: wanted, actual: got })
  }

  const format = expected.inner ?? expected.format
  const terminals = expected.terminalAccept ?? [expected.terminal]
  const outcome = state.status === 'error' ? `error (${state.error.kind})` : state.status
  const accepted = new Set(terminals.map(outcomeOf))
  if (!accepted.has(outcome)) {
    const why = state.error ? `${outcome}: ${state.error.message}` : outcome
    found.push({ field: 'terminal', expected: [...accepted].join(' or '), actual: why })
  }
  if (expected.error && state.error) {
    compare('error.message', expected.error.message, state.error.message)
    compare('error.code', textOf(expected.error.code), state.error.code)
  }

  compare('text', expected.text, state.text)
  compare('reasoning', expected.reasoning, state.reasoning)
  compare('refusal', expected.refusal, state.refusal)
  const parsed = expected.format === 'ai-sdk-ui'
  compare('toolCalls', expectedCalls(expected), state.toolCalls.map(parsed ? parsedCallOf : callOf))
  compare(
    'finishReason',
    expected.finishReason,
    format === 'openai-responses'
      ? (responsesFinishReasons.get(state.finishReason) ?? state.finishReason ?? null)
      : (state.rawFinishReason ?? null),
  )
  compare('usage', expected.usage, state.usage?.raw ?? null)
  compare('usageNormalized', expected.usageNormalized ?? null, normalisedUsage(state.usage))
  compare('responseId', expected.responseId ?? undefined, state.responseId)
  compare('model', expected.model ?? undefined, state.model)
  compare('annotations', expected.annotations, countAnnotations(state))
  if (expected.items) {
    compare(
      'items',
      expected.items,
      state.output.map(({ type }) => type),
    )
  }
  return found
}

function outcomeOf(terminal) {
  return terminal === 'completed' || terminal === 'incomplete' ? 'complete' : 'error (api)'
}

function textOf(code) {
  return code === null || code === undefined ? undefined : String(code)
}

function expectedCalls({ toolCalls, toolCallTypes }) {
  return toolCalls.map(({ id, name, ...rest }, position) => ({
    id,
    type: toolCallTypes?.[position] ?? 'function',
    name,
    ...rest,
  }))
}

function parsedCallOf({ id, type, name, arguments: text }) {
  try {
    return { id, type, name, input: JSON.parse(text) }
  } catch {
    return { id, type, name, arguments: text }
  }
}

function callOf({ id, type, name, arguments: text }) {
  return { id, type, name, arguments: text }
}

function normalisedUsage(usage) {
  if (!usage) return null
  const { inputTokens, outputTokens, totalTokens } = usage
  return { inputTokens, outputTokens, totalTokens }
}

function countAnnotations({ output }) {
  return output
    .filter(({ type }) => type === 'message')
    .flatMap(({ content }) => content)
    .reduce((count, part) => count + (part.annotations?.length ?? 0), 0)
}

/** Describes one difference: for texts, only the position where they diverge. */
export function describeDifference({ field, expected, actual }) {
  const [wanted, got] = [expected, actual].map((value) =>
    typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined'),
  )
  let same = 0
  while (same < wanted.length && wanted[same] === got[same]) same++
  const from = Math.max(0, same - 20)
  const excerpt = (text) =>
    (from > 0 ? '…' : '') +
    JSON.stringify(text.slice(from, from + 100)).slice(1, -1) +
    (text.length > from + 100 ? '…' : '')
  const place = from > 0 ? ` (from character ${from})` : ''
  return `${field}${place}\n  expected ${excerpt(wanted)}\n  got      ${excerpt(got)}`
}
