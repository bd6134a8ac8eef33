import type { CDPSession, Page } from 'playwright'
import type { BenchPage, PageRequest, Recording } from '../page/protocol.ts'
import { deltasOf, middleOf, textOf } from '../server/answer.ts'
import type { BenchServer } from '../server/serve.ts'
import { streamPath } from '../server/stream-address.ts'
import type { Entry, Workload } from '../workloads/workload.ts'
import { settlesWithin, type BenchBrowser, type OpenPage } from './browser.ts'
import { pageName } from './build-pages.ts'
import { heapSize } from './heap-size.ts'
import { countMainThread } from './main-thread.ts'
import { startProfile } from './profile.ts'
import { startTrace } from './trace.ts'
import type { GrowthPoint, Sample } from './sample.ts'

declare const bench: BenchPage

const typed = 'the quick brown fox jumps over the lazy dog '

/** What a run is for; all but the figures cost time of their own. */
export type Watch = 'figures' | 'tasks' | 'profile'

/** Runs a contestant once through a workload, in a page of its own. */
export async function measure(
  browser: BenchBrowser,
  server: BenchServer,
  workload: Workload,
  entry: Entry,
  watch: Watch = 'figures',
): Promise<Sample> {
  const open = await openPage(browser, server, workload, entry)
  const { page, inspector } = open
  try {
    const { scenario } = workload
    const alone =
      scenario === 'navigation' ? await navigateAlone(browser, server, workload, entry) : 0
    const heapBefore = scenario === 'heap' ? await heapSize(inspector) : 0
    await inspector.send('HeapProfiler.collectGarbage')
    const count = await countMainThread(inspector)
    const endProfile = watch === 'profile' ? await startProfile(inspector) : undefined
    const endTrace = watch === 'tasks' ? await startTrace(inspector) : undefined
    const before = await count()

    let recording: Recording | undefined
    const run = page
      .evaluate(() => bench.run())
      .then((done) => {
        recording = done
      })
    // Whoever takes no part in what follows must not leave a rejection behind.
    run.catch(() => undefined)
    const isOver = () => recording !== undefined
    const growth: GrowthPoint[] = []
    let during = 0
    if (scenario === 'typing') void typeUntil(page, inspector, isOver)
    if (scenario === 'ends') void watchGrowth(page, count, growth, isOver)
    if (scenario === 'navigation') {
      await page.waitForTimeout(1000)
      during = await page.evaluate(() => bench.navigate())
    }
    await settlesWithin(run, workload.cap)
    if (!recording) {
      return { ...nothing, growth, failure: `not finished within ${workload.cap / 1000} s` }
    }
    const after = await count()
    const tasks = await endTrace?.()
    if (endProfile) console.log(await endProfile())
    const retained = scenario === 'heap' ? (await heapSize(inspector)) - heapBefore : undefined
    const keys = scenario === 'typing' ? await page.evaluate(() => [...bench.keyLatencies()]) : []
    return {
      ...recording,
      failure: await page.evaluate(() => bench.check()),
      mainThread: after.task - before.task,
      layout: after.layout - before.layout,
      keys,
      navigation: scenario === 'navigation' ? { alone, during } : undefined,
      retained,
      tasks,
      growth,
    }
  } finally {
    await open.close()
  }
}

const nothing: Omit<Sample, 'failure' | 'growth'> = {
  finished: undefined,
  whole: undefined,
  shownWhenFinished: 0,
  frames: [],
  commits: 0,
  commitsInOneFrame: 0,
  textsSeen: 0,
  longTasks: [],
  mainThread: 0,
  layout: 0,
  keys: [],
  navigation: undefined,
  retained: undefined,
  tasks: undefined,
}

async function openPage(
  browser: BenchBrowser,
  { origin, streamOrigins }: BenchServer,
  { answer, rate, streams }: Workload,
  entry: Entry,
): Promise<OpenPage> {
  const path = streamPath({ ...answer, rate, format: entry.format })
  const middle = middleOf(answer)
  const request: PageRequest = {
    urls: Array.from(
      { length: streams },
      (_, index) => streamOrigins[index % streamOrigins.length]! + path,
    ),
    format: entry.format,
    answer,
    textLength: textOf(answer).length,
    middleLength: middle && deltasOf(answer).slice(0, middle.to).join('').length,
  }
  const open = await browser.openPage()
  const hash = encodeURIComponent(JSON.stringify(request))
  await open.page.goto(`${origin}/${pageName(entry)}#${hash}`)
  await open.page.evaluate(() => bench.ready)
  await open.page.focus('input')
  // What the loading of the page leaves behind.
  await open.page.waitForTimeout(200)
  return open
}

/** The same transition on a page whose stream has not been started. */
async function navigateAlone(
  browser: BenchBrowser,
  server: BenchServer,
  workload: Workload,
  entry: Entry,
): Promise<number> {
  const open = await openPage(browser, server, workload, entry)
  try {
    return await open.page.evaluate(() => bench.navigate())
  } finally {
    await open.close()
  }
}

/** Ten keys a second, sent without waiting for their effect. */
async function typeUntil(page: Page, inspector: CDPSession, isOver: () => boolean) {
  for (let index = 0; !isOver() && !page.isClosed(); index++) {
    const text = typed[index % typed.length]!
    const send = (type: 'keyDown' | 'keyUp') =>
      inspector
        .send('Input.dispatchKeyEvent', {
          type,
          key: text,
          ...(type === 'keyDown' ? { text } : {}),
        })
        .catch(() => undefined)
    void send('keyDown')
    void send('keyUp')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function watchGrowth(
  page: Page,
  count: () => Promise<{ task: number }>,
  growth: GrowthPoint[],
  isOver: () => boolean,
) {
  try {
    while (!isOver()) {
      // Asked together, so that the page does nothing in between.
      const [{ task }, seen] = await Promise.all([
        count(),
        page.evaluate(() => ({ progress: bench.progress(), commits: bench.commits() })),
      ])
      growth.push({ ...seen, mainThread: task })
      await page.waitForTimeout(100)
    }
  } catch {
    // The page has been closed: it took too long.
  }
}
