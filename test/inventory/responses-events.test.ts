// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { deepFreeze, foldingResponses } from '../support/folding.ts'
import { callCases } from './cases/calls.ts'
import { hostedCases } from './cases/hosted.ts'
import { lifecycleCases } from './cases/lifecycle.ts'
import { messageCases } from './cases/message.ts'
import { reasoningCases } from './cases/reasoning.ts'
import { shellCases } from './cases/shell.ts'
import { expectAgreement } from './support/agreement.ts'
import { neighbour, type EventCases, type StreamEvent } from './support/event-case.ts'

// Fails to compile when the installed `openai` has an event type that has no case here.
const cases = {
  ...lifecycleCases,
  ...messageCases,
  ...reasoningCases,
  ...callCases,
  ...hostedCases,
  ...shellCases,
} satisfies EventCases<StreamEvent['type']>

const rows = Object.values(cases)

function foldBefore({ before = [] }: { before?: StreamEvent[] }) {
  const folding = foldingResponses()
  folding.read({ type: 'response.output_item.done', output_index: 0, item: neighbour })
  folding.read(...before.map(deepFreeze))
  return folding
}

describe.each(rows)('$event.type', (row) => {
  const { effect, event, after, ending } = row

  test(effect, () => {
    const { ending: endingOf, read, snapshot } = foldBefore(row)
    read(deepFreeze(event))
    expect(snapshot()).toMatchObject(after)
    expect(endingOf()?.type).toBe(ending)
  })

  test('does not replace the other item', () => {
    const { read, snapshot } = foldBefore(row)
    const before = snapshot()
    read(event)
    const now = snapshot()
    expect(now.output[0]).toBe(before.output[0])
    if (effect.includes('changes nothing')) expect(now).toBe(before)
  })

  test('keeps the channels consistent with the output', () => {
    const { read, snapshot } = foldBefore(row)
    expectAgreement(snapshot())
    read(event)
    expectAgreement(snapshot())
  })

  test('changes nothing after the end', () => {
    const { read, snapshot } = foldBefore(row)
    read({ type: 'response.completed', response: { status: 'completed', output: [neighbour] } })
    const before = snapshot()
    read(event)
    expect(snapshot()).toBe(before)
  })
})

test('the inventory contains 59 events of the API and the keep-alive', () => {
  expect(rows).toHaveLength(60)
})
