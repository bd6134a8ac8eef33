/** The app's tool: made-up weather, always the same for a city. */
export function getForecast(input: unknown): string {
  const { city = 'nowhere', days = 1 } = (input ?? {}) as { city?: string; days?: number }
  const warmth = (city.length * 7 + city.charCodeAt(0)) % 24
  return `${city}, ${days} ${days === 1 ? 'day' : 'days'}: ${warmth} to ${warmth + 6} °C, ${
    warmth % 3 === 0 ? 'rain in the afternoon' : 'dry'
  }`
}

export const forecastParameters = {
  type: 'object',
  properties: {
    city: { type: 'string' },
    days: { type: 'integer' },
    details: { type: 'array', items: { type: 'string' } },
    unit: { type: 'string', enum: ['celsius', 'fahrenheit'] },
  },
  required: ['city', 'days', 'details', 'unit'],
  additionalProperties: false,
}
