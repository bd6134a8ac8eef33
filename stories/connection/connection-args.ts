import type { ArgTypes } from '@storybook/react-vite'

/** How fast the model writes, beside the pace of a real one. */
export const speeds = [0.25, 1, 4, 20] as const

/** In which pieces the bytes arrive. */
export const chunkings = ['as sent', 'one event', 'one byte', 'all at once'] as const

/** What goes wrong on the way. */
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

/** What every story lets its reader do to the connection. */
export interface ConnectionArgs {
  speed: (typeof speeds)[number]
  chunking: (typeof chunkings)[number]
  fault: (typeof faults)[number]
}

export const connectionArgs: ConnectionArgs = { speed: 1, chunking: 'as sent', fault: 'none' }

export const connectionArgTypes: ArgTypes<ConnectionArgs> = {
  speed: {
    description: 'How fast the model writes, beside the pace of a real one',
    control: 'inline-radio',
    options: speeds,
    table: { category: 'Connection' },
  },
  chunking: {
    description: 'In which pieces the bytes arrive',
    control: 'inline-radio',
    options: chunkings,
    table: { category: 'Connection' },
  },
  fault: {
    description: 'What goes wrong on the way',
    control: 'select',
    options: faults,
    table: { category: 'Connection' },
  },
}
