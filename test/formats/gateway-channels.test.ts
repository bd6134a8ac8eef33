// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { foldingChat } from '../support/folding.ts'

type Fields = Record<string, unknown>

function after(...chunks: Fields[]) {
  const { read, snapshot } = foldingChat()
  read(...chunks)
  return snapshot()
}
const chunk = (delta: Fields, choice: Fields = {}, top: Fields = {}): Fields => ({
  ...top,
  choices: [{ index: 0, delta, ...choice }],
})
const url = 'https://a.example'
const flat = { type: 'url_citation', url, title: 'A' }

describe('citations are flat and without duplicates, from', () => {
  const nested = { type: 'url_citation', url_citation: { url, title: 'A', start_index: 1 } }
  test.each<[string, Fields]>([
    ['delta.annotations, nested', chunk({ content: 'x', annotations: [nested] })],
    ['delta.annotations, flat', chunk({ content: 'x', annotations: [flat] })],
    ['choice.annotations', chunk({ content: 'x' }, { annotations: [nested] })],
    ['citations of the chunk', chunk({ content: 'x' }, {}, { citations: [flat] })],
    ['a chunk without choices', { choices: [], citations: [flat] }],
    [
      'search_results',
      chunk({ content: 'x' }, {}, { search_results: [{ url, title: 'A', date: null }] }),
    ],
    ['delta.context', chunk({ content: 'x', context: { citations: [{ url, title: 'A' }] } })],
    [
      'message.annotations',
      { choices: [{ index: 0, message: { content: 'x', annotations: [nested] } }] },
    ],
  ])('%s', (_, value) => {
    const { annotations, text } = after(value, value)
    expect(text.replaceAll('x', '')).toBe('')
    expect(annotations).toMatchObject([{ type: 'url_citation', url, title: 'A' }])
    expect(Object.keys(annotations[0]!)).not.toContain('date')
  })

  test('URLs, which get their titles if these follow', () => {
    const top = { citations: [url, 'https://b.example'] }
    const { annotations } = after(
      chunk({ content: 'x' }, {}, top),
      chunk({ content: 'y' }, {}, { ...top, search_results: [{ url, title: 'A' }] }),
    )
    expect(annotations).toEqual([flat, { type: 'url_citation', url: 'https://b.example' }])
  })
})

describe('images come from', () => {
  const data = 'data:image/webp;base64,AAAA'
  test.each<[string, Fields]>([
    ['delta.images', { images: [{ type: 'image_url', image_url: { url: data } }] }],
    ['a part of the content', { content: [{ type: 'image_url', image_url: { url: data } }] }],
    ['a part without an object', { content: [{ type: 'image_url', image_url: data }] }],
  ])('%s', (_, delta) => {
    const { images, text } = after(chunk(delta), chunk(delta))
    expect(images).toMatchObject([
      { base64: 'AAAA', format: 'webp', partial: false, status: 'completed' },
    ])
    expect(text).toBe('')
  })

  test('URLs, which stay on the item', () => {
    const { output } = after(chunk({ images: [{ image_url: { url: 'https://a.example/a.png' } }] }))
    expect(output).toMatchObject([
      { type: 'image_generation_call', url: 'https://a.example/a.png', status: 'completed' },
    ])
  })
})

describe('reasoning comes from', () => {
  test.each<[string, Fields]>([
    ['reasoning_content', { reasoning_content: 'Hm' }],
    ['reasoning', { reasoning: 'Hm' }],
    ['reasoning_text', { reasoning_text: 'Hm' }],
    ['reasoning that is an object', { reasoning: { content: 'Hm' } }],
    ['reasoning_details', { reasoning_details: [{ text: 'H' }, { summary: 'm' }, { data: 'x' }] }],
    ['several, once', { reasoning_content: 'Hm', reasoning: 'Hm' }],
    [
      'a thinking part',
      { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm' }] }] },
    ],
    ['a reasoning part', { content: [{ type: 'reasoning', text: 'Hm' }] }],
    ['a summary', { content: [{ type: 'reasoning', summary: [{ text: 'H' }, { text: 'm' }] }] }],
    ['content_blocks', { content_blocks: [{ index: 0, delta: { thinking: 'Hm' } }] }],
  ])('%s', (_, delta) => {
    expect(after(chunk(delta))).toMatchObject({ reasoning: 'Hm', text: '' })
  })

  test('thoughts that Google marks, over several deltas', () => {
    const extra_content = { google: { thought: true } }
    expect(
      after(
        chunk({ content: '<thought>I ', extra_content }),
        chunk({ content: 'ponder', extra_content }),
        chunk({ content: '</thought>Hi' }),
        chunk({ content: ' there' }),
      ),
    ).toMatchObject({ reasoning: 'I ponder', text: 'Hi there' })
  })

  test('but not from other text that looks like a thought', () => {
    expect(after(chunk({ content: '<thought>Hi</thought>' })).text).toBe('<thought>Hi</thought>')
  })
})

describe('usage comes from', () => {
  const usage = { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 }
  const counted = { inputTokens: 9, outputTokens: 2, totalTokens: 11 }
  test.each<[string, Fields, Fields]>([
    ['the choice', chunk({}, { usage }), counted],
    ['x_groq', chunk({}, {}, { x_groq: { usage } }), counted],
    [
      'names in camel case',
      chunk({}, {}, { usage: { promptTokens: 9, completionTokens: 2, totalTokens: 11 } }),
      counted,
    ],
    [
      'cached_tokens next to the counts',
      chunk({}, {}, { usage: { ...usage, cached_tokens: 4 } }),
      { ...counted, cachedInputTokens: 4 },
    ],
    [
      'prompt_cache_hit_tokens',
      chunk({}, {}, { usage: { ...usage, prompt_cache_hit_tokens: 0 } }),
      { ...counted, cachedInputTokens: 0 },
    ],
    [
      'cache_read_input_tokens and cache_creation_input_tokens',
      chunk(
        {},
        {},
        { usage: { ...usage, cache_read_input_tokens: 4, cache_creation_input_tokens: 3 } },
      ),
      { ...counted, cachedInputTokens: 4, cacheWriteTokens: 3 },
    ],
    [
      'details',
      chunk(
        {},
        {},
        { usage: { ...usage, prompt_tokens_details: { cached_tokens: 4, cache_write_tokens: 3 } } },
      ),
      { ...counted, cachedInputTokens: 4, cacheWriteTokens: 3 },
    ],
  ])('%s', (_, value, wanted) => {
    expect(after(value).usage).toMatchObject(wanted)
  })
})
