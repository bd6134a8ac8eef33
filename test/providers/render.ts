import type { Producer, RecordedOutcome } from '../producers/support/recordings.ts'
import { finishWords, formats, sections } from './readings.ts'

const cell = (text: string) => text.replaceAll('|', '\\|')
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')

const outcomes = ['text', 'tool', 'approval', 'error', 'cut', 'reset', 'abort'] as const

function outcomeOf({ status, kind = status, finishReason = '' }: RecordedOutcome): string {
  return `\`${status === 'error' ? kind : finishReason || status}\``
}

function producerRow({ about, versions, format, recordings }: Producer): string[] {
  const [, version = ''] = Object.entries(versions)[0] ?? []
  const code = about.replace(/\S*\(.*?\)(?= of| over)/, '`$&`')
  const cells = outcomes.map((scenario) => {
    const recording = recordings.find((recording) => recording.scenario === scenario)
    return recording ? outcomeOf(recording.expect) : ''
  })
  return [code, version, `\`${format === 'auto' ? "'auto'" : format}\``, ...cells]
}

/** The page `docs/providers.md`. */
export function renderProviders(producers: readonly Producer[]): string {
  return [
    '# Provider compatibility',
    'Servers with the same API often use different field names. This page lists the source of each field of the state. Every row is a test in `test/providers`, which also generates this page: `npx vitest run --project unit test/providers -u`.',
    'If a stream is read incorrectly, please report it with a recording: see [Contributing](../CONTRIBUTING.md#recorded-streams).',
    '## Formats',
    table(
      ['server', '`format`'],
      formats.map(([servers, format]) => [servers, `\`${format}\``]),
    ),
    'If each delta of a server repeats the text so far, wrap the format in `cumulative`.',
    ...sections.flatMap(({ title, intro, readings }) => [
      `## ${title}`,
      intro,
      table(
        ['on the wire', 'sent by', 'in the state'],
        readings.map(({ place, by, as }) => [place, by, as || '`error.kind`: `api`']),
      ),
    ]),
    '## Finish reasons',
    'Case is ignored. `rawFinishReason` holds the original value. Any other value becomes `other`; `"null"`, `not_finished`, `…_unspecified` and an empty string are treated as no reason.',
    table(
      ['`finishReason`', 'values'],
      Object.entries(finishWords).map(([reason, words]) => [
        `\`${reason}\``,
        words.map((word) => `\`${word}\``).join(', '),
      ]),
    ),
    '## Servers built with other libraries',
    'Each column shows the outcome of one scenario: the model behind the library’s server answers, calls a tool, waits for approval or reports an error; the connection to the model closes early or is reset; or the server aborts. The outcome is the `finishReason` of a `complete` run or the `kind` of the error. `npm run record:producers` records the streams.',
    table(
      ['server', 'version', '`format`', ...outcomes],
      producers.map(producerRow).filter((cells) => cells.includes('`stop`')),
    ),
    [
      '- Portkey uses the index of Cohere’s content blocks as the index of choices: the answer of a reasoning model is in `choices[1]`, and its reasoning is missing from the stream.',
      '- TanStack AI treats a truncated upstream as a finished answer, so it is reported as `stop`.',
      '- `streamRetries` of the AI SDK appends the second attempt to the text of the first: no event in the stream removes it.',
      '- The chunks of `@google/genai` contain the provider’s response headers. Forward only `candidates`, `usageMetadata`, `modelVersion`, `responseId` and `promptFeedback`.',
      '- `toReadableStream()` in the SDKs aborts the response when the provider reports an error: the page sees `network` without the cause.',
    ].join('\n'),
  ].join('\n\n')
}
