#!/usr/bin/env bash
# @standard-community/standard-json 0.3.6, `toJsonSchema(schema)`, with an object that has one field with a default, in
# zod 4.6.7, valibot 1.5.0 and arktype 2.2.9.
#
# Seen: the field is required in the JSON Schema of zod's, and optional in those of valibot's and arktype's: zod's is
# described as what validation returns, the other two as what it takes. A zod field with a transform throws, although
# the schema's own Standard JSON Schema describes its input.
#
# Surprising because the package exists to treat all libraries alike, and nothing in its options names a side. A tool
# that is described by it obliges the model to send a default that the validation would fill in, with zod alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 120 npm install --silent --no-audit --no-fund --ignore-scripts @standard-community/standard-json@0.3.6 \
  zod@4.6.7 valibot@1.5.0 @valibot/to-json-schema@1.8.0 arktype@2.2.9

cat >run.mjs <<'JS'
import { toJsonSchema } from '@standard-community/standard-json'
import { type } from 'arktype'
import * as v from 'valibot'
import { z } from 'zod'

const schemas = {
  zod: z.object({ days: z.number().default(3) }),
  valibot: v.object({ days: v.optional(v.number(), 3) }),
  arktype: type({ days: 'number = 3' }),
}
const seen = {}
for (const [library, schema] of Object.entries(schemas)) {
  const { value } = await schema['~standard'].validate({})
  const { required = [] } = await toJsonSchema(schema)
  seen[library] = { 'validates {} to': JSON.stringify(value), required: required.join() || 'nothing' }
}
const transform = z.object({ days: z.string().transform(Number) })
const input = transform['~standard'].jsonSchema.input({ target: 'draft-2020-12' })
const error = await toJsonSchema(transform).then(
  () => 'none',
  ({ message }) => message,
)
console.table(seen)
console.log('zod, a transform:', error, '| its own Standard JSON Schema:', JSON.stringify(input.properties))
const asDescribed =
  seen.zod.required === 'days' &&
  seen.valibot.required === 'nothing' &&
  seen.arktype.required === 'nothing' &&
  error !== 'none' &&
  input.properties.days.type === 'string'
process.exit(asDescribed ? 0 : 1)
JS
timeout 30 node run.mjs
