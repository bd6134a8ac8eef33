import type { PageRequest, Recording } from '../page/protocol.ts'
import { deltasOf, middleOf, textOf } from '../server/answer.ts'
import type { BenchServer } from '../server/serve.ts'
import { streamPath } from '../server/stream-address.ts'
import type { Entry, Workload } from '../workloads/workload.ts'
import { settlesWithin, type BenchBrowser, type BenchPageHandle } from './browser.ts'
import type { Session } from './devtools.ts'
import { pageName } from './build-pages.ts'
import { heapSize } from './heap-size.ts'
import { countMainThread } from './main-thread.ts'
import { startProfile } from './profile.ts'
import { startTrace } from './trace.ts'
import type { GrowthPoint, Sample } from './sample.ts'

const typed = 'the quick brown fox jumps over the lazy dog '

/** The purpose of a run. All except `figures` add their own cost. */
export type Watch = 'figures' | 'tasks' | 'profile'

/**
 * Runs a contestant once through a workload, in a separate page. A page that does not start, or whose browser
 * ends, is opened once more; after that, only this run has failed.
 */
export async function measure(...run: Parameters<typeof measureOnce>): Promise<Sample> {
  try {
    return await measureOnce(...run)
  } catch {
    return measureOnce(...run).catch((error: unknown) => ({
      ...nothing,
      growth: [],
      failure: error instanceof Error ? error.message : String(error),
    }))
  }
}

async function measureOnce(
  browser: BenchBrowser,
  server: BenchServer,
  workload: Workload,
  entry: Entry,
  watch: Watch = 'figures',
): Promise<Sample> {
  const page = await openPage(browser, server, workload, entry)
  const { inspector } = page
  let isClosed = false
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
    const run = page.evaluate<Recording>('bench.run()').then((done) => {
      recording = done
    })
    // A run that is no longer awaited must not leave an unhandled rejection.
    run.catch(() => undefined)
    const isOver = () => recording !== undefined || isClosed
    const growth: GrowthPoint[] = []
    let during = 0
    if (scenario === 'typing') void typeUntil(inspector, isOver)
    if (scenario === 'ends' || scenario === 'division')
      void watchGrowth(page, count, growth, isOver)
    if (scenario === 'navigation') {
      await sleep(1000)
      during = await page.evaluate<number>('bench.navigate()')
    }
    await settlesWithin(run, workload.cap)
    if (!recording) {
      return { ...nothing, growth, failure: `not finished within ${workload.cap / 1000} s` }
    }
    const after = await count()
    const tasks = await endTrace?.()
    if (endProfile) console.log(await endProfile())
    const retained = scenario === 'heap' ? (await heapSize(inspector)) - heapBefore : undefined
    const keys = scenario === 'typing' ? await page.evaluate<number[]>('bench.keyLatencies()') : []
    return {
      ...recording,
      failure: await page.evaluate<string | undefined>('bench.check()'),
      mainThread: after.task - before.task,
      layout: after.layout - before.layout,
      keys,
      navigation: scenario === 'navigation' ? { alone, during } : undefined,
      retained,
      tasks,
      growth,
    }
  } finally {
    isClosed = true
    await page.close()
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
): Promise<BenchPageHandle> {
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
  const hash = encodeURIComponent(JSON.stringify(request))
  const page = await browser.openPage(`${origin}/${pageName(entry)}#${hash}`)
  await page.inspector.send('Page.bringToFront')
  // Polled, because an evaluation during the loading of the page may get no response.
  const deadline = performance.now() + 15_000
  while (!(await hasStarted(page))) {
    if (performance.now() > deadline) {
      await page.close()
      throw new Error(`The page of ${pageName(entry)} does not start.`)
    }
    await sleep(20)
  }
  await page.evaluate('bench.ready')
  await page.evaluate('document.querySelector("input").focus()')
  // Lets the remaining work of loading the page finish.
  await sleep(200)
  return page
}

/** Polled, because an evaluation during the loading of a page may get no response. */
async function hasStarted(page: BenchPageHandle): Promise<boolean> {
  const answer = page.evaluate<boolean>('typeof bench === "object"')
  return (await settlesWithin(answer, 500)) && (await answer.catch(() => false))
}

/** The same transition on a page whose stream has not been started. */
async function navigateAlone(
  browser: BenchBrowser,
  server: BenchServer,
  workload: Workload,
  entry: Entry,
): Promise<number> {
  const page = await openPage(browser, server, workload, entry)
  try {
    return await page.evaluate<number>('bench.navigate()')
  } finally {
    await page.close()
  }
}

/** Ten keys per second, sent without waiting for their effect. */
async function typeUntil(inspector: Session, isOver: () => boolean) {
  for (let index = 0; !isOver(); index++) {
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
    await sleep(100)
  }
}

async function watchGrowth(
  page: BenchPageHandle,
  count: () => Promise<{ task: number; layout: number }>,
  growth: GrowthPoint[],
  isOver: () => boolean,
) {
  try {
    while (!isOver()) {
      // Requested together, so that the page does nothing in between.
      const [{ task, layout }, seen] = await Promise.all([
        count(),
        page.evaluate<Omit<GrowthPoint, 'mainThread' | 'layout'>>(
          '({ progress: bench.progress(), commits: bench.commits() })',
        ),
      ])
      growth.push({ ...seen, mainThread: task, layout })
      await sleep(100)
    }
  } catch {
    // The page has been closed: it took too long.
  }
}

const sleep = (duration: number) => new Promise((resolve) => setTimeout(resolve, duration))
