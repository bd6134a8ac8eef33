import { warnOnce } from './warn-once.ts'

/** The options that are checked, as JavaScript may pass them. */
interface UncheckedOptions {
  timeouts?: unknown
  limits?: unknown
  retry?: unknown
  publish?: unknown
}

/**
 * Warns about options that a run ignores or misreads silently, such as `timeouts: { idle: '30s' }`, which
 * TypeScript would reject.
 */
export function diagnoseOptions(options: UncheckedOptions): void {
  try {
    if (process.env.NODE_ENV !== 'production') {
      const { timeouts, limits, retry, publish } = options
      checkNumbers(
        'timeouts',
        timeouts,
        ['response', 'firstToken', 'idle', 'total'],
        'milliseconds',
      )
      checkNumbers('limits', limits, ['eventLength', 'textLength'], 'UTF-16 code units')
      if (!isNumber(retry) && !isNumber(fieldOf(retry, 'attempts'), false)) {
        warn('retry', 'is neither a number nor { attempts: number }')
      }
      if (
        publish !== undefined &&
        !['frame', 'sync'].includes(publish as string) &&
        !isNumber(fieldOf(publish, 'every'), false)
      ) {
        warn('publish', "is none of 'frame', 'sync' and { every: number }, so 'frame' is used")
      }
    }
  } catch {
    // There is no `process`, or no console, or an option throws, which the run reports.
  }
}

function checkNumbers(option: string, values: unknown, names: readonly string[], unit: string) {
  for (const name of Object.keys(Object(values) as object)) {
    const place = `${option}.${name}`
    if (!names.includes(name)) {
      warn(place, `does not exist: ${option} has ${names.join(', ')}`)
    } else if (!isNumber(fieldOf(values, name))) {
      warn(place, `is not a number of ${unit}`)
    }
  }
}

const fieldOf = (value: unknown, name: string) => (Object(value) as Record<string, unknown>)[name]

const isNumber = (value: unknown, isOptional = true) =>
  (isOptional && value === undefined) || (typeof value === 'number' && !Number.isNaN(value))

const warn = (option: string, fault: string) =>
  warnOnce(`option ${option}`, `The option ${option} ${fault}.`)
