import type { Answer, AnswerKind } from './answer.ts'
import type { WireFormat } from './wire-format.ts'

/** A stream of the server: its answer, format and speed. */
export interface StreamRequest extends Answer {
  format: WireFormat
  /** Deltas per second; 0 sends all of them at once. */
  rate: number
}

/** The path that opens the stream. Anything that a client appends to it is ignored. */
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

/** The path at which a page reports that it has shown the middle of an answer. */
export const goOnPath = '/go-on'
