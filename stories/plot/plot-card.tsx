import { Plot, type PlotSeries } from './plot.tsx'

interface PlotCardProps {
  title: string
  /** What the plot shows, as text. */
  label: string
  series: readonly PlotSeries[]
  data: readonly (readonly number[])[]
  height?: number
}

/** A plot with its title and legend. */
export function PlotCard({ title, series, ...plot }: PlotCardProps) {
  const hasTwoAxes = series.some(({ unit }) => unit !== series[0]?.unit)
  const sideOf = (unit: string) => (unit === series[0]?.unit ? ' (left)' : ' (right)')
  return (
    <section className="card plot-card" aria-label={title}>
      <h2>
        {title}
        {series.map(({ label, look, unit }) => (
          <span key={label} className="plot-key" data-look={look}>
            {label}
            {hasTwoAxes && sideOf(unit)}
          </span>
        ))}
      </h2>
      <Plot series={series} {...plot} />
    </section>
  )
}
