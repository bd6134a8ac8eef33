import type { ContestantName, Entry, Scenario } from '../workloads/workload.ts'
import * as figures from './figures.ts'
import type { EntryResult, Figure, WorkloadResult } from './results.ts'
import type { Spread } from './statistics.ts'
import type { Target } from './targets.ts'

export interface Report {
  results: readonly WorkloadResult[]
  targets: readonly Target[]
  sizes: ReadonlyMap<ContestantName, number>
  versions: Readonly<Record<string, string>>
  command: string
  machine: {
    processor: string
    cores: number
    memory: number
    platform: string
    node: string
    browser: string
    loadBefore: number
    loadAfter: number
  }
  minutes: number
}

interface Column {
  title: string
  figure: Figure
  /** The factor by which the figure is multiplied for display. */
  scale?: number
}

const time: readonly Column[] = [
  { title: 'main thread, ms', figure: figures.mainThread },
  { title: 'without layout, ms', figure: figures.withoutLayout },
]

const columns: Record<Scenario, readonly Column[]> = {
  stream: [
    ...time,
    { title: 'longest task, ms', figure: figures.longestTask },
    { title: 'frames > 33 ms', figure: figures.slowFrames },
    { title: 'commits', figure: figures.commits },
    { title: 'most in one frame', figure: figures.commitsInOneFrame },
    { title: 'texts seen', figure: figures.textsSeen },
    { title: 'finished, ms', figure: figures.finished },
    { title: 'shown by then, %', figure: figures.shownWhenFinished },
  ],
  tasks: [
    { title: 'longest task, CPU ms', figure: figures.longestTracedTask },
    { title: 'its style, layout and paint', figure: figures.renderingOfLongest },
    { title: 'longest without those', figure: figures.longestBeside },
  ],
  typing: [
    { title: 'slowest key, ms', figure: figures.slowestKey },
    { title: 'longest task, ms', figure: figures.longestTask },
    ...time,
    { title: 'texts seen', figure: figures.textsSeen },
  ],
  navigation: [
    { title: 'without a stream, ms', figure: figures.navigationAlone },
    { title: 'under the stream, ms', figure: figures.navigationDuring },
    { title: 'commits', figure: figures.commits },
  ],
  heap: [{ title: 'retained, kB', figure: figures.retained, scale: 1 / 1000 }, ...time],
  ends: [
    { title: 'main thread an update, ms', figure: figures.perUpdate },
    { title: 'at the start', figure: figures.perUpdateAtStart },
    { title: 'at the end', figure: figures.perUpdateAtEnd },
    ...time,
    { title: 'frames > 33 ms', figure: figures.slowFrames },
    { title: 'commits', figure: figures.commits },
  ],
  division: [
    { title: 'an update in the first tenth, ms', figure: figures.perUpdateInFirstTenth },
    { title: 'in the last tenth', figure: figures.perUpdateInLastTenth },
    { title: 'without layout: first', figure: figures.ownInFirstTenth },
    { title: 'last', figure: figures.ownInLastTenth },
    ...time,
    { title: 'commits', figure: figures.commits },
  ],
}

/** The name of each contestant in the tables. */
const labels: Record<ContestantName, string> = {
  ours: 'this package',
  'ours-every': 'this package, `publish: { every: 50 }`',
  floor: 'floor: parser, `JSON.parse`, one write at the end',
  naive: 'naive hook: state per delta',
  'own-frame': 'hook with its own frame',
  'fetch-event-source': '`fetch-event-source`, state per event',
  openai: '`openai` client, state per event',
  'ai-sdk': 'AI SDK `useCompletion`',
  'ai-sdk-throttled': 'AI SDK `useCompletion`, `throttle: 50`',
  tanstack: 'TanStack AI `useChat`',
  'x-sdk': 'ant-design x-sdk `useXChat`',
}

const viewLabels = {
  pre: '`<pre>`',
  blocks: '`useTextBlocks`',
  markdown: 'Markdown, whole',
  'markdown-blocks': 'Markdown, `useTextBlocks`',
  'markdown-parts': 'Markdown, `containerParts`',
}

export function writeReport({
  results,
  targets,
  sizes,
  versions,
  command,
  machine,
  minutes,
}: Report): string {
  return [
    '# Results of the benchmark',
    '',
    `Written by \`${command}\` in ${minutes.toFixed(1)} minutes. Compare only figures from the same run; run it to measure your own machine.`,
    '',
    `Machine: ${machine.cores} cores (${machine.processor}), ${machine.memory} GB, ${machine.platform}, Node ${machine.node}, ${machine.browser}, headless. Load average before and after: ${machine.loadBefore.toFixed(1)} and ${machine.loadAfter.toFixed(1)}.`,
    '',
    `Compared with: ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}. All are minified production builds, each in its own page.`,
    '',
    '## Targets',
    '',
    ...table(
      ['', 'goal', 'measured', ''],
      targets.map(({ what, goal, figure, met }) => [
        what,
        goal,
        figure,
        met ? 'met' : '**not met**',
      ]),
    ),
    '',
    '## How it is measured',
    '',
    ...method,
    '',
    ...results.flatMap(workloadSection),
    '## Size',
    '',
    'Each contestant with its dependencies, without React, minified and gzipped.',
    '',
    ...table(
      ['', 'kB'],
      Array.from(sizes, ([contestant, bytes]) => [labels[contestant], (bytes / 1000).toFixed(1)]),
    ),
    '',
  ].join('\n')
}

