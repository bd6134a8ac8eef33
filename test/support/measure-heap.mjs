/**
 * Reads one answer of a megabyte, and prints what the completion still holds once it has settled, and
 * with it a page that keeps the state before the one that it shows, as React does:
 *
 *     node --expose-gc measure-heap.mjs <bundle of the core> responses|chat
 */
import { retainedHeap } from './retained-heap.mjs'

const [, , core, api] = process.argv
const { createCompletion } = await import(core)

const deltaLength = 4
const textLength = 1024 * 1024

/** Another one each time: equal strings might be one. */
const deltaAt = (index) => index.toString(36).padStart(deltaLength, ' ')

const data = (value) => `data: ${JSON.stringify(value)}\n\n`

const apis = {
  chat: {
    delta: (content) => data({ choices: [{ index: 0, delta: { content } }] }),
    end: () => data({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }) + data('[DONE]'),
  },
  responses: {
    delta: (delta) =>
      data({ type: 'response.output_text.delta', output_index: 0, content_index: 0, delta }),
    end(text) {
      const content = [{ type: 'output_text', text, annotations: [] }]
      const output = [{ type: 'message', role: 'assistant', status: 'completed', content }]
      return (
        data({ type: 'response.output_text.done', output_index: 0, content_index: 0, text }) +
        data({ type: 'response.output_item.done', output_index: 0, item: output[0] }) +
        data({ type: 'response.completed', response: { status: 'completed', output } })
      )
    },
  },
}

function bodyOf({ delta, end }, deltas) {
  const encoder = new TextEncoder()
  const whole = () => Array.from({ length: deltas }, (_, index) => deltaAt(index)).join('')
  let next = 0
  return new ReadableStream({
    pull(controller) {
      if (next === deltas) {
        controller.enqueue(encoder.encode(end(whole())))
        controller.close()
        return
      }
      let piece = ''
      for (let count = 0; count < 256; count++) piece += delta(deltaAt(next++))
      controller.enqueue(encoder.encode(piece))
    },
  })
}

const completion = createCompletion({
  source: (deltas) =>
    new Response(bodyOf(apis[api], deltas), { headers: { 'content-type': 'text/event-stream' } }),
})
let shown = []
completion.subscribe(() => {
  shown = [shown.at(-1), completion.getState()]
})
const retained = await retainedHeap(
  () => completion.start(textLength / deltaLength),
  () => {
    completion.reset()
    shown = []
  },
)
const [previous, { status, text }] = shown
const result = { status, previous: previous.text.length, length: text.length, retained }
process.stdout.write(JSON.stringify(result))
