/**
 * Divides one answer of a megabyte while it arrives, and prints what its state and its blocks hold
 * once it has settled:
 *
 *     node --expose-gc measure-blocks-heap.mjs <bundle of the core>
 */
import { setTimeout as wait } from 'node:timers/promises'
import { retainedHeap } from '../../support/retained-heap.mjs'

const [, , core] = process.argv
const { createCompletion, createTextSplitter, groupTextBlocks } = await import(core)

const deltaLength = 4
const textLength = 1024 * 1024

/** Another one each time: equal strings might be one. A paragraph ends after 200 characters. */
const deltaAt = (index) =>
  index % 50 === 49 ? '.\n\n#' : index.toString(36).padStart(deltaLength, ' ')

const data = (choice) => `data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`

function bodyOf(deltas) {
  const encoder = new TextEncoder()
  let next = 0
  return new ReadableStream({
    async pull(controller) {
      // Reading is fast: without a pause the answer is published only a few times.
      if (next % 8192 === 0) await wait(5)
      let piece = ''
      for (let count = 0; count < 256; count++)
        piece += data({ delta: { content: deltaAt(next++) } })
      if (next === deltas) piece += data({ delta: {}, finish_reason: 'stop' })
      controller.enqueue(encoder.encode(piece))
      if (next === deltas) controller.close()
    },
  })
}

let split
let groups
let updates
const completion = createCompletion({
  publish: { every: 1 },
  source: (deltas) =>
    new Response(bodyOf(deltas), { headers: { 'content-type': 'text/event-stream' } }),
})
completion.subscribe(() => {
  const { text, status } = completion.getState()
  groups = groupTextBlocks(split(text, status === 'complete'))
  updates++
})

function start(deltas) {
  split = createTextSplitter()
  updates = 0
  return completion.start(deltas)
}

const retained = await retainedHeap(
  () => start(textLength / deltaLength),
  () => {
    completion.reset()
    groups = undefined
    split = undefined
  },
)
const { status, text } = completion.getState()
const blocks = split(text, true)
process.stdout.write(
  JSON.stringify({
    status,
    length: text.length,
    blocks: blocks.length,
    groups: groups.length,
    updates,
    retained,
  }),
)
