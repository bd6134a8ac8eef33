import fc from 'fast-check'
import { interleave, pieces, word } from './interleave.ts'

type Json = Record<string, unknown>

/** One output item: its events in order, and the resulting item. */
interface PlannedItem {
  events: Json[]
  item: Json
}

export interface PlannedStream {
  events: Json[]
  /** The status of the response for the package's accumulator; 'cut' has no end. */
  terminal: 'completed' | 'incomplete' | 'cut'
  usage: Json | undefined
}

/** A string built from deltas. Sometimes the authoritative value differs and replaces it. */
const built = fc
  .tuple(pieces, fc.option(word, { freq: 6 }))
  .map(([deltas, other]) => ({ deltas, whole: other ?? deltas.join('') }))

const citation = fc.record({ type: fc.constant('url_citation'), url: fc.webUrl(), title: word })

const textPart = fc
  .tuple(built, fc.array(citation, { maxLength: 2 }))
  .map(([{ deltas, whole }, annotations]) => ({
    opened: { type: 'output_text', text: '', annotations: [] },
    events: [
      ...deltas.map((delta) => ({ type: 'response.output_text.delta', delta, logprobs: [] })),
      ...annotations.map((annotation, index) => ({
        type: 'response.output_text.annotation.added',
        annotation_index: index,
        annotation,
      })),
      { type: 'response.output_text.done', text: whole, logprobs: [] },
    ] as Json[],
    part: { type: 'output_text', text: whole, annotations },
  }))

const refusalPart = built.map(({ deltas, whole }) => ({
  opened: { type: 'refusal', refusal: '' },
  events: [
    ...deltas.map((delta) => ({ type: 'response.refusal.delta', delta })),
    { type: 'response.refusal.done', refusal: whole },
  ] as Json[],
  part: { type: 'refusal', refusal: whole },
}))

const message: fc.Arbitrary<PlannedItem> = fc
  .array(fc.oneof({ weight: 3, arbitrary: textPart }, refusalPart), { minLength: 1, maxLength: 3 })
  .chain((parts) => {
    const strands = parts.map(({ opened, events, part }, index) =>
      [
        { type: 'response.content_part.added', part: opened },
        ...events,
        { type: 'response.content_part.done', part },
      ].map((event): Json => ({ content_index: index, ...event })),
    )
    return interleave(strands, { inOrder: true }).map((events) => ({
      events,
      item: { type: 'message', role: 'assistant', content: parts.map(({ part }) => part) },
    }))
  })

const reasoning: fc.Arbitrary<PlannedItem> = fc
  .tuple(fc.array(built, { maxLength: 2 }), fc.array(built, { maxLength: 2 }))
  .chain(([summaries, raw]) => {
    const summaryStrands = summaries.map(({ deltas, whole }, index) =>
      [
        {
          type: 'response.reasoning_summary_part.added',
          part: { type: 'summary_text', text: '' },
        },
        ...deltas.map((delta) => ({ type: 'response.reasoning_summary_text.delta', delta })),
        { type: 'response.reasoning_summary_text.done', text: whole },
        {
          type: 'response.reasoning_summary_part.done',
          part: { type: 'summary_text', text: whole },
        },
      ].map((event): Json => ({ summary_index: index, ...event })),
    )
    const rawStrands = raw.map(({ deltas, whole }, index) =>
      [
        { type: 'response.content_part.added', part: { type: 'reasoning_text', text: '' } },
        ...deltas.map((delta) => ({ type: 'response.reasoning_text.delta', delta })),
        { type: 'response.reasoning_text.done', text: whole },
        { type: 'response.content_part.done', part: { type: 'reasoning_text', text: whole } },
      ].map((event): Json => ({ content_index: index, ...event })),
    )
    return interleave([...summaryStrands, ...rawStrands], { inOrder: true }).map((events) => ({
      events,
      item: {
        type: 'reasoning',
        summary: summaries.map(({ whole }) => ({ type: 'summary_text', text: whole })),
        ...(raw.length > 0
          ? { content: raw.map(({ whole }) => ({ type: 'reasoning_text', text: whole })) }
          : {}),
      },
    }))
  })

/** A call with one growing string. `field` is its name in the item and in the `done` event. */
const call = (
  type: string,
  field: string,
  events: string,
  fields: Json,
): fc.Arbitrary<PlannedItem> =>
  fc.tuple(built, word).map(([{ deltas, whole }, name]) => ({
    events: [
      ...deltas.map((delta) => ({ type: `${events}.delta`, delta })),
      { type: `${events}.done`, [field]: whole },
    ],
    item: { type, name, ...fields, [field]: whole },
  }))

const searches = fc
  .constantFrom('web_search_call', 'file_search_call')
  .map((type): PlannedItem => ({
    events: ['in_progress', 'searching', 'completed'].map((step) => ({
      type: `response.${type}.${step}`,
    })),
    item: { type },
  }))

const image: fc.Arbitrary<PlannedItem> = fc
  .tuple(fc.array(fc.base64String(), { maxLength: 2 }), fc.base64String({ minLength: 4 }))
  .map(([previews, result]) => ({
    events: [
      { type: 'response.image_generation_call.generating' },
      ...previews.map((preview, index) => ({
        type: 'response.image_generation_call.partial_image',
        partial_image_b64: preview,
        partial_image_index: index,
      })),
    ],
    item: { type: 'image_generation_call', result },
  }))

