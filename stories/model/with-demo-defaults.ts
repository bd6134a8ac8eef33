import { demoModels } from '../models.ts'
import type { JsonObject } from './generation-request.ts'

/**
 * Adds to the plain `{ input }` that the hook sends by default what an app's proxy adds: the model and
 * `stream: true`. A body that names its model is left unchanged.
 */
export function withDemoDefaults(body: JsonObject): JsonObject {
  return 'model' in body || 'messages' in body
    ? body
    : { model: demoModels.at(-1)?.id, stream: true, ...body }
}
