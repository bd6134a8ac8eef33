import { useEffect, useRef } from 'react'
import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import './plot.css'

export interface PlotSeries {
  readonly label: string
  readonly look: 'accent' | 'warn' | 'danger'
  readonly kind: 'bars' | 'line'
  /** Series of the same unit share an axis: the first unit on the left, the second on the right. */
  readonly unit: string
}

interface PlotProps {
  /** A text alternative. The figures are beside the plot. */
  label: string
  series: readonly PlotSeries[]
  /** Seconds, and the values of each series. */
  data: readonly (readonly number[])[]
  height?: number
}

/** A plot over time in the colours of the current theme. */
export function Plot({ label, series, data, height = 180 }: PlotProps) {
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<UPlot | undefined>(undefined)
  const latest = useRef(data)
  const shape = JSON.stringify(series)

  useEffect(() => {
    latest.current = data
    plot.current?.setData(data as unknown as UPlot.AlignedData)
  }, [data])

  useEffect(() => {
    const element = host.current
    if (!element) return undefined
    const draw = () => {
      plot.current?.destroy()
      const options = optionsOf(JSON.parse(shape) as PlotSeries[], element, height)
      plot.current = new UPlot(options, latest.current as unknown as UPlot.AlignedData, element)
    }
    draw()
    const sizes = new ResizeObserver(() =>
      plot.current?.setSize({ width: element.clientWidth, height }),
    )
    sizes.observe(element)
    // The toolbar sets the theme on the root element; the system theme is a media query.
    const themes = new MutationObserver(draw)
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    const system = matchMedia('(prefers-color-scheme: dark)')
    system.addEventListener('change', draw)
    return () => {
      sizes.disconnect()
      themes.disconnect()
      system.removeEventListener('change', draw)
      plot.current?.destroy()
      plot.current = undefined
    }
  }, [shape, height])

  return (
    <div ref={host} className="plot" role="img" aria-label={label} style={{ minHeight: height }} />
  )
}

/** uPlot's types declare an enum for the sides of an axis that its module does not export. */
const sides = { left: 3, right: 1 } as unknown as Record<'left' | 'right', UPlot.Axis.Side>

/** Steps between the ticks of a count. */
const wholeSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]

function optionsOf(
  series: readonly PlotSeries[],
  element: HTMLElement,
  height: number,
): UPlot.Options {
  const colour = (name: string) => colourOf(element, name)
  const axis = { stroke: colour('--ink-quiet'), grid: { stroke: colour('--line'), width: 1 } }
  const { bars } = UPlot.paths
  const units = [...new Set(series.map(({ unit }) => unit))]
  return {
    width: element.clientWidth,
    height,
    cursor: { show: false },
    legend: { show: false },
    scales: {
      x: { time: false },
      ...Object.fromEntries(
        units.map((unit) => [
          unit,
          { range: (_: UPlot, __: number, most: number) => [0, Math.max(1, most * 1.1)] },
        ]),
      ),
    },
    axes: [
      { ...axis, size: 32, space: 64, values: (_, ticks) => ticks.map((tick) => `${tick} s`) },
      ...units.map((unit, index) => ({
        ...axis,
        scale: unit,
        side: index === 0 ? sides.left : sides.right,
        size: 56,
        space: 24,
        ...(index > 0 && { grid: { show: false } }),
        ...(unit === 'count' && { incrs: wholeSteps }),
      })),
    ],
    series: [
      {},
      ...series.map(({ label, look, kind, unit }) => ({
        label,
        scale: unit,
        stroke: colour(`--${look}`),
        width: kind === 'bars' ? 0 : 1.75,
        points: { show: false },
        ...(kind === 'bars' && bars
          ? { fill: colour(`--${look}`), paths: bars({ size: [0.7, 24] }) }
          : {}),
      })),
    ],
  }
}

/** A theme colour for a canvas, which does not support `light-dark()`. */
function colourOf(element: HTMLElement, name: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${name})`
  element.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
