import { agUi } from '../../../src/core.ts'
import { readEveryWay } from '../../support/read-body.ts'
import { data } from '../../support/wire-text.ts'

export const format = { format: agUi }
export const read = (...events: object[]) => readEveryWay(events.map(data).join(''), format)

export const started = { type: 'RUN_STARTED', threadId: 't', runId: 'run_1' }
export const finished = (more: object = {}) => ({
  type: 'RUN_FINISHED',
  threadId: 't',
  runId: 'run_1',
  ...more,
})
export const text = (delta: string, messageId = 'm') => ({
  type: 'TEXT_MESSAGE_CONTENT',
  messageId,
  delta,
})
