/**
 * The fault proxy as a process of its own. It tells its parent its origin, and ends with it.
 *
 *     node fault-proxy-process.mjs [PORT]
 */
import { startFaultProxy } from './fault-proxy.mjs'

const { origin } = await startFaultProxy({ port: Number(process.argv[2] ?? 0) })
process.send({ origin })
process.on('disconnect', () => process.exit())
