import { demoModel } from '../models.ts'
import type { DemoModel } from '../models.ts'
import { ApiError } from './api-error.ts'

/** A request to either API, under common names. */
export interface GenerationRequest {
  readonly prompt: string
  readonly model: DemoModel
  readonly stream: boolean
  /** Whether to send a summary of the reasoning. Responses API only. */
  readonly showReasoning: boolean
  /** Whether a stream ends with a usage chunk. The Responses API always sends usage. */
  readonly includeUsage: boolean
  readonly maxOutputTokens: number | undefined
  /** Whether the answer is generated and kept independently of the connection. */
  readonly background: boolean
  /** The names of the functions that the model may call. */
  readonly tools: readonly string[]
  /** The outputs of earlier function calls. */
  readonly toolOutputs: readonly string[]
  /** The name of the JSON schema for the answer. */
  readonly schemaName: string | undefined
}

export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function parseJsonObject(body: string): JsonObject {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    throw new ApiError(400, 'The body of the request is not valid JSON.')
  }
  if (!isObject(value)) throw new ApiError(400, 'The body of the request must be a JSON object.')
  return value
}

export function requireModel(body: JsonObject): DemoModel {
  const id = body['model']
  if (id === undefined) missing('model')
  if (typeof id !== 'string') wrongType('model', 'a string')
  const model = demoModel(id)
  if (model !== undefined) return model
  throw new ApiError(404, `There is no model \`${id}\` for this key.`, {
    code: 'model_not_found',
    param: 'model',
  })
}

export function optionalBoolean(body: JsonObject, param: string): boolean {
  const value = body[param] ?? false
  if (typeof value !== 'boolean') wrongType(param, 'a boolean')
  return value
}

export function optionalCount(body: JsonObject, param: string): number | undefined {
  const value = body[param] ?? undefined
  if (value === undefined) return undefined
  if (typeof value !== 'number' || !Number.isInteger(value)) wrongType(param, 'an integer')
  if (value >= 16) return value
  throw new ApiError(400, `The parameter '${param}' must be at least 16, not ${value}.`, {
    code: 'integer_below_min_value',
    param,
  })
}

export function optionalString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

export function missing(param: string): never {
  throw new ApiError(400, `The parameter '${param}' is required.`, {
    code: 'missing_required_parameter',
    param,
  })
}

export function wrongType(param: string, expected: string): never {
  throw new ApiError(400, `The parameter '${param}' must be ${expected}.`, {
    code: 'invalid_type',
    param,
  })
}
