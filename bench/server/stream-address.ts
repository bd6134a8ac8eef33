import type { Answer, AnswerKind } from './answer.ts'
import type { WireFormat } from './wire-format.ts'

/** What a stream of the server is: which answer, in which words, how fast. */
export interface StreamRequest extends Answer {
  format: WireFormat
  /** Deltas a second; 0 sends all of them at once. */
  rate: number
}

/** The path that opens the stream; whatever a client appends to it changes nothing. */
export function streamPath({ format, kind, deltas, rate }: StreamRequest): string {
  return `/stream/${format}/${kind}/${deltas}/${rate}`
}

export function readStreamPath(path: string): StreamRequest | undefined {
  const match = /^\/stream\/([\w-]+)\/(\w+)\/(\d+)\/(\d+)/.exec(path)
  if (!match) return undefined
  const [, format, kind, deltas, rate] = match
  return {
    format: format as WireFormat,
    kind: kind as AnswerKind,
    deltas: Number(deltas),
    rate: Number(rate),
  }
}

export function textPath({ kind, deltas }: Answer): string {
  return `/text/${kind}/${deltas}`
}

export function readTextPath(path: string): Answer | undefined {
  const match = /^\/text\/(\w+)\/(\d+)$/.exec(path)
  return match ? { kind: match[1] as AnswerKind, deltas: Number(match[2]) } : undefined
}

/** Where a page says that it has shown the middle of an answer, which came at once. */
export const goOnPath = '/go-on'
