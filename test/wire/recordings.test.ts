import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { describeDifference, differences } from '../../scripts/check-wire/differences.mjs'
import { readRecordings } from '../../scripts/check-wire/recordings.mjs'
import { readChunks, readEveryWay } from '../support/read-body.ts'

const recordings = await readRecordings(join(import.meta.dirname, '../fixtures/wire'))

describe.each(recordings)('$file', ({ body, contentType, expected }) => {
  test('leads to the recorded state', async () => {
    const state = await readChunks([body], { contentType })
    expect(differences(expected, state).map(describeDifference)).toEqual([])
  })

  test('leads to the same state byte by byte, and cut at every byte boundary', async () => {
    const { status } = await readEveryWay(body, { contentType })
    expect(status).toBe(expected.error ? 'error' : 'complete')
  })
})
