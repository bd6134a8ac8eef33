import type { ArgTypes } from '@storybook/react-vite'

/** The speed relative to a real model, which is about 70 tokens per second. */
export const speeds = [0.25, 1, 4, 20] as const

/** How the bytes are divided into chunks. */
export const chunkings = ['as sent', 'one event', 'one byte', 'all at once'] as const

/** What the network or the server does to the stream. */
export const faults = [
  'none',
  'offline',
  'HTTP 500',
  'rate limit',
  'login page',
  'cut',
  'stall',
  'provider error',
] as const

/** The controls for the connection, in every story. */
export interface ConnectionArgs {
  speed: (typeof speeds)[number]
  chunking: (typeof chunkings)[number]
  fault: (typeof faults)[number]
}

export const connectionArgs: ConnectionArgs = { speed: 1, chunking: 'as sent', fault: 'none' }

export const connectionArgTypes: ArgTypes<ConnectionArgs> = {
  speed: {
    description: 'Speed of the model: 1 is about 70 tokens per second',
    control: { type: 'inline-radio', labels: { 0.25: '¼ ×', 1: '1 ×', 4: '4 ×', 20: '20 ×' } },
    options: speeds,
    table: { category: 'Connection' },
  },
  chunking: {
    description: 'How the response body is split into chunks',
    control: 'inline-radio',
    options: chunkings,
    table: { category: 'Connection' },
  },
  fault: {
    description: 'Failure to inject. Failures in mid-stream happen after 24 deltas',
    control: 'select',
    options: faults,
    table: { category: 'Connection' },
  },
}
