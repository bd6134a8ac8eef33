import type { Session } from './devtools.ts'

interface Profile {
  nodes: {
    id: number
    callFrame: { functionName: string; url: string; lineNumber: number }
  }[]
  samples?: number[]
  timeDeltas?: number[]
}

/** Samples the main thread. The result names the functions with the most self time. */
export async function startProfile(inspector: Session): Promise<() => Promise<string>> {
  await inspector.send('Profiler.enable')
  await inspector.send('Profiler.setSamplingInterval', { interval: 200 })
  await inspector.send('Profiler.start')
  return async () => {
    const { profile } = await inspector.send<{ profile: Profile }>('Profiler.stop')
    const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
    const own = new Map<string, number>()
    profile.samples?.forEach((id, index) => {
      const { functionName, url, lineNumber } = nodes.get(id)!.callFrame
      const place = url ? `:${lineNumber + 1}` : ''
      const name = `${functionName || '(anonymous)'}${place}`
      own.set(name, (own.get(name) ?? 0) + (profile.timeDeltas?.[index] ?? 0) / 1000)
    })
    own.delete('(idle)')
    return Array.from(own)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, 30)
      .map(([name, time]) => `${time.toFixed(1).padStart(10)} ms  ${name}`)
      .join('\n')
  }
}
