import type { Expectation } from './differences.mjs'

export interface Recording {
  /** The name of the body's file. */
  file: string
  contentType: string
  body: Uint8Array<ArrayBuffer>
  expected: Expectation
}

export function readRecordings(directory: string): Promise<Recording[]>

export function findUnpaired(directory: string): Promise<string[]>
