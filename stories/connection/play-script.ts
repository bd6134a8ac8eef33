import {
  scriptedFetch,
  type FetchScript,
  type ScriptedStream,
  type StreamStep,
} from 'use-streaming-completion/testing'
import type { Fetch } from './fetch.ts'
import type { ConnectionArgs } from './connection-args.ts'

/** A `fetch` that plays a script at the speed and in the chunks that the controls ask for. */
export function playScript(script: FetchScript, args: ConnectionArgs): Fetch {
  const adapt = (stream: ScriptedStream | Error) =>
    stream instanceof Error ? stream : adapted(stream, args)
  if (typeof script === 'function') return scriptedFetch((request) => adapt(script(request)))
  return scriptedFetch('steps' in script ? adapted(script, args) : script.map(adapt))
}

function adapted(stream: ScriptedStream, { speed, chunking }: ConnectionArgs): ScriptedStream {
  const steps = stream.steps.map(({ send, delay = 0 }) => ({ send, delay: delay / speed }))
  return {
    ...stream,
    responseDelay: (stream.responseDelay ?? 0) / speed,
    steps:
      chunking === 'one byte'
        ? steps.flatMap(intoBytes)
        : chunking === 'all at once'
          ? intoOne(steps)
          : steps,
  }
}

function bytesOf(send: StreamStep['send']): Uint8Array {
  return typeof send === 'string' ? new TextEncoder().encode(send) : send
}

function intoBytes({ send, delay }: StreamStep): StreamStep[] {
  const bytes = bytesOf(send)
  return Array.from(bytes, (_, index) => ({
    send: bytes.subarray(index, index + 1),
    delay: index === 0 ? delay : 0,
  }))
}

function intoOne(steps: readonly Required<StreamStep>[]): StreamStep[] {
  const bytes = steps.flatMap(({ send }) => [...bytesOf(send)])
  const delay = steps.reduce((sum, step) => sum + (step.delay ?? 0), 0)
  return bytes.length === 0 ? [] : [{ send: new Uint8Array(bytes), delay }]
}
