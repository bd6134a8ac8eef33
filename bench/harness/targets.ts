import {
  aiSdk,
  aiSdkThrottled,
  ours,
  oursEvery,
  peer,
  tanstack,
  xSdk,
  type ContestantName,
  type Entry,
} from '../workloads/workload.ts'
import * as figures from './figures.ts'
import { lookUp, type Figure, type WorkloadResult } from './results.ts'

/** A target of this package, and whether it is met. */
export interface Target {
  what: string
  goal: string
  /** What was measured. */
  figure: string
  met: boolean
}

const peers = [
  peer('naive'),
  peer('own-frame'),
  peer('fetch-event-source'),
  peer('openai'),
  aiSdk,
  aiSdkThrottled,
  tanstack,
  xSdk,
]

const views = ['blocks', 'pre'] as const
const formats = ['responses', 'chat'] as const

/** The targets whose workloads were run. */
export function judge(
  results: readonly WorkloadResult[],
  sizes: ReadonlyMap<ContestantName, number>,
): readonly Target[] {
  const targets: Target[] = []
  const median = (name: string, entry: Entry, figure: Figure) =>
    lookUp(results, name, entry)?.figure(figure)?.median

  /** Adds a target, if everything that it needs was measured. */
  function hold(
    what: string,
    goal: string,
    measured: number | undefined,
    isMet: (measured: number) => boolean,
    show: (measured: number) => string,
  ) {
    if (measured === undefined) return
    targets.push({ what, goal, figure: show(measured), met: isMet(measured) })
  }

  const atMost = (what: string, limit: number, measured: number | undefined, unit = ' ×') => {
    const show = (value: number) => `${round(value)}${unit}`
    hold(what, `≤ ${show(limit)}`, measured, (value) => value <= limit, show)
  }

  const atLeast = (what: string, limit: number, measured: number | undefined, unit = ' ×') => {
    const show = (value: number) => `${round(value)}${unit}`
    hold(what, `≥ ${show(limit)}`, measured, (value) => value >= limit, show)
  }

  const best = (name: string, figure: Figure) => {
    const known = peers
      .map((entry) => median(name, entry, figure))
      .filter((value) => value !== undefined)
    return known.length === 0 ? undefined : Math.min(...known)
  }

  for (const format of formats) {
    for (const view of views) {
      const entry = ours(view, format)
      const run = `100k deltas at once, ${format}, ${view}`
      const floor = median('burst-100k', peer('floor', format), figures.withoutLayout)
      atMost(
        `${run}: main thread without layout, relative to the floor`,
        0.9,
        ratio(median('burst-100k', entry, figures.withoutLayout), floor),
      )
      atMost(
        view === 'pre'
          ? `${run}: longest task without style, layout and paint`
          : `${run}: longest task`,
        50,
        median(
          'burst-tasks',
          entry,
          view === 'pre' ? figures.longestBeside : figures.longestTracedTask,
        ),
        ' ms',
      )
      atLeast(
        `${run}: texts seen before the complete one`,
        3,
        median('burst-100k', entry, figures.textsSeen),
        '',
      )
      atMost(
        `10k to 100k deltas, ${format}, ${view}: main thread grows by`,
        11,
        ratio(
          median('burst-100k', entry, figures.mainThread),
          median('burst-10k', entry, figures.mainThread),
        ),
      )
    }
  }
  for (const view of views) {
    atMost(
      `typing during 100k deltas at once, ${view}: slowest key to paint`,
      100,
      median('typing', ours(view), figures.slowestKey),
      ' ms',
    )
  }

  const fast = median('paced-2000', ours('blocks'), figures.mainThread)
  atMost(
    '2,000 tokens/s, blocks: main thread, relative to the best peer',
    0.5,
    ratio(fast, best('paced-2000', figures.mainThread)),
  )
  atMost(
    '2,000 tokens/s, blocks: main thread, relative to the naive hook',
    1 / 3,
    ratio(fast, median('paced-2000', peer('naive'), figures.mainThread)),
  )
  atMost(
    '2,000 tokens/s, blocks: frames over 33 ms',
    0,
    median('paced-2000', ours('blocks'), figures.slowFrames),
    '',
  )

  for (const [name, what, limit] of [
    ['paced-2000', '2,000 tokens/s', 0.35],
    ['hooks-20', '20 hooks at 100 tokens/s', 0.5],
  ] as const) {
    atMost(
      `${what}, \`every: 50\`, blocks: main thread, relative to the AI SDK with \`throttle: 50\``,
      limit,
      ratio(
        median(name, oursEvery, figures.mainThread),
        median(name, aiSdkThrottled, figures.mainThread),
      ),
    )
  }
  atMost(
    '20 hooks at 100 tokens/s, `every: 50`, blocks: React commits of the page in 5 s',
    115,
    median('hooks-20', oursEvery, figures.commits),
    '',
  )
  for (const { workload } of results.filter(({ workload }) => workload.scenario === 'division')) {
    const divided = lookUp(results, workload.name, ours('markdown-parts'))
    atMost(
      `${workload.title}: an update in the last tenth, relative to one in the first`,
      1.5,
      ratio(
        divided?.figure(figures.perUpdateInLastTenth)?.median,
        divided?.figure(figures.perUpdateInFirstTenth)?.median,
      ),
    )
  }

  const rendered = lookUp(results, 'markdown', ours('markdown-blocks'))
  const perUpdate = rendered?.figure(figures.perUpdate)?.median
  atMost(
    'Markdown, blocks: cost of an update at the end, relative to the start',
    1.5,
    ratio(
      rendered?.figure(figures.perUpdateAtEnd)?.median,
      rendered?.figure(figures.perUpdateAtStart)?.median,
    ),
  )
  atLeast(
    'Markdown: cost of an update without blocks, relative to one with blocks',
    20,
    ratio(
      lookUp(results, 'markdown', ours('markdown'))?.partial(figures.perUpdate)?.median,
      perUpdate,
    ),
  )

  for (const name of ['hooks-20', 'hooks-100']) {
    for (const view of views) {
      atMost(
        `${name}, ${view}: most React commits in one frame, of the whole page`,
        1,
        median(name, ours(view), figures.commitsInOneFrame),
        '',
      )
    }
  }
  const slow = median('hooks-20', ours('blocks'), figures.slowFrames)
  const slowPeer = best('hooks-20', figures.slowFrames)
  if (slow !== undefined && slowPeer !== undefined) {
    targets.push({
      what: 'hooks-20, blocks: frames over 33 ms, relative to the best peer',
      goal: '≤ 1/3',
      figure: `${round(slow)} of ${round(slowPeer)}`,
      met: slow <= slowPeer / 3,
    })
  }

  for (const view of views) {
    atMost(
      `transition under 200 tokens/s, ${view}: relative to the time without a stream`,
      1.5,
      ratio(
        median('navigation', ours(view), figures.navigationDuring),
        median('navigation', ours(view), figures.navigationAlone),
      ),
    )
  }

  atMost('the hook including dependencies, min + gzip', 17.5, thousands(sizes.get('ours')), ' kB')
  const heap = results.find(({ workload }) => workload.name === 'heap')
  const retained = median('heap', ours('pre'), figures.retained)
  atMost(
    'heap retained after a 1 MB answer, relative to its text',
    3,
    ratio(retained, heap?.textLength),
  )
  return targets
}

const ratio = (value: number | undefined, base: number | undefined) =>
  value === undefined || !base ? undefined : value / base

const thousands = (value: number | undefined) => (value === undefined ? undefined : value / 1000)

const round = (value: number) => String(Number(value.toPrecision(3)))
