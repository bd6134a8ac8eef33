import {
  chunkings,
  connectionArgs,
  faults,
  speeds,
  type ConnectionArgs,
} from './connection-args.ts'

/** Adds the values of the controls to the query of a request to the demo's proxy. */
export function withConnectionQuery(url: string | URL, args: ConnectionArgs, base: string): URL {
  const target = new URL(url, base)
  for (const name of ['speed', 'chunking', 'fault'] as const) {
    if (args[name] !== connectionArgs[name]) target.searchParams.set(name, String(args[name]))
  }
  return target
}

/** Reads the values from the query. Invalid values count as the defaults. */
export function readConnectionQuery({ searchParams }: URL): ConnectionArgs {
  const oneOf = <T extends string | number>(values: readonly T[], name: string, otherwise: T): T =>
    values.find((value) => String(value) === searchParams.get(name)) ?? otherwise
  return {
    speed: oneOf(speeds, 'speed', connectionArgs.speed),
    chunking: oneOf(chunkings, 'chunking', connectionArgs.chunking),
    fault: oneOf(faults, 'fault', connectionArgs.fault),
  }
}