const environments = fc.constantFrom<Json>(
  {},
  { environment: null },
  { environment: { type: 'local' } },
  { environment: { type: 'container_reference', container_id: 'c' } },
)

const shell: fc.Arbitrary<PlannedItem> = fc
  .array(built, { minLength: 1, maxLength: 2 })
  .chain((commands) => {
    const strands = commands.map(({ deltas, whole }, index) =>
      [
        { type: 'response.shell_call_command.added', command: '' },
        ...deltas.map((delta) => ({ type: 'response.shell_call_command.delta', delta })),
        { type: 'response.shell_call_command.done', command: whole },
      ].map((event): Json => ({ command_index: index, ...event })),
    )
    const action = { commands: commands.map(({ whole }) => whole) }
    return fc
      .tuple(interleave(strands, { inOrder: true }), environments)
      .map(([events, environment]) => ({
        events,
        item: { type: 'shell_call', action, ...environment },
      }))
  })

const shellOutput: fc.Arbitrary<PlannedItem> = built.map(({ deltas, whole }) => {
  const output = { stdout: whole, stderr: '', outcome: { type: 'exit', exit_code: 0 } }
  return {
    events: [
      ...deltas.map((stdout) => ({
        type: 'response.shell_call_output_content.delta',
        command_index: 0,
        delta: { stdout },
      })),
      { type: 'response.shell_call_output_content.done', command_index: 0, output: [output] },
    ],
    item: { type: 'shell_call_output', output: [output] },
  }
})

const unknown: fc.Arbitrary<PlannedItem> = word.map((text) => ({
  events: [],
  item: { type: 'hologram_call', frames: [{ text }] },
}))

const plannedItem = fc.oneof(
  { weight: 4, arbitrary: message },
  { weight: 3, arbitrary: reasoning },
  call('function_call', 'arguments', 'response.function_call_arguments', {}),
  call('custom_tool_call', 'input', 'response.custom_tool_call_input', {}),
  call('mcp_call', 'arguments', 'response.mcp_call_arguments', { server_label: 's' }),
  call('code_interpreter_call', 'code', 'response.code_interpreter_call_code', {}),
  searches,
  image,
  shell,
  shellOutput,
  unknown,
)

/** The item when it is opened, without the values of its later events. */
function openedItem(item: Json): Json {
  const opened: Json = { ...item, status: 'in_progress' }
  if (item['type'] === 'reasoning') delete opened['content']
  for (const name of ['content', 'summary', 'output']) if (name in opened) opened[name] = []
  for (const name of ['arguments', 'input', 'code']) if (name in opened) opened[name] = ''
  if ('result' in opened) opened['result'] = null
  if ('action' in opened) opened['action'] = { commands: [] }
  return opened
}

/** Streams that are valid by the types of the API, in an order that it may send. */
export const responsesStream: fc.Arbitrary<PlannedStream> = fc
  .tuple(
    fc.array(plannedItem, { maxLength: 4 }),
    // No end is the most informative case: no authoritative output replaces the deltas.
    fc.constantFrom('completed', 'incomplete', 'cut', 'cut', 'cut'),
    fc.constantFrom('whole', 'absent'),
    fc.nat({ max: 3 }),
  )
  .chain(([planned, terminal, finalOutput, keepAlives]) => {
    const items = planned.map(({ item }, index): Json => ({
      id: `item_${index}`,
      call_id: `call_${index}`,
      status: 'completed',
      ...item,
    }))
    const strands = planned.map(({ events }, index) => {
      const item = items[index]!
      const id = { item_id: item['id'], output_index: index }
      return [
        { type: 'response.output_item.added', output_index: index, item: openedItem(item) },
        ...events.map((event): Json => ({ ...id, ...event })),
        { type: 'response.output_item.done', output_index: index, item },
      ] as Json[]
    })
    const pauses = Array.from({ length: keepAlives }, (): Json => ({ type: 'keepalive' }))
    return interleave([...strands, pauses]).chain((middle) =>
      // Cut anywhere: the received part must be the same on both sides.
      fc.nat({ max: middle.length }).map((length): PlannedStream => {
        const response = { id: 'resp_1', object: 'response', model: 'm', output: [] }
        const usage = { input_tokens: 1, output_tokens: 2, total_tokens: 3 }
        const end: Json = {
          type: `response.${terminal}`,
          response: {
            ...response,
            status: terminal,
            output: finalOutput === 'whole' ? items : null,
            usage,
            ...(terminal === 'incomplete'
              ? { incomplete_details: { reason: 'max_output_tokens' } }
              : {}),
          },
        }
        const events: Json[] = [
          { type: 'response.created', response: { ...response, status: 'in_progress' } },
          ...(terminal === 'cut' ? middle.slice(0, length) : middle),
          ...(terminal === 'cut' ? [] : [end]),
        ]
        return {
          events: events.map((event, index) => ({ sequence_number: index, ...event })),
          terminal,
          usage: terminal === 'cut' ? undefined : usage,
        }
      }),
    )
  })
