import { toStandardJsonSchema } from '@valibot/to-json-schema'
import { type } from 'arktype'
import * as v from 'valibot'
import { describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { defineTools } from '../../src/conversation.ts'
import type { Tool } from '../../src/conversation.ts'

// The types of a schema do not matter here.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const describeOne = (tool: Partial<Tool<any>>) =>
  defineTools({ lookup: { run: () => undefined, ...tool } }).describe()[0]!

describe.each([
  ['Zod', z.object({ city: z.string(), days: z.int().optional() })],
  ['ArkType', type({ city: 'string', 'days?': 'number.integer' })],
  [
    'Valibot',
    toStandardJsonSchema(
      v.object({ city: v.string(), days: v.optional(v.pipe(v.number(), v.integer())) }),
    ),
  ],
])('%s', (_, schema) => {
  test('the input side is described: inline, closed, and not strict for an optional property', () => {
    const { parameters, strict } = describeOne({ schema })
    expect(parameters).toMatchObject({
      type: 'object',
      properties: { city: { type: 'string' }, days: { type: 'integer' } },
      required: ['city'],
      additionalProperties: false,
    })
    expect(JSON.stringify(parameters)).not.toMatch(/\$schema|null/)
    expect(strict).toBe(false)
  })
})

test('the schema describes the input, not the output', () => {
  const schema = z.object({ day: z.string().transform((text) => new Date(text)) })
  expect(describeOne({ schema }).parameters).toMatchObject({
    properties: { day: { type: 'string' } },
  })
})

const named = z.object({ name: z.string() }).meta({ id: 'Named' })

test.each([
  ['a closed object whose properties are all required', z.object({ a: z.string() }), true],
  ['a nested object', z.object({ a: z.object({ b: z.array(z.enum(['x', 'y'])) }) }), true],
  ['a nullable property', z.object({ a: z.string().nullable() }), true],
  [
    'a recursive object',
    z.object({
      get children() {
        return z.array(z.object({ a: z.string() }))
      },
    }),
    true,
  ],
  ['an optional property', z.object({ a: z.string().optional() }), false],
  ['a nested optional property', z.object({ a: z.object({ b: z.int().optional() }) }), false],
  ['an open object', z.looseObject({ a: z.string() }), false],
  ['a record', z.object({ a: z.record(z.string(), z.int()) }), false],
  ['any value', z.object({ a: z.any() }), false],
  ['a keyword that strict mode rejects', z.object({ a: z.string().min(1) }), false],
  ['a reference with a description', z.object({ a: named.describe('The first'), b: named }), false],
  ['a reference alone', z.object({ a: named, b: named }), true],
])('strict mode for %s: %s', (_, schema, strict) => {
  expect(describeOne({ schema }).strict).toBe(strict)
})

test('a tool without input has an empty object as its input', () => {
  expect(describeOne({}).parameters).toEqual({
    type: 'object',
    properties: {},
    additionalProperties: false,
  })
})

test('definitions are named in order of use, so the output is deterministic', () => {
  const make = () => {
    const node = z.object({
      name: z.string(),
      get children() {
        return z.array(node)
      },
    })
    return z.object({ root: node, other: node })
  }
  const once = JSON.stringify(describeOne({ schema: make() }).parameters)
  expect(JSON.stringify(describeOne({ schema: make() }).parameters)).toBe(once)
  const ark = () => {
    const scope = type.module({ node: { name: 'string', children: 'node[]' } })
    return type({ root: scope.node })
  }
  const first = JSON.stringify(describeOne({ schema: ark() }).parameters)
  ark()
  expect(JSON.stringify(describeOne({ schema: ark() }).parameters)).toBe(first)
  expect(first).toContain('#/$defs/def1')
})

test('in a manual JSON Schema, a root reference is inlined, and property names are not taken for keywords', () => {
  const { parameters } = describeOne({
    jsonSchema: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $ref: '#/$defs/Node',
      $defs: {
        Unused: { type: 'string' },
        Node: {
          type: 'object',
          properties: {
            $schema: { type: 'string' },
            propertyNames: { const: { propertyNames: 1 } },
            next: { $ref: '#/$defs/Node' },
            names: { type: 'object', propertyNames: { pattern: 'a' }, additionalProperties: true },
          },
        },
      },
    },
  })
  const node = {
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      propertyNames: { const: { propertyNames: 1 } },
      next: { $ref: '#/$defs/def1' },
      names: { type: 'object', additionalProperties: true },
    },
    additionalProperties: false,
  }
  expect(parameters).toEqual({ ...node, $defs: { def1: node } })
})

