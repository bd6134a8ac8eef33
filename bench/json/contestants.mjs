import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('../../src/json/partial-json-reader.ts', import.meta.url))],
  bundle: true,
  format: 'esm',
  target: 'es2022',
  write: false,
})
const { createPartialJsonReader } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
)

const { JSONParser } = await import('@streamparser/json')
const { parsePartialJson } = await import('ai')
const { parse: river } = await import('jsonriver')
const { parse: partialJson } = await import('partial-json')

/**
 * Each reads the deltas in order, shows its value at an interval, and returns the last one. `isQuadratic`: it
 * receives the text so far each time, and reads all of it. `isInPlace`: it has one object, and modifies it
 * after it was shown.
 */
export const contestants = [
  {
    name: 'use-streaming-completion',
    values: 'immutable; unchanged parts keep their identity',
    async read(deltas, every, show) {
      const reader = createPartialJsonReader()
      let count = 0
      for (const delta of deltas) {
        reader.push(delta)
        if (++count % every === 0) show(reader.value)
      }
      return reader.value
    },
  },
  {
    name: 'jsonriver',
    values: 'one object, modified in place; has a value after every delta in any case',
    isInPlace: true,
    async read(deltas, every, show) {
      let value
      let count = 0
      for await (value of river(iterate(deltas))) if (++count % every === 0) show(value)
      return value
    },
  },
  {
    name: '@streamparser/json',
    values: 'one object, modified in place',
    isInPlace: true,
    async read(deltas, every, show) {
      let root
      let count = 0
      const parser = new JSONParser({ emitPartialTokens: true, emitPartialValues: true })
      parser.onValue = ({ value, parent, stack }) => (root ??= stack[1]?.value ?? parent ?? value)
      for (const delta of deltas) {
        parser.write(delta)
        if (++count % every === 0) show(root)
      }
      return root
    },
  },
  {
    name: 'partial-json',
    values: 'new objects each time; numbers may be cut off',
    isQuadratic: true,
    async read(deltas, every, show) {
      let text = ''
      let count = 0
      for (const delta of deltas) {
        text += delta
        if (++count % every === 0) show(partialJson(text))
      }
      return partialJson(text)
    },
  },
  {
    name: 'ai (parsePartialJson)',
    values: 'new objects each time; numbers may be cut off',
    isQuadratic: true,
    async read(deltas, every, show) {
      let text = ''
      let count = 0
      for (const delta of deltas) {
        text += delta
        if (++count % every === 0) show((await parsePartialJson(text)).value)
      }
      return (await parsePartialJson(text)).value
    },
  },
]

async function* iterate(deltas) {
  yield* deltas
}
