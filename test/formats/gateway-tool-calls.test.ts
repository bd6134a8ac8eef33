// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { foldingChat } from '../support/folding.ts'

type Delta = Record<string, unknown>

/** The calls after these `tool_calls` deltas, in a run that ended properly. */
function after(...deltas: unknown[]) {
  const { fold, read, snapshot } = foldingChat()
  for (const value of deltas) read({ choices: [{ index: 0, delta: { tool_calls: value } }] })
  fold.close(true)
  return snapshot().toolCalls.map(({ id, name, arguments: text }) => [id, name, text])
}
const call = (fields: Delta, name?: string, text?: unknown): Delta[] => [
  { ...fields, function: { ...(name !== undefined && { name }), arguments: text ?? '' } },
]

describe('under a known index', () => {
  test('a new id together with a name begins a call', () => {
    expect(
      after(
        call({ index: 0, id: 'a' }, 'f', '{"q":'),
        call({ index: 0 }, undefined, '1}'),
        call({ index: 0, id: 'b' }, 'g', '{}'),
      ),
    ).toEqual([
      ['a', 'f', '{"q":1}'],
      ['b', 'g', '{}'],
    ])
  })

  test('a changed id without a name does not', () => {
    expect(
      after(
        call({ index: 0, id: 'a' }, 'f', '{"q"'),
        call({ index: 0, id: 'x' }, undefined, ':1}'),
      ),
    ).toEqual([['a', 'f', '{"q":1}']])
  })

  test('a known id continues its call, whatever the index', () => {
    expect(
      after(
        call({ index: 0, id: 'a' }, 'f', '{"q'),
        call({ index: 0, id: 'b' }, 'g', '{"r'),
        call({ index: 0, id: 'a' }, 'f', '":1}'),
        call({ index: 0, id: 'b' }, undefined, '":2}'),
      ),
    ).toEqual([
      ['a', 'f', '{"q":1}'],
      ['b', 'g', '{"r":2}'],
    ])
  })

  test('a repeated name with the same id is the same call', () => {
    expect(
      after(call({ index: 0, id: 'a' }, 'f', '{"q":1}'), call({ index: 0, id: 'a' }, 'f', '')),
    ).toEqual([['a', 'f', '{"q":1}']])
  })

  test.each([
    ['under its id', 'a'],
    ['without an id', undefined],
  ])('a name in pieces is joined, %s', (_, id) => {
    const fields = { index: 0, ...(id && { id }) }
    expect(after(call(fields, 'get_'), call(fields, 'wea'), call(fields, 'ther', '{}'))[0]).toEqual(
      [id ?? 'call_0', 'get_weather', '{}'],
    )
  })

  test('a name that grows from delta to delta has its last value', () => {
    expect(
      after(call({ index: 0, id: 'a' }, 'get_'), call({ index: 0, id: 'a' }, 'get_tide', '{}')),
    ).toEqual([['a', 'get_tide', '{}']])
  })

  test('without ids, a name after complete arguments begins a call', () => {
    expect(
      after(
        call({ index: 0 }, 'f', '{"q":'),
        call({ index: 0 }, 'f', '1}'),
        call({ index: 0 }, 'f', '{"q":2}'),
      ),
    ).toEqual([
      ['call_0', 'f', '{"q":1}'],
      ['call_1', 'f', '{"q":2}'],
    ])
  })

  test('an id that arrives later belongs to the call', () => {
    expect(after(call({ index: 0 }, 'f', '{"q"'), call({ index: 0, id: 'a' }, 'f', ':1}'))).toEqual(
      [['a', 'f', '{"q":1}']],
    )
  })
})

describe('without an index', () => {
  test('ids distinguish the calls', () => {
    expect(
      after(
        call({ id: 'a' }, 'f', '{"q"'),
        call({ id: 'b' }, 'g', '{}'),
        call({ id: 'a' }, undefined, ':1}'),
      ),
    ).toEqual([
      ['a', 'f', '{"q":1}'],
      ['b', 'g', '{}'],
    ])
  })

  test('names distinguish the calls if there are no ids either', () => {
    expect(
      after(
        call({}, 'f', '{"q":'),
        call({}, undefined, '1}'),
        call({}, 'g', '{}'),
        call({}, 'g', '{}'),
      ),
    ).toEqual([
      ['call_0', 'f', '{"q":1}'],
      ['call_1', 'g', '{}'],
      ['call_2', 'g', '{}'],
    ])
  })
})

test.each<[string, unknown]>([
  ['one object', call({ index: 0, id: 'a' }, 'f', '{"q":1}')[0]],
  ['an index that is text', call({ index: '0', id: 'a' }, 'f', '{"q":1}')],
  ['arguments that are an object', call({ index: 0, id: 'a' }, 'f', { q: 1 })],
  ['an empty custom object', [{ ...call({ index: 0, id: 'a' }, 'f', '{"q":1}')[0], custom: {} }]],
  [
    'name and arguments without an object around them',
    [{ id: 'a', name: 'f', arguments: { q: 1 } }],
  ],
])('a call may arrive as %s', (_, value) => {
  expect(after(value)).toEqual([['a', 'f', '{"q":1}']])
})

test.each(['0', 0])('the indexes %j and "1" are different', (index) => {
  expect(
    after(
      call({ index, id: 'a' }, 'f', '{'),
      call({ index: '1', id: 'b' }, 'g', '{'),
      call({ index }, undefined, '}'),
      call({ index: 1 }, undefined, '}'),
    ),
  ).toEqual([
    ['a', 'f', '{}'],
    ['b', 'g', '{}'],
  ])
})

test.each([{}, [{}], [{ index: 0 }], [{ function: {} }], '', null])(
  '%j does not begin a call',
  (value) => {
    expect(after(value)).toEqual([])
  },
)

test('a whole message after deltas that shared an index repeats their calls', () => {
  const { fold, read, snapshot } = foldingChat()
  read({ choices: [{ index: 0, delta: { tool_calls: call({ index: 0, id: 'a' }, 'f', '{}') } }] })
  read({ choices: [{ index: 0, delta: { tool_calls: call({ index: 0, id: 'b' }, 'g', '{}') } }] })
  const calls = [...call({ id: 'a' }, 'f', '{}'), ...call({ id: 'b' }, 'g', '{}')]
  read({ choices: [{ index: 0, message: { tool_calls: calls }, finish_reason: 'tool_calls' }] })
  fold.close(true)
  expect(snapshot().toolCalls.map(({ id }) => id)).toEqual(['a', 'b'])
})
