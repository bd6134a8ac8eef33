/** A chart in a docs page. */
export function Chart({ src, alt }: { src: string; alt: string }) {
  return <img className="chart" src={src} alt={alt} />
}
