import type { SettledState } from '../../src/core.ts'

/** The state that a recording must lead to. test/fixtures/wire/README.md defines the fields. */
export interface Expectation {
  format: string
  inner?: string
  text: string
  reasoning: string
  refusal: string
  toolCalls: { id: string; name: string; arguments: string }[]
  toolCallTypes?: ('function' | 'custom')[]
  finishReason: string | null
  usage: unknown
  usageNormalized?: unknown
  responseId: string | null
  model: string | null
  terminal: 'completed' | 'incomplete' | 'failed' | 'error'
  terminalAccept?: string[]
  error?: { message: string; code: string | number | null }
  annotations: number
  items?: string[]
}

export interface Difference {
  field: string
  expected: unknown
  actual: unknown
}

export function differences(expected: Expectation, state: SettledState): Difference[]

export function describeDifference(difference: Difference): string
