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
 * Each reads the deltas in order, has a value after every so many of them, and gives the last one.
 * `isQuadratic`: it is given the text so far each time, and reads all of it.
 */
export const contestants = [
  {
    name: 'use-streaming-completion',
    values: 'immutable; what did not change keeps its identity',
    async read(deltas, every) {
      const reader = createPartialJsonReader()
      let value
      let count = 0
      for (const delta of deltas) {
        reader.push(delta)
        if (++count % every === 0) value = reader.value
      }
      value = reader.value
      return value
    },
  },
  {
    name: 'jsonriver',
    values: 'one object, written to in place; has a value after every delta in any case',
    async read(deltas) {
      let value
      for await (value of river(iterate(deltas)));
      return value
    },
  },
  {
    name: '@streamparser/json',
    values: 'one object, written to in place, with partial strings (emitPartialTokens)',
    async read(deltas) {
      let value
      const parser = new JSONParser({ emitPartialTokens: true, emitPartialValues: true })
      parser.onValue = (emitted) => (value = emitted.value)
      for (const delta of deltas) parser.write(delta)
      return value
    },
  },
  {
    name: 'partial-json',
    values: 'new objects each time; numbers may be cut off',
    isQuadratic: true,
    async read(deltas, every) {
      let text = ''
      let value
      let count = 0
      for (const delta of deltas) {
        text += delta
        if (++count % every === 0) value = partialJson(text)
      }
      value = partialJson(text)
      return value
    },
  },
  {
    name: 'ai (parsePartialJson)',
    values: 'new objects each time; numbers may be cut off',
    isQuadratic: true,
    async read(deltas, every) {
      let text = ''
      let value
      let count = 0
      for (const delta of deltas) {
        text += delta
        if (++count % every === 0) value = (await parsePartialJson(text)).value
      }
      value = (await parsePartialJson(text)).value
      return value
    },
  },
]

async function* iterate(deltas) {
  yield* deltas
}
