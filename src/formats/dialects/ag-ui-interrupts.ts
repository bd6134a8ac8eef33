import { isRecord, recordOf, recordsOf, stringOf, type JsonRecord } from '../../json/json-record.ts'
import { parseJson } from '../../json/parse-json.ts'
import type { ApprovalRequest } from '../format-output.ts'
import { inCamelCase } from './camel-case.ts'

/** The request of an interrupt that a run ended with. */
export function requestOf(interrupt: JsonRecord): ApprovalRequest {
  const { id, message, toolCallId } = interrupt
  const metadata = recordOf(interrupt['metadata'])
  // LangGraph's and Mastra's servers put the agent's request there, TanStack AI its own fields.
  const { langgraph, mastra = recordOf(langgraph)['raw'] } = metadata
  const details = detailsOf(isRecord(mastra) ? mastra : metadata)
  return {
    ...details,
    id: stringOf(id) ?? '',
    callId: stringOf(toolCallId),
    message: stringOf(message) ?? details.message,
    raw: interrupt,
  }
}

/**
 * The request in a custom event: `on_interrupt` of LangGraph's and Mastra's servers, which send nothing else
 * by default or for older clients, and `approval-requested` of older servers of TanStack AI.
 *
 * @param number identifies the request if the server does not
 */
export function customRequestOf(event: JsonRecord, number: number): ApprovalRequest | undefined {
  const { name, value, rawEvent } = event
  if (name !== 'on_interrupt' && name !== 'approval-requested') return undefined
  // A string is the question itself, or JSON.
  const said = typeof value === 'string' ? (parseJson(value) ?? value) : value
  const { approval } = recordOf(said)
  const details = detailsOf(recordOf(said))
  const id = [recordOf(rawEvent)['id'], recordOf(approval)['id']].find((id) => stringOf(id))
  return {
    ...details,
    id: stringOf(id) ?? details.callId ?? `interrupt_${number}`,
    message: details.message ?? (typeof said === 'object' ? undefined : stringOf(value)),
    raw: event,
  }
}

/** Reads the waiting call from an agent's own object. */
function detailsOf(json: JsonRecord) {
  const fields = inCamelCase(json)
  const { toolCallId, message, toolName, args, input = args } = fields
  // LangChain's middleware sends a list of calls. Only a list of one call identifies the call of the request.
  const actions = recordsOf(fields['actionRequests'])
  const [action = {}] = actions.length === 1 ? actions : []
  return {
    callId: stringOf(toolCallId),
    name: stringOf(toolName ?? action['name']),
    input: input ?? action['args'],
    message: stringOf(message ?? action['description']),
  }
}
