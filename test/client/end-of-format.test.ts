import { describe, expect, test } from 'vitest'
import { createStreamingObject, moderationGate, type CompletionFormat } from '../../src/core.ts'
import { observe } from './support/observe.ts'
import { turns } from './support/turns.ts'

/** Holds the last word back until it is complete, as some formats do. */
const lastWordLast: CompletionFormat = {
  name: 'last-word-last',
  framing: 'text',
  properEnd: 'the end of the body',
  createReader() {
    let held = ''
    const delta = (text: string) =>
      ({ type: 'delta', choice: 0, item: 0, channel: 'output_text', part: 0, delta: text }) as const
    return {
      read(event, emit) {
        const text = held + event.data
        const cut = text.lastIndexOf(' ') + 1
        held = text.slice(cut)
        if (cut > 0) emit(delta(text.slice(0, cut)))
      },
      end(emit) {
        emit(delta(held))
        emit({ type: 'complete' })
      },
    }
  },
}

const source = (text: string) => () => new Response(text)

describe('an event that a format emits only when the body ends', () => {
  test('is shown', async () => {
    const { client } = observe({ format: lastWordLast, source: source('Hello there') })
    expect(await client.start('')).toMatchObject({ status: 'complete', text: 'Hello there' })
  })

  test('is in the settled state and in no earlier one', async () => {
    const { client, published } = observe({ format: lastWordLast, source: source('Hello there') })
    await client.start('')
    expect(published.filter(({ text }) => text === 'Hello there')).toHaveLength(1)
  })

  test.each(['cleared', 'all'] as const)(
    'is checked and shown with moderation and events: %s',
    async (events) => {
      const checked: string[] = []
      const seen: string[] = []
      const { client } = observe({
        format: lastWordLast,
        source: source('Hello there'),
        onEvent: ({ data }) => void seen.push(data),
        moderate: moderationGate({
          events,
          check: (text) => {
            checked.push(text)
            return false
          },
        }),
      })
      expect(await client.start('')).toMatchObject({ status: 'complete', text: 'Hello there' })
      expect(checked.at(-1)).toBe('Hello there')
      expect(seen).toEqual(['Hello there'])
    },
  )

  test('is never shown if the check flags it', async () => {
    const { client, published } = observe({
      format: lastWordLast,
      source: source('Hello idiot'),
      moderate: moderationGate({ check: (text) => text.includes('idiot') }),
    })
    expect((await client.start('')).error?.kind).toBe('moderation')
    await turns()
    expect(published.filter(({ text }) => text.includes('idiot'))).toEqual([])
  })

  test.each([undefined, moderationGate({ check: () => false })])(
    'is part of the JSON of structured output',
    async (moderate) => {
      const client = createStreamingObject<{ a: string }>({
        format: lastWordLast,
        source: source('{"a": "whole"}'),
        moderate,
      })
      expect(await client.start('')).toMatchObject({ status: 'complete', value: { a: 'whole' } })
    },
  )
})
