/** A chat with many turns, shown by one of the contestants. Bundled for each of them by `run.mjs`. */
import { memo, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { format, textOf, useTurns } from './contestant.ts'
import { wireBody } from '../server/wire-format.ts'

interface BenchPage {
  /** Sends a question, and resolves once the answer is complete. */
  run: () => Promise<{ rowRenders: number; rowsInOneFrame: number; text: string }>
}

const { count, length, tokens, rate } = Object.fromEntries(
  [...new URLSearchParams(location.search)].map(([name, value]) => [name, Number(value)]),
) as Record<'count' | 'length' | 'tokens' | 'rate', number>

/** Words of four characters, so that texts have the requested length. */
const past = Array.from({ length: count }, (_, index) =>
  `t${String(index % 100).padStart(2, '0')} `.repeat(Math.round(length / count / 4)),
)

/** Answers every request at the same pace, in the contestant's own format. */
window.fetch = () => {
  const { head, deltas, tail } = wireBody(format, { kind: 'prose', deltas: tokens })
  const encoder = new TextEncoder()
  const body = new ReadableStream({
    async start(controller) {
      controller.enqueue(encoder.encode(head))
      const began = performance.now()
      for (let sent = 0; sent < deltas.length;) {
        await new Promise((resolve) => setTimeout(resolve, 1000 / rate))
        const due = Math.min(deltas.length, Math.ceil(((performance.now() - began) * rate) / 1000))
        for (; sent < due; sent++) controller.enqueue(encoder.encode(deltas[sent]))
      }
      controller.enqueue(encoder.encode(tail))
      controller.close()
    },
  })
  const headers = { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1' }
  return Promise.resolve(new Response(body, { headers }))
}

type ContestantTurn = Parameters<typeof textOf>[0]

const counts = { renders: 0, inFrame: 0, mostInFrame: 0 }
let shown: { isBusy: boolean; text: string } = { isBusy: false, text: '' }
let send = () => {}

function countRender() {
  counts.renders++
  counts.inFrame++
  counts.mostInFrame = Math.max(counts.mostInFrame, counts.inFrame)
}

/** As in an app: a row renders again only if its turn is another object. */
const Row = memo(function Row({ turn }: { turn: ContestantTurn }) {
  countRender()
  return <p>{textOf(turn)}</p>
})

function Chat() {
  const chat = useTurns(past)
  const last = chat.turns.at(-1)
  useEffect(() => {
    shown = { isBusy: chat.isBusy, text: last ? textOf(last) : '' }
    send = chat.send
  })
  return chat.turns.map((turn) => <Row key={turn.id} turn={turn} />)
}

createRoot(document.getElementById('root')!).render(<Chat />)

const page: BenchPage = {
  async run() {
    Object.assign(counts, { renders: 0, inFrame: 0, mostInFrame: 0 })
    let isOver = false
    const frame = () => {
      counts.inFrame = 0
      if (!isOver) requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
    send()
    const until = async (holds: () => boolean) => {
      while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await until(() => shown.isBusy)
    await until(() => !shown.isBusy)
    isOver = true
    return { rowRenders: counts.renders, rowsInOneFrame: counts.mostInFrame, text: shown.text }
  },
}
Object.assign(window, { bench: page })