test.each([
  ['a lookahead', '^(?!\\.)[a-z.]+$'],
  ['a lookbehind', '[a-z]+(?<!x)'],
  ['a lookahead after an escaped backslash', '\\\\(?=x)'],
])('a pattern with %s, which providers reject, is removed', (_, pattern) => {
  const { parameters, strict } = describeOne({
    schema: z.object({ a: z.string().regex(new RegExp(pattern)) }),
  })
  expect(parameters['properties']).toEqual({ a: { type: 'string' } })
  expect(strict).toBe(true)
})

test.each(['^[a-z]+$', '(?:a|b)', '(?<year>\\d{4})'])('the pattern %s is kept', (pattern) => {
  const { parameters } = describeOne({
    schema: z.object({ a: z.string().regex(new RegExp(pattern)) }),
  })
  expect(parameters['properties']).toEqual({ a: { type: 'string', pattern } })
})

test('a property named pattern is not a keyword', () => {
  const properties = { pattern: { const: '(?=a)' } }
  const { parameters } = describeOne({ jsonSchema: { type: 'object', properties } })
  expect(parameters['properties']).toEqual(properties)
})

test('the parts of an intersection are not closed, because each would exclude the others', () => {
  const part = (name: string) => ({ type: 'object', properties: { [name]: { type: 'string' } } })
  const both = { allOf: [part('a'), part('b')] }
  const described = describeOne({ jsonSchema: { type: 'object', properties: { both } } })
  expect(described.parameters['properties']).toEqual({ both })
  expect(described.strict).toBe(false)
})

describe('a schema that cannot be converted is an error that names the tool', () => {
  test.each([
    ['Valibot, not wrapped', v.object({ a: v.string() }), /'lookup'.*toStandardJsonSchema/],
    ['a root that is not an object', z.string(), /'lookup'.*not an object/],
    [
      'a union',
      z.union([z.object({ a: z.int() }), z.object({ b: z.int() })]),
      /'lookup'.*not an object/,
    ],
    ['a library that throws', z.object({ a: z.date() }), /'lookup'.*Date/],
    [
      'another library',
      { '~standard': { version: 1, vendor: 'yup', validate: () => ({ value: 1 }) } },
      /'lookup'.*yup.*jsonSchema/,
    ],
    ['a JSON Schema in its place', { type: 'object' }, /'lookup'.*set jsonSchema$/],
  ])('%s', (_, schema, message) => {
    const describeIt = () => describeOne({ schema: schema as never })
    expect(describeIt).toThrow(TypeError)
    expect(describeIt).toThrow(message)
  })
})

test('a schema without JSON Schema support can be given one', () => {
  const jsonSchema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }
  expect(describeOne({ schema: v.object({ a: v.string() }), jsonSchema })).toMatchObject({
    parameters: { ...jsonSchema, additionalProperties: false },
    strict: true,
  })
})

test('a JSON Schema may have its own type, as in TypeBox', () => {
  interface Schema {
    type: 'object'
    properties: { a: { type: 'string' } }
  }
  const jsonSchema: Schema = { type: 'object', properties: { a: { type: 'string' } } }
  expect(describeOne({ jsonSchema })).toMatchObject({ parameters: jsonSchema })
})

test('schemas are converted once, when they are first needed', () => {
  const toJsonSchema = vi.fn(() => ({ type: 'object' }))
  const schema = z.object({})
  const standard = { ...schema['~standard'], jsonSchema: { input: toJsonSchema } }
  const tools = defineTools({ time: { schema: { '~standard': standard }, run: () => 1 } })
  expect(toJsonSchema).not.toHaveBeenCalled()
  expect(tools.describe()).toBe(tools.describe())
  expect(toJsonSchema).toHaveBeenCalledTimes(1)
})
