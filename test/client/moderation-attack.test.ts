import fc from 'fast-check'
import {
  createCompletion,
  moderationGate,
  type CompletionState,
  type ModerationDecision,
} from 'use-streaming-completion/core'
import {
  completionStream,
  createControlledFetch,
  type ScriptFormat,
} from 'use-streaming-completion/testing'
import { expect, test } from 'vitest'
import { last } from './support/observe.ts'
import { turns } from './support/turns.ts'

/** The next step, in random order. */
type Move = 'arrive' | 'answer'

interface Attack {
  readonly text: string
  readonly reasoning: string
  readonly format: ScriptFormat
  readonly every: 'sentence' | number
  readonly onFlagged: 'keep' | 'withdraw'
  /** The check that fails, and how; later checks never run. */
  readonly fault: { check: number; how: 'flag' | 'reject' | 'throw' | 'nonsense' } | undefined
  readonly abortAfter: number | undefined
  readonly moves: readonly Move[]
}

const prose = fc
  .array(
    fc.constantFrom('Bread', ' rises', '. ', 'Wait', '! ', '\n', ' 3.14', '。', ' né', '🍞', ' x'),
    { maxLength: 30 },
  )
  .map((words) => words.join(''))

const attacks = fc.record<Attack>({
  text: prose,
  reasoning: fc.oneof(fc.constant(''), prose),
  format: fc.constantFrom('openai-responses', 'openai-chat'),
  every: fc.oneof(fc.constant('sentence' as const), fc.integer({ min: 1, max: 20 })),
  onFlagged: fc.constantFrom('keep', 'withdraw'),
  fault: fc.option(
    fc.record({
      check: fc.nat(6),
      how: fc.constantFrom('flag', 'reject', 'throw', 'nonsense'),
    }),
    { nil: undefined },
  ),
  abortAfter: fc.option(fc.nat(60), { nil: undefined }),
  moves: fc
    .infiniteStream(fc.constantFrom<Move>('arrive', 'answer'))
    .map((stream) => [...stream.take(400)]),
})

/** All text of the model in a value, at any depth. */
function stringsIn(value: unknown, found: string[] = []): string[] {
  if (typeof value === 'string') found.push(value)
  else if (typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) stringsIn(each, found)
  }
  return found
}

/** Runs one attack on the gate, and returns its result. */
async function attack({ text, reasoning, format, every, onFlagged, fault, ...order }: Attack) {
  /** The texts that a check has cleared, in order. */
  const cleared: string[] = ['']
  const waiting: { text: string; answer: () => void }[] = []
  let checks = 0
  let overlapping = 0
  const { fetch, requests } = createControlledFetch()
  const grown = { text: '', reasoning: '' }
  const breaches: string[] = []

  const isCleared = (seen: string) => seen === '' || cleared.some((each) => each.includes(seen))
  const look = (where: string, ...seen: string[]) => {
    for (const each of seen)
      if (!isCleared(each)) breaches.push(`${where}: ${JSON.stringify(each)}`)
  }
  const lookAt = (where: string, state: CompletionState) =>
    look(where, state.text, state.reasoning, ...stringsIn(state.output).filter(isModelText))
  const isModelText = (found: string) => !/^(\w+|msg_\w+|rs_\w+)$/.test(found)

  const completion = createCompletion({
    url: '/',
    fetch,
    publish: 'sync',
    onFinish: (result) => lookAt('onFinish', result),
    onError: (_, result) => lookAt('onError', result),
    onEvent({ json }) {
      const { type, delta, choices } = json as {
        type?: string
        delta?: string
        choices?: [{ delta?: { content?: string; reasoning_content?: string } }]
      }
      if (type?.endsWith('text.delta')) {
        grown[type.includes('reasoning') ? 'reasoning' : 'text'] += delta ?? ''
      }
      grown.text += choices?.[0].delta?.content ?? ''
      grown.reasoning += choices?.[0].delta?.reasoning_content ?? ''
      look('onEvent', grown.text, grown.reasoning)
    },
    moderate: moderationGate({
      every,
      onFlagged,
      check(checked) {
        const index = checks++
        overlapping += waiting.length
        if (fault?.check === index && fault.how === 'throw') throw new Error('broken')
        return new Promise<ModerationDecision>((resolve, reject) => {
          waiting.push({
            text: checked,
            answer() {
              if (fault?.check !== index) {
                cleared.push(checked)
                resolve(false)
              } else if (fault.how === 'flag') resolve({ flagged: true })
              else if (fault.how === 'nonsense') resolve('fine' as never)
              else reject(new Error('unreachable'))
            },
          })
        })
      },
    }),
  })
  completion.subscribe(() => lookAt('state', completion.getState()))

  const settled = completion.start('')
  await turns(2)
  const request = last(requests)
  request.respond()
  const pieces = completionStream({ text, reasoning }, { format }).steps.map(({ send }) => send)
  const isOver = () => !['connecting', 'streaming'].includes(completion.getState().status)
  for (const [step, move] of order.moves.entries()) {
    if (isOver()) break
    if (step === order.abortAfter) completion.abort()
    else if (move === 'answer' && waiting.length > 0) waiting.shift()?.answer()
    else if (pieces.length > 0) request.send(pieces.shift())
    else waiting.shift()?.answer()
    await turns(1)
  }
  return {
    result: await settled,
    breaches,
    overlapping,
    wentWrong: fault !== undefined && checks > fault.check,
    request,
    unsent: pieces.length,
  }
}

test('whatever arrives, fails or is aborted, text that no check has cleared is never shown', async () => {
  const outcomes = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(attacks, async (input) => {
      const { result, breaches, overlapping, wentWrong, request, unsent } = await attack(input)
      expect(breaches).toEqual([])
      expect(overlapping).toBe(0)
      const outcome = result.error?.kind ?? result.status
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      if (outcome === 'complete') {
        expect([result.text, result.reasoning]).toEqual([input.text, input.reasoning])
        expect(wentWrong).toBe(false)
      } else {
        expect(['moderation', 'aborted']).toContain(outcome)
        if (unsent > 0) expect(request.closedByClient).toBe(true)
      }
      if (outcome === 'moderation' && input.fault?.how === 'flag') {
        expect(result.error?.code).toBe('flagged')
        if (input.onFlagged === 'withdraw') expect(result.text + result.reasoning).toBe('')
      }
    }),
    { numRuns: 300 },
  )
  // The test is meaningful only if every outcome occurred.
  expect([...outcomes.keys()].sort()).toEqual(['aborted', 'complete', 'moderation'])
}, 60_000)
