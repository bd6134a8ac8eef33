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
    '# What is read from where',
    'Servers that speak the same API put the same thing under different names. This page lists where each field of the state comes from. Every line is a test in `test/providers`, which also writes the page: `npx vitest run --project unit test/providers -u`.',
    'A stream that is read wrongly is the best report: see [Contributing](../CONTRIBUTING.md#a-recorded-stream).',
    '## Which format',
    table(
      ['server', '`format`'],
      formats.map(([servers, format]) => [servers, `\`${format}\``]),
    ),
    'Where the server’s deltas repeat all of the text so far, wrap the format in `cumulative`.',
    ...sections.flatMap(({ title, intro, readings }) => [
      `## ${title}`,
      intro,
      table(
        ['on the wire', 'sent by', 'in the state'],
        readings.map(({ place, by, as }) => [place, by, as || '`error.kind`: `api`']),
      ),
    ]),
    '## Finish reasons',
    'Upper and lower case are the same. `rawFinishReason` has the word of the wire. A reason that is none of these is `other`; `"null"` and an empty one are none.',
    table(
      ['`finishReason`', 'words'],
      Object.entries(finishWords).map(([reason, words]) => [
        `\`${reason}\``,
        words.map((word) => `\`${word}\``).join(', '),
      ]),
    ),
    '## Servers of other libraries',
    'The outcome when a model behind the library’s server answers, calls a tool, waits for approval, reports an error, is cut as if it were whole, is reset, or is aborted by the server. It is the `finishReason` of a `complete` run, or the `kind` of the error. `npm run record:producers` records the streams.',
    table(
      ['server', 'version', '`format`', ...outcomes],
      producers.map(producerRow).filter((cells) => cells.includes('`stop`')),
    ),
    [
      '- TanStack AI treats the end of a cut stream as the end of the answer, so a cut shows as `stop`.',
      '- `streamRetries` of the AI SDK appends the second attempt to the text of the first: nothing on the wire withdraws it.',
      '- The chunks of `@google/genai` carry the response headers of the provider. Write on only `candidates`, `usageMetadata`, `modelVersion`, `responseId` and `promptFeedback`.',
      '- A `toReadableStream()` of the SDKs breaks off at an error of the provider: the page sees `network`, and no reason.',
    ].join('\n'),
  ].join('\n\n')
}
