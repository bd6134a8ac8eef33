import {
  scriptedFetch,
  type ScriptedRequest,
  type ScriptedStream,
} from 'use-streaming-completion/testing'
import {
  answerChat,
  answerModerations,
  answerResponses,
  startingAfter,
} from '../model/answer-request.ts'
import { ApiError } from '../model/api-error.ts'
import { parseJsonObject } from '../model/generation-request.ts'
import { withDemoDefaults } from '../model/with-demo-defaults.ts'
import { hashOf, seededRandom, type Random } from '../model/random.ts'
import type { Fetch } from './fetch.ts'
import type { ConnectionArgs } from './connection-args.ts'
import { refusalOf } from './refusal.ts'
import { playAnswer, playJson } from './play-answer.ts'
import { followBackground } from './simulated-background.ts'

let requests = 0

/**
 * A `fetch` that the page answers itself, as the demo's proxy and its embedded upstream would:
 * a script for every request, played by the package's testing entry.
 */
export function simulatedFetch(args: ConnectionArgs): Fetch {
  return scriptedFetch((request) => {
    const random = seededRandom(hashOf(`simulated:${(requests += 1)}`))
    try {
      return answer(request, args, random)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      return playJson(error.body, { status: error.status, headers: error.headers })
    }
  })
}

function answer(
  { url, init }: ScriptedRequest,
  args: ConnectionArgs,
  random: Random,
): ScriptedStream | Error {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  const body = typeof init.body === 'string' ? init.body : ''
  if (pathname === '/api/moderations') {
    return playAnswer(answerModerations(body, random), 'responses', args, random)
  }
  const [, id] = /^\/api\/responses\/(\w+)$/.exec(pathname) ?? []
  if (id !== undefined) return followBackground(id, startingAfter(searchParams), args)

  if (args.fault === 'offline') return new TypeError('Failed to fetch')
  const refusal = refusalOf(args.fault)
  if (refusal) return { ...refusal, steps: [{ send: refusal.body }] }
  // As in the proxy, one path accepts both APIs.
  const request = JSON.stringify(withDemoDefaults(parseJsonObject(body)))
  return pathname === '/api/chat/completions' || /"messages"\s*:/.test(body)
    ? playAnswer(answerChat(request, random), 'chat', args, random)
    : playAnswer(answerResponses(request, random), 'responses', args, random)
}
