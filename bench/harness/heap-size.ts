import type { Session } from './devtools.ts'

interface HeapSnapshot {
  snapshot: { meta: { node_fields: string[] } }
  nodes: number[]
  strings: string[]
}

/**
 * The size of everything that a page's scripts can reach, in bytes. Measured by a snapshot, because the engine's
 * own heap count does not include strings that are shared with the document. The memory of layout is excluded:
 * it depends on how the text is shown, and is most of the memory of a long text.
 */
export async function heapSize(inspector: Session): Promise<number> {
  const chunks: string[] = []
  const collect = ({ chunk }: { chunk: string }) => chunks.push(chunk)
  const stop = inspector.on('HeapProfiler.addHeapSnapshotChunk', collect)
  await inspector.send('HeapProfiler.collectGarbage')
  await inspector.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  stop()
  const { snapshot, nodes, strings } = JSON.parse(chunks.join('')) as HeapSnapshot
  const fields = snapshot.meta.node_fields
  const name = fields.indexOf('name')
  const size = fields.indexOf('self_size')
  let total = 0
  for (let node = 0; node < nodes.length; node += fields.length) {
    if (!strings[nodes[node + name]!]!.startsWith('blink::')) total += nodes[node + size]!
  }
  return total
}
