import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutAt } from '../../scripts/check-wire/cuttings.mjs'
import { bytesOf, readChunks } from '../support/read-body.ts'
import {
  argumentsDelta,
  functionCall,
  itemAdded,
  itemDone,
  message,
  summaryDelta,
} from '../support/responses-items.ts'
import {
  chatChunk,
  completed,
  data,
  done,
  responsesStream,
  textDelta,
} from '../support/wire-text.ts'

const text = fc.string({ unit: 'binary', maxLength: 12 })

/** A string as the pieces in which it is sent: cut between any two UTF-16 code units. */
const pieces = fc.tuple(text, fc.array(fc.nat(12), { maxLength: 3 })).map(([whole, cuts]) => {
  const places = [...cuts, 0, whole.length].filter((place) => place <= whole.length)
  const sorted = places.sort((a, b) => a - b)
  return sorted.slice(1).map((place, at) => whole.slice(sorted[at], place))
})

const item = fc.record({
  kind: fc.constantFrom('message' as const, 'reasoning' as const, 'function_call' as const),
  parts: fc.array(pieces, { minLength: 1, maxLength: 3 }),
  /** The distance of this item's index from the previous one. */
  step: fc.integer({ min: 1, max: 5 }),
  isAdded: fc.boolean(),
  isDone: fc.boolean(),
})

type Item = typeof item extends fc.Arbitrary<infer T> ? T : never

/** The events of an item's strings; the events of one string are in order. */
function threadsOf({ kind, parts }: Item, index: number): object[][] {
  if (kind === 'function_call') return [parts.flat().map((delta) => argumentsDelta(delta, index))]
  const deltaOf = kind === 'message' ? textDelta : summaryDelta
  return parts.map((part, at) => part.map((delta) => deltaOf(delta, index, at)))
}

function wholeOf({ kind, parts }: Item, index: number): object {
  const texts = parts.map((part) => part.join(''))
  if (kind === 'function_call') return functionCall(`c${index}`, 'f', texts.join(''))
  if (kind === 'message') return message(...texts)
  return { type: 'reasoning', summary: texts.map((text) => ({ type: 'summary_text', text })) }
}

/** Merges threads of events; each keeps its own order. */
function interleave<T>(threads: readonly (readonly T[])[], choose: () => number): T[] {
  const waiting = threads.map((thread) => [...thread]).filter((thread) => thread.length > 0)
  const merged: T[] = []
  while (waiting.length > 0) {
    const at = choose() % waiting.length
    const thread = waiting[at]!
    merged.push(thread.shift()!)
    if (thread.length === 0) waiting.splice(at, 1)
  }
  return merged
}

/** An endless sequence of choices from a finite list, so that failures can be shrunk. */
function chooser(choices: readonly number[]): () => number {
  let next = 0
  return () => choices[next++ % choices.length] ?? 0
}

const cutting = fc.array(fc.nat(), { maxLength: 30 })

function cut(body: string, places: readonly number[]) {
  const bytes = bytesOf(body)
  const inside = places.map((place) => place % (bytes.length + 1))
  return cutAt(
    bytes,
    inside.sort((a, b) => a - b),
  )
}

const choices = fc.array(fc.nat(), { minLength: 1, maxLength: 40 })

test('a Responses stream has its parts in output order, however its events are interleaved and its bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(item, { maxLength: 5 }),
      choices,
      cutting,
      fc.boolean(),
      fc.boolean(),
      async (items, order, places, isRepeated, asLines) => {
        let index = -1
        const placed = items.map((item) => ({ item, index: (index += item.step) }))
        const threads = placed.flatMap(({ item, index }) => threadsOf(item, index))
        const events = [
          ...placed
            .filter(({ item }) => item.isAdded)
            .map(({ item, index }) => itemAdded(index, wholeOf({ ...item, parts: [] }, index))),
          ...interleave(threads, chooser(order)),
          ...placed
            .filter(({ item }) => item.isDone)
            .map(({ item, index }) => itemDone(index, wholeOf(item, index))),
          completed(isRepeated ? placed.map(({ item, index }) => wholeOf(item, index)) : []),
        ]
        const body = asLines
          ? events.map((event) => JSON.stringify(event)).join('\n')
          : responsesStream(...events)
        const contentType = asLines ? 'application/x-ndjson' : 'text/event-stream'
        const state = await readChunks(cut(body, places), { contentType })

        const joined = (kind: Item['kind']) =>
          items.filter((item) => item.kind === kind).map((item) => item.parts.flat().join(''))
        expect(state).toMatchObject({
          status: 'complete',
          text: joined('message').join(''),
          reasoning: joined('reasoning').join(''),
          toolCalls: joined('function_call').map((text) => ({ arguments: text })),
        })
        expect(state.output.map(({ type }) => type)).toEqual(items.map(({ kind }) => kind))
      },
    ),
    { numRuns: 300 },
  )
})

test('each choice of a Chat stream has its own text, reasoning and calls, however they are interleaved and cut', async () => {
  const choice = fc.record({
    text: pieces,
    reasoning: pieces,
    calls: fc.array(pieces, { maxLength: 3 }),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(choice, { minLength: 1, maxLength: 3 }),
      choices,
      cutting,
      async (answers, order, places) => {
        const threads = answers.flatMap(({ text, reasoning, calls }, index) => {
          const chunk = (delta: object) => ({ ...chatChunk({}), choices: [{ index, delta }] })
          const call = (at: number, fields: object) =>
            chunk({ tool_calls: [{ index: at, ...fields }] })
          return [
            // Every choice has an event: one that never appears is not a choice.
            [chunk({ role: 'assistant' }), ...text.map((content) => chunk({ content }))],
            reasoning.map((reasoning) => chunk({ reasoning })),
            ...calls.map((part, at) => [
              call(at, { id: `call_${at}`, function: { name: 'f', arguments: '' } }),
              ...part.map((text) => call(at, { function: { arguments: text } })),
            ]),
          ]
        })
        const body = interleave(threads, chooser(order)).map(data).join('') + done
        const state = await readChunks(cut(body, places))

        const expected = answers.map(({ text, reasoning, calls }) => ({
          text: text.join(''),
          reasoning: reasoning.join(''),
          calls: calls.map((part, at) => [`call_${at}`, part.join('')]).sort(),
        }))
        const found = (state.choices ?? [state]).map(({ text, reasoning, toolCalls }) => ({
          text,
          reasoning,
          calls: toolCalls.map((call) => [call.id, call.arguments]).sort(),
        }))
        expect(state.status).toBe('complete')
        // A choice without visible events has nothing to show.
        expect(
          found.filter(({ text, reasoning, calls }) => text || reasoning || calls.length),
        ).toEqual(
          expected.filter(({ text, reasoning, calls }) => text || reasoning || calls.length),
        )
      },
    ),
    { numRuns: 300 },
  )
})
