import { expect } from 'vitest'
import type { SettledState } from '../../../src/index.ts'
import { chat } from './bodies.ts'
import { renderCompletion, type CompletionPage } from './completion-page.tsx'
import { head, prepareFault, write, type Fault } from './fault.ts'

/** A page with an active run. */
export interface Started {
  readonly fault: Fault
  readonly page: CompletionPage
  readonly run: Promise<SettledState>
}

/** A run whose request has reached the server, which has not responded. */
export async function startConnecting(): Promise<Started> {
  const fault = await prepareFault()
  const page = await renderCompletion({ url: fault.url })
  const run = page.completion.start('Hi')
  await fault.requested()
  return { fault, page, run }
}

/** A run whose first text, `Half`, is on the page. */
export async function startStreaming(): Promise<Started> {
  const fault = await prepareFault(head(), write(chat.text('Half')))
  const page = await renderCompletion({ url: fault.url })
  const run = page.completion.start('Hi')
  await expect.poll(() => page.shown()).toMatchObject({ status: 'streaming', text: 'Half' })
  return { fault, page, run }
}
