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
  return (
    <section className="card plot-card" aria-label={title}>
      <h2>
        {title}
        {series.map(({ label, look }) => (
          <span key={label} className="plot-key" data-look={look}>
            {label}
          </span>
        ))}
      </h2>
      <Plot series={series} {...plot} />
    </section>
  )
}
