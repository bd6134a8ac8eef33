import { describe, expect, test } from 'vitest'
import { firstPage } from './support/first-page.ts'

describe('an option', () => {
  async function begin(options: object) {
    const { core, advice } = await firstPage()
    const fetch = () => Promise.reject(new TypeError('Failed to fetch'))
    const getters = Object.getOwnPropertyDescriptors(options)
    const completion = core.createCompletion(Object.defineProperties({ url: '/', fetch }, getters))
    await completion.start('')
    await completion.start('')
    return advice().map((line) => line.replace('use-streaming-completion: ', ''))
  }

  test.each<[string, object, string]>([
    [
      'a duration as text',
      { timeouts: { idle: '30s' } },
      'The option timeouts.idle is not a number of milliseconds.',
    ],
    [
      'a timeout that does not exist',
      { timeouts: { connect: 1000 } },
      'The option timeouts.connect does not exist: timeouts has response, firstToken, idle, total.',
    ],
    [
      'a limit as text',
      { limits: { textLength: '1000' } },
      'The option limits.textLength is not a number of UTF-16 code units.',
    ],
    [
      'retry as an object without attempts',
      { retry: { delay: 100 } },
      'The option retry is neither a number nor { attempts: number }.',
    ],
    [
      'an unknown publish mode',
      { publish: 'immediate' },
      "The option publish is none of 'frame', 'sync' and { every: number }, so 'frame' is used.",
    ],
  ])('that is %s causes one warning', async (_, options, warning) => {
    expect(await begin(options)).toEqual([warning])
  })

  test('that the types allow causes no warning', async () => {
    const options = {
      timeouts: { idle: Infinity, total: 0, response: undefined },
      limits: { eventLength: 1000 },
      retry: { attempts: 0 },
      publish: { every: 50 },
    }
    expect(await begin(options)).toEqual([])
    expect(await begin({ timeouts: undefined, retry: 0, publish: 'sync' })).toEqual([])
  })

  test('whose getter throws fails the run and causes no warning', async () => {
    const options = {
      get timeouts() {
        throw new Error('no settings')
      },
    }
    expect(await begin(options)).toEqual([])
  })
})
