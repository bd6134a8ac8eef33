import { opened, place, type EventCase, type EventCases } from '../support/event-case.ts'

type HostedStatusType = {
  [Tool in keyof Statuses]: `response.${Tool}.${Statuses[Tool]}`
}[keyof Statuses]

interface Statuses {
  web_search_call: 'in_progress' | 'searching' | 'completed'
  file_search_call: 'in_progress' | 'searching' | 'completed'
  code_interpreter_call: 'in_progress' | 'interpreting' | 'completed'
  image_generation_call: 'in_progress' | 'generating' | 'completed'
  compaction: 'compacting'
}

/** An event that only reports the progress of a hosted tool: the item has the new status. */
function statusCase<T extends HostedStatusType>(type: T): EventCase<T> {
  const [, tool = '', status = ''] = type.split('.')
  return {
    effect: `is the status of the ${tool.replaceAll('_', ' ')}`,
    before: [opened({ type: tool, status: 'waiting', kept: true })],
    event: { type, ...place } as EventCase<T>['event'],
    after: { toolCalls: [], output: [{}, { type: tool, status, kept: true }] },
  } as EventCase<T>
}

const openedImage = opened({ type: 'image_generation_call', result: null })

/** Work of the provider's own tools. */
export const hostedCases: EventCases<
  | HostedStatusType
  | 'response.code_interpreter_call_code.delta'
  | 'response.code_interpreter_call_code.done'
  | 'response.image_generation_call.partial_image'
> = {
  'response.web_search_call.in_progress': statusCase('response.web_search_call.in_progress'),
  'response.web_search_call.searching': statusCase('response.web_search_call.searching'),
  'response.web_search_call.completed': statusCase('response.web_search_call.completed'),
  'response.file_search_call.in_progress': statusCase('response.file_search_call.in_progress'),
  'response.file_search_call.searching': statusCase('response.file_search_call.searching'),
  'response.file_search_call.completed': statusCase('response.file_search_call.completed'),
  'response.code_interpreter_call.in_progress': statusCase(
    'response.code_interpreter_call.in_progress',
  ),
  'response.code_interpreter_call.interpreting': statusCase(
    'response.code_interpreter_call.interpreting',
  ),
  'response.code_interpreter_call.completed': statusCase(
    'response.code_interpreter_call.completed',
  ),
  'response.code_interpreter_call_code.delta': {
    effect: 'appends to the code',
    before: [
      opened({ type: 'code_interpreter_call', code: null }),
      { type: 'response.code_interpreter_call_code.delta', ...place, delta: 'print(' },
    ],
    event: { type: 'response.code_interpreter_call_code.delta', ...place, delta: '1)' },
    after: { output: [{}, { type: 'code_interpreter_call', code: 'print(1)' }] },
  },
  'response.code_interpreter_call_code.done': {
    effect: 'replaces the code that deltas built',
    before: [
      opened({ type: 'code_interpreter_call', code: '' }),
      { type: 'response.code_interpreter_call_code.delta', ...place, delta: 'print(' },
    ],
    event: { type: 'response.code_interpreter_call_code.done', ...place, code: 'print(2)' },
    after: { output: [{}, { code: 'print(2)' }] },
  },
  'response.image_generation_call.in_progress': statusCase(
    'response.image_generation_call.in_progress',
  ),
  'response.image_generation_call.generating': statusCase(
    'response.image_generation_call.generating',
  ),
  'response.image_generation_call.completed': statusCase(
    'response.image_generation_call.completed',
  ),
  'response.image_generation_call.partial_image': {
    effect: 'replaces the preview of the image',
    before: [
      openedImage,
      {
        type: 'response.image_generation_call.partial_image',
        ...place,
        partial_image_index: 0,
        partial_image_b64: 'AAAA',
        output_format: 'png',
      },
    ],
    event: {
      type: 'response.image_generation_call.partial_image',
      ...place,
      partial_image_index: 1,
      partial_image_b64: 'BBBB',
      output_format: 'png',
    },
    after: {
      images: [{ id: 'item_1', base64: 'BBBB', partial: true, format: 'png' }],
      output: [{}, { partial_image_b64: 'BBBB', partial_image_index: 1, output_format: 'png' }],
    },
  },
  'response.compaction.compacting': statusCase('response.compaction.compacting'),
}
