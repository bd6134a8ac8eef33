import { parseArgs } from 'node:util'

const usage = `Usage: npm run bench -- [--quick] [--only NAME]... [--repeats NUMBER]

Measures this package and its peers, and writes bench/RESULTS.md.

  --quick            shorter streams, fewer contestants, one repeat: under two minutes
  --only NAME        one workload, or all whose names begin so; may be given several times
  --against NAME     one peer to compare with; may be given several times
  --repeats NUMBER   how often each contestant runs each workload (default 5; 1 with --quick)
  --profile          say which functions take the time; names are kept, and figures are worse
  --dry              print the tables and write nothing`

export interface BenchArguments {
  quick: boolean
  only: readonly string[]
  against: readonly string[]
  repeats: number | undefined
  profile: boolean
  dry: boolean
}

/** Returns `undefined` for `--help`. */
export function readArguments(args: readonly string[]): BenchArguments | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      against: { type: 'string', multiple: true, default: [] },
      repeats: { type: 'string' },
      profile: { type: 'boolean', default: false },
      dry: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    console.log(usage)
    return undefined
  }
  const { quick, only, against, profile, dry } = values
  const repeats = values.repeats === undefined ? undefined : Number(values.repeats)
  if (repeats !== undefined && !(Number.isInteger(repeats) && repeats > 0)) {
    throw new Error(`--repeats takes a positive whole number, not "${values.repeats}".`)
  }
  return { quick, only, against, repeats, profile, dry }
}
