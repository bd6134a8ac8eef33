import type { Api } from './request-body.ts'

const apis: readonly { id: Api; label: string }[] = [
  { id: 'responses', label: 'Responses' },
  { id: 'chat', label: 'Chat' },
]

/** A radio group for the API, styled as a switch. */
export function ApiChoice({ api, onApi }: { api: Api; onApi: (api: Api) => void }) {
  return (
    <fieldset className="field api-choice" aria-label="API">
      <div className="segments">
        {apis.map(({ id, label }) => (
          <label key={id} className="segment">
            <input type="radio" name="api" checked={api === id} onChange={() => onApi(id)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
