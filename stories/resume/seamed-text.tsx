import { Fragment } from 'react'

interface SeamedTextProps {
  text: string
  /** Where in the text each connection after the first began. */
  seams: readonly number[]
}

/** The text as it stands, with a mark where one connection ended and the next one carried on. */
export function SeamedText({ text, seams }: SeamedTextProps) {
  const starts = [0, ...seams]
  return starts.map((from, index) => (
    <Fragment key={index}>
      {index > 0 && (
        <span className="seam" role="img" aria-label={`Connection ${index + 1} begins here`}>
          {index + 1}
        </span>
      )}
      <span className="connection-text" data-parity={index % 2}>
        {text.slice(from, starts[index + 1])}
      </span>
    </Fragment>
  ))
}
