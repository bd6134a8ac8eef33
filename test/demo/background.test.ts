import { afterEach, expect, test } from 'vitest'
import { serveDemo } from '../../stories/server/serve-demo.ts'
import type { ServedDemo } from '../../stories/server/serve-demo.ts'
import { readEvents } from './support/read-events.ts'
import type { ReadEvent } from './support/read-events.ts'

let demo: ServedDemo

afterEach(() => demo.close())

const json = { 'content-type': 'application/json' }
const body = { model: 'gpt-5-mini', stream: true, background: true }

async function start(input: string, speed = 500): Promise<Response> {
  demo = await serveDemo({ env: {}, speed })
  const init = { method: 'POST', headers: json, body: JSON.stringify({ ...body, input }) }
  return fetch(`${demo.url}/api/responses`, init)
}

function follow(path: string): Promise<Response> {
  return fetch(`${demo.url}/api/responses/${path}`)
}

/** Returns the data that arrived before the connection broke or ended. */
async function readWhatArrives(
  response: Response,
): Promise<{ events: ReadEvent[]; broke: boolean }> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const chunk of response.body!) text += decoder.decode(chunk, { stream: true })
    return { events: readEvents(text), broke: false }
  } catch {
    return { events: readEvents(text), broke: true }
  }
}

const numbers = (events: readonly ReadEvent[]) => events.map(({ data }) => data['sequence_number'])
const idOf = ([first]: readonly ReadEvent[]) => (first!.data['response'] as { id: string }).id

test('a background response continues after the connection broke, and resumes where it stopped', async () => {
  const first = await readWhatArrives(await start('Drop the connection, then plan three days'))
  expect(first.broke).toBe(true)
  const seen = [...first.events]
  let connections = 1
  while (connections < 10) {
    const after = String(seen.at(-1)!.data['sequence_number'])
    const next = await readWhatArrives(await follow(`${idOf(seen)}?starting_after=${after}`))
    seen.push(...next.events)
    connections += 1
    if (!next.broke) break
  }
  // Each connection delivers a third of the events; data in flight on a broken one is lost.
  expect(connections).toBeGreaterThanOrEqual(3)
  expect(numbers(seen)).toEqual(seen.map((_, index) => index))
  expect(seen.at(-1)!.event).toBe('response.completed')
})

test('a background response can be read again from its beginning', async () => {
  const whole = readEvents(await (await start('Bread in one sentence')).text())
  expect(whole.at(-1)!.event).toBe('response.completed')
  expect(readEvents(await (await follow(idOf(whole))).text())).toEqual(whole)
})

test('a background response is generated even if its page disconnects immediately', async () => {
  const response = await start('Plan three days in Kyoto')
  const reader = response.body!.getReader()
  const { value } = await reader.read()
  const id = /resp_\w+/.exec(new TextDecoder().decode(value))![0]
  await reader.cancel()
  const events = readEvents(await (await follow(id)).text())
  expect(events.at(-1)!.event).toBe('response.completed')
})

test('a cancelled background response stops, and its connections end without a proper end', async () => {
  const response = await start('Plan three days in Kyoto', 1)
  const reader = response.body!.getReader()
  const { value } = await reader.read()
  const id = /resp_\w+/.exec(new TextDecoder().decode(value))![0]
  const cancelled = await fetch(`${demo.url}/api/responses/${id}/cancel`, { method: 'POST' })
  expect(await cancelled.json()).toMatchObject({ id, status: 'cancelled' })
  const { events, broke } = await readWhatArrives(await follow(id))
  expect(broke).toBe(false)
  expect(events.map(({ event }) => event)).not.toContain('response.completed')
  await reader.cancel()
})

test.each([
  ['GET', 'resp_0', 404],
  ['POST', 'resp_0', 405],
  ['GET', 'resp_0/cancel', 405],
  ['GET', '..%2Fmodels', 404],
  ['GET', 'resp_0?starting_after=x', 400],
])('%s of %s is answered with %d', async (method, path, status) => {
  demo = await serveDemo({ env: {} })
  const response = await fetch(`${demo.url}/api/responses/${path}`, { method })
  expect(response.status).toBe(status)
  expect(await response.json()).toMatchObject({ error: { message: expect.any(String) as string } })
})
