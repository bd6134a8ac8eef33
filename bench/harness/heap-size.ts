import type { CDPSession } from 'playwright'

interface HeapSnapshot {
  snapshot: { meta: { node_fields: string[] } }
  nodes: number[]
}

/**
 * The bytes of all that a page can reach. By a snapshot, which knows of strings that are shared with
 * the document; the engine's own count of its heap does not.
 */
export async function heapSize(inspector: CDPSession): Promise<number> {
  const chunks: string[] = []
  const collect = ({ chunk }: { chunk: string }) => chunks.push(chunk)
  inspector.on('HeapProfiler.addHeapSnapshotChunk', collect)
  await inspector.send('HeapProfiler.collectGarbage')
  await inspector.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  inspector.off('HeapProfiler.addHeapSnapshotChunk', collect)
  const { snapshot, nodes } = JSON.parse(chunks.join('')) as HeapSnapshot
  const fields = snapshot.meta.node_fields
  const size = fields.indexOf('self_size')
  let total = 0
  for (let index = size; index < nodes.length; index += fields.length) total += nodes[index]!
  return total
}
