/** A simple reading of a stream of events, for the streams of the fault runs only. */
export interface Reading {
  readonly text: string
  readonly finishReason: string | undefined
  /** How many of the events count: none after the proper end or an error. */
  readonly count: number
  /** The event that ended it: its proper end, or an error of the provider. */
  readonly ended: 'complete' | 'api' | undefined
  /** Whether the end of the connection would be its proper end. */
  readonly mayEnd: boolean
}

interface Event {
  readonly type?: string
  readonly delta?: string
  readonly error?: object
  readonly choices?: readonly {
    readonly text?: string
    readonly delta?: { readonly content?: string }
    readonly finish_reason: string | null
  }[]
}

/** @param textBound the maximum length of the text; reading stops there */
export function readEvents(events: readonly string[], textBound = Infinity): Reading {
  let text = ''
  let finishReason: string | undefined
  let count = 0
  let ended: Reading['ended']
  let mayEnd = false
  for (const data of events) {
    if (ended || text.length > textBound) break
    count++
    if (data === '[DONE]') {
      ended = 'complete'
      break
    }
    const { type, delta, error, choices = [] } = JSON.parse(data) as Event
    const choice = choices[0]
    text += choice?.delta?.content ?? choice?.text ?? delta ?? ''
    if (choice?.finish_reason) {
      finishReason = choice.finish_reason
      mayEnd = true
    }
    if (type === 'response.completed') [ended, finishReason] = ['complete', 'stop']
    if (type === 'response.incomplete') [ended, finishReason] = ['complete', 'length']
    if (type === 'response.failed' || error) ended = 'api'
  }
  return { text, finishReason, count, ended, mayEnd }
}
