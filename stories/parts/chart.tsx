/** A chart in a docs page. On a small screen it scrolls, also by keyboard. */
export function Chart({ src, alt }: { src: string; alt: string }) {
  return (
    <div className="chart" tabIndex={0} role="group" aria-label="Chart">
      <img src={src} alt={alt} />
    </div>
  )
}
