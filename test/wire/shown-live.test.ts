import { describe, expect, test } from 'vitest'
import { bytesOf } from '../support/read-body.ts'
import { shownWhileReading } from '../support/shown-while-reading.ts'
import { chatChunk, data } from '../support/wire-text.ts'

describe('text is shown as it arrives', () => {
  test('server-sent events', async () => {
    const chunks = ['Hel', 'lo', '!'].map((content) => data(chatChunk({ content })))
    expect(await shownWhileReading(chunks)).toEqual(['', 'Hel', 'Hello', 'Hello!'])
  })

  test('the complete events of a chunk that ends in the middle of one', async () => {
    const [first, second] = ['Hel', 'lo'].map((content) => data(chatChunk({ content })))
    expect(await shownWhileReading([first! + second!.slice(0, 20), second!.slice(20)])).toEqual([
      '',
      'Hel',
      'Hello',
    ])
  })

  test('an event whose blank line has just arrived', async () => {
    const event = data(chatChunk({ content: 'Hello' }))
    for (const end of ['\n\n', '\r\n\r\n', '\r\r']) {
      expect(await shownWhileReading([event.replace('\n\n', end), ''])).toEqual([
        '',
        'Hello',
        'Hello',
      ])
    }
  })

  test('plain text', async () => {
    const shown = await shownWhileReading(['He', 'llo', ', you'], { contentType: 'text/plain' })
    expect(shown).toEqual(['', 'He', 'Hello', 'Hello, you'])
  })

  test('a split character, once it is complete', async () => {
    const bytes = bytesOf('a🌍b')
    const chunks = [bytes.subarray(0, 3), bytes.subarray(3, 5), bytes.subarray(5)]
    expect(await shownWhileReading(chunks, { contentType: 'text/plain' })).toEqual([
      '',
      'a',
      'a🌍',
      'a🌍b',
    ])
  })
})

describe('an answer in JSON is shown as it arrives, not held until its first line ends', () => {
  test.each([
    [['{"name":', ' "Ada"', '}']],
    [['[', '"Ada"', ']']],
    [['{"title": "T", ', '"items": [', '1]}']],
    [['{"type": "object", ', '"properties"', ': {}}']],
    [['{"id": 7, "price": ', '9.5', '}']],
    [['{"model": "T", "doors": ', '3', '}']],
  ])('%j', async ([first, second, third]) => {
    const shown = await shownWhileReading([first!, second!, third!], { contentType: 'text/plain' })
    expect(shown).toEqual(['', first, first! + second!, first! + second! + third!])
  })

  test('an answer that could be an event, once it is too long for detection', async () => {
    const first = `{"id": "${'x'.repeat(5000)}`
    expect(await shownWhileReading([first, '"}'], { contentType: 'text/plain' })).toEqual([
      '',
      first,
      `${first}"}`,
    ])
  })
})
