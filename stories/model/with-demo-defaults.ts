import { demoModels } from '../models.ts'
import type { JsonObject } from './generation-request.ts'

/**
 * What a proxy of an app adds to the plain `{ input }` that the hook sends by default: the model, and
 * that the answer is to be streamed. A body that names its model is complete already.
 */
export function withDemoDefaults(body: JsonObject): JsonObject {
  return 'model' in body || 'messages' in body
    ? body
    : { model: demoModels.at(-1)?.id, stream: true, ...body }
}
