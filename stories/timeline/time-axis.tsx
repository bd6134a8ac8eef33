import './time-axis.css'

/** A period: a wait, a limit or an attempt. Times are in milliseconds since the start. */
interface Span {
  readonly from: number
  readonly to: number
  readonly look: 'wait' | 'text' | 'failed' | 'limit'
  readonly label?: string
  /** The label where there is little space. */
  readonly short?: string
}

/** A moment on the axis. */
export interface Mark {
  readonly at: number
  readonly look: 'accent' | 'danger' | 'quiet'
  readonly label: string
  /** Whether to omit the label where there is little space. */
  readonly minor?: boolean
}

interface TimeAxisProps {
  /** The length of the axis, in milliseconds. */
  length: number
  /** One list of spans for each row. */
  rows: readonly (readonly Span[])[]
  marks?: readonly Mark[]
  /** The times of events, shown as ticks in the first row. */
  ticks?: readonly number[]
}

/** Spans and marks on a time axis. The page also says the same as text. */
export function TimeAxis({ length, rows, marks = [], ticks = [] }: TimeAxisProps) {
  const place = (at: number) => `${Math.min(100, (100 * at) / length)}%`
  // At most one tick per pixel, however many events there are.
  const places = new Set(ticks.map((at) => Math.round((1000 * at) / length)))
  const path = [...places].map((x) => `M${x} 0V1`).join('')
  return (
    <div className="time-axis" aria-hidden="true">
      <div className="time-field">
        {rows.map((spans, row) => (
          <div key={row} className="time-row">
            {spans.map(({ from, to, look, label, short }, index) => (
              <span
                key={index}
                className="time-span"
                data-look={look}
                data-side={from > length * 0.6 ? 'before' : 'after'}
                style={{ insetInlineStart: place(from), width: place(to - from) }}
              >
                {label !== undefined && <span>{label}</span>}
                {short !== undefined && <span className="time-short">{short}</span>}
              </span>
            ))}
            {row === 0 && path !== '' && (
              <svg className="time-ticks" viewBox="0 0 1000 1" preserveAspectRatio="none">
                <path d={path} vectorEffect="non-scaling-stroke" />
              </svg>
            )}
          </div>
        ))}
        {marks.map(({ at, look, label, minor = false }, index) => (
          <span
            key={index}
            className="time-mark"
            data-look={look}
            data-minor={minor}
            data-side={at > length * 0.6 ? 'before' : 'after'}
            style={{ insetInlineStart: place(at) }}
          >
            <span>{label}</span>
          </span>
        ))}
      </div>
      <div className="time-scale">
        {[0, 1, 2, 3].map((quarter) => (
          <span key={quarter}>{secondsOf((length * quarter) / 4)}</span>
        ))}
        <span>{secondsOf(length)}</span>
      </div>
    </div>
  )
}

function secondsOf(milliseconds: number): string {
  return milliseconds === 0 ? '0' : `${Number((milliseconds / 1000).toFixed(2))} s`
}

/** The shortest axis for the given milliseconds. It grows by doubling, so it seldom changes. */
export function axisLength(milliseconds: number, least = 2000): number {
  let length = least
  while (length < milliseconds) length *= 2
  return length
}
