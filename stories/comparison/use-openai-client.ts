import OpenAI from 'openai'
import { useRef, useState } from 'react'
import { useConnection } from '../connection/connection.tsx'
import type { Outcome } from '../outcomes/outcomes.ts'
import { shorten } from '../outcomes/shorten.ts'
import { useRerun, type Orders } from '../outcomes/use-rerun.ts'

/** Loops over a stream of the `openai` client for an outcome, and returns how the loop ended. */
export function useOpenAiClient(outcome: Outcome, orders: Orders): string {
  const { play } = useConnection()
  const [report, setReport] = useState('–')
  const controller = useRef<AbortController | null>(null)

  async function run() {
    controller.current?.abort()
    const mine = (controller.current = new AbortController())
    const say = (words: string) => {
      if (controller.current === mine) setReport(words)
    }
    const fetch = play(outcome.script)
    const client = new OpenAI({
      apiKey: 'none',
      baseURL: new URL('/api', location.href).href,
      dangerouslyAllowBrowser: true,
      maxRetries: 0,
      logLevel: 'off',
      fetch: (url, init) => fetch(url instanceof Request ? url.url : url, init ?? {}),
    })
    say('… loading')
    let length = 0
    try {
      const stream = await client.responses.create(
        { model: 'gpt-5-mini', input: '', stream: true },
        { signal: mine.signal },
      )
      for await (const event of stream) {
        if (event.type === 'response.output_text.delta') length += event.delta.length
        if (outcome.abortAfter !== undefined && length >= outcome.abortAfter) mine.abort()
      }
      say(`✓ finished, ${length} characters`)
    } catch (error) {
      say(`✕ ${shorten(error instanceof Error ? error.message : String(error))}`)
    }
  }

  useRerun(
    orders,
    () => void run(),
    () => controller.current?.abort(),
  )
  return report
}
