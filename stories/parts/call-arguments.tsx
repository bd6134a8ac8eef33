/** The arguments of a tool call, one per line, readable while they stream. */
export function CallArguments({ input }: { input: unknown }) {
  return (
    <dl className="call-arguments">
      {Object.entries((input ?? {}) as Record<string, unknown>).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{Array.isArray(value) ? value.join(', ') : String(value)}</dd>
        </div>
      ))}
    </dl>
  )
}
