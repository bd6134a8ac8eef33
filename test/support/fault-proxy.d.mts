import type { FaultExchange } from './fault-proxy-script.ts'

export interface FaultProxy {
  readonly port: number
  readonly origin: string
  openSockets(): number
  /** The requests of a run so far, and what they were answered. */
  exchanges(id: string): readonly FaultExchange[]
  forget(id: string): void
  close(): Promise<void>
}

export function startFaultProxy(options?: {
  port?: number
  beforeWriting?: (id: string, exchange: FaultExchange) => Promise<unknown> | undefined
  beforeBreaking?: (id: string, exchange: FaultExchange) => Promise<unknown>
}): Promise<FaultProxy>
