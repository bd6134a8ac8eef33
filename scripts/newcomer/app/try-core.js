import { createCompletion } from 'use-streaming-completion/core'
import { completionStream, scriptedFetch } from 'use-streaming-completion/testing'

const answer = { text: 'Hello, newcomer' }

/** A whole answer, and one that is aborted. */
export async function tryCore() {
  const open = (options) =>
    createCompletion({ url: '/', fetch: scriptedFetch(completionStream(answer, options)) })
  const whole = await open({ delay: 2 }).start('Hi')
  const stalled = open({ delay: 2, stopAfter: 6, end: 'stall' })
  stalled.subscribe(() => {
    if (stalled.getState().text !== '') stalled.abort()
  })
  const aborted = await stalled.start('Hi')
  return { whole: [whole.status, whole.text], aborted: [aborted.status, aborted.text !== ''] }
}