const method = [
  '- Chromium reads each stream over HTTP from a local server. Contestants take turns, so that other load on the machine affects all of them. Figures are medians, with the minimum and the maximum in brackets.',
  "- **Main thread** is the CPU time of the page's main thread from the start of the stream until it is idle again (`Performance.getMetrics`, `TaskDuration`, thread time). **Without layout** excludes style and layout. CPU time does not include the time that other programs use the core; durations of tasks and frames do.",
  '- **Longest task** comes from the Long Tasks API: 0 means that no task took over 50 ms. Traced runs report the CPU time of tasks instead, and how much of it is style, layout and paint.',
  '- **Commits** counts all React commits, through the hook of its developer tools. **Most in one frame** excludes the frames in which a stream began or ended, because both are shown immediately. **Texts seen** is the number of different texts that were on the page at the start of a frame.',
  '- **Frames > 33 ms** took longer than two frames of a 60 Hz screen, in wall-clock time.',
  '- `<pre>` and the blocks wrap lines (`white-space: pre-wrap`). Settled groups of blocks have `content-visibility: auto`.',
  '- **Finished** is the time at which the contestant reported the end. **Shown by then** is the share of its text that was on the page at that time.',
  '- The measurement itself costs the same for all: a callback in every frame, about 0.4 ms of CPU time each.',
  '- A run counts only if the page shows the correct text at the end. A contestant that fails once or takes too long is disqualified.',
]

function workloadSection({ workload, entries }: WorkloadResult): string[] {
  const shown = columns[workload.scenario]
  const ofFirst = shown[0]!.figure
  const find = (contestant: ContestantName, format?: string) =>
    entries.find(
      ({ entry }) => entry.contestant === contestant && (!format || entry.format === format),
    )
  // Formats that only peers read are compared with the Responses API.
  const like = (contestant: ContestantName, { format }: Entry) =>
    find(contestant, format) ?? find(contestant)
  const repeats = Math.max(...entries.map(({ samples }) => samples.length))
  const cells = (result: EntryResult) => {
    if (result.failure === undefined) {
      return shown.map(({ figure, scale }) => showSpread(result.figure(figure), scale))
    }
    const known = shown.map(({ figure, scale }) =>
      workload.scenario === 'ends' ? showSpread(result.partial(figure), scale) : '',
    )
    return known.with(-1, result.failure)
  }
  return [
    `## ${workload.title.replace(/^./, (first) => first.toUpperCase())}`,
    '',
    `\`--only ${workload.name}\`, ${repeats === 1 ? 'one run' : `${repeats} runs`} each. Ratios are of the first figure.`,
    '',
    ...table(
      ['', 'wire', ...shown.map(({ title }) => title), '÷ floor', '÷ ours'],
      entries.map((result) => [
        nameOf(result.entry),
        result.entry.format,
        ...cells(result),
        besides(result, like('floor', result.entry), ofFirst),
        besides(result, like('ours', result.entry), ofFirst),
      ]),
    ),
    '',
  ]
}

/** The contestant's median divided by another's. */
function besides(result: EntryResult, base: EntryResult | undefined, figure: Figure): string {
  const value = result.figure(figure)?.median
  const other = base?.figure(figure)?.median
  return value === undefined || !other ? '' : `${(value / other).toFixed(2)} ×`
}

function nameOf({ contestant, view }: Entry): string {
  if (contestant === 'ours') return `**${labels.ours}**, ${viewLabels[view]}`
  // Others show the text in one `<pre>`.
  return view === 'pre' ? labels[contestant] : `${labels[contestant]}, ${viewLabels[view]}`
}

function showSpread(spread: Spread | undefined, scale = 1): string {
  if (!spread) return ''
  const { median, min, max } = spread
  const range = min === max ? '' : ` (${number(min * scale)}–${number(max * scale)})`
  return number(median * scale) + range
}

const number = (value: number) =>
  // What two digits would round to 100 or more.
  value >= 99.5 || Number.isInteger(value)
    ? Math.round(value).toLocaleString('en')
    : value.toPrecision(2)

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(head),
    line(head.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...rows.map(line),
  ]
}
