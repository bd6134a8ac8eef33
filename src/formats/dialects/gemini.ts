import type { CompletionFormat } from '../vocabulary/format.ts'
import type { FormatOutput } from '../format-output.ts'
import { finishReasonOf, isFailure } from '../vocabulary/finish-reason.ts'
import { failureOf } from '../reported-error.ts'
import { imageItem } from '../vocabulary/image.ts'
import {
  arrayOf,
  isRecord,
  numberOf,
  recordOf,
  recordsOf,
  stringOf,
  type JsonRecord,
} from '../../json/json-record.ts'
import { deeplyInCamelCase } from './camel-case.ts'
import { defineDialect } from './define-dialect.ts'
import { createPartialArguments } from './gemini-arguments.ts'
import { mergeKnown } from './merge-known.ts'
import { sumOf } from './sum-of.ts'

/**
 * The chunks of Gemini's `streamGenerateContent` with `alt=sse`
 * (https://ai.google.dev/api/generate-content), from the Gemini API or from Vertex AI, and a whole
 * `generateContent` response; a proxy may wrap each in `{ response }`. Reads the first candidate.
 *
 * - parts with `text` → `text`, or `reasoning` where `thought` is true; `functionCall` parts →
 *   `toolCalls`, their `partialArgs` as they stream; images among `inlineData` → `images`; the sources of
 *   the grounding on the web, on maps and in datastores, and `citationMetadata` → `annotations`
 * - `executableCode`, `codeExecutionResult`, audio and other files → `output`
 * - `usageMetadata` → `usage`, where `outputTokens` includes thoughts
 * - `finishReason` → `finishReason`: all filters are `content-filter`; a reason that means that a call could not
 *   be made is an error, with the `finishMessage`
 * - `promptFeedback.blockReason` → `finishReason` `content-filter`: the prompt was blocked
 *
 * Names in snake case, which Python's SDK writes, are read too.
 *
 * The proper end is the end of the body after a finish reason or a block reason.
 */
export const gemini: CompletionFormat = /* @__PURE__ */ defineDialect({
  name: 'gemini',
  properEnd: 'a finishReason or a blockReason',
  createRead() {
    const readCall = createCallReader()
    let items = 0
    let usage: JsonRecord = {}
    const cited = new Set<string>()

    function readPart(part: JsonRecord, output: FormatOutput) {
      const { text, thought, functionCall: call, inlineData, fileData } = part
      if (typeof text === 'string') {
        if (thought === true) output.reasoning(text)
        else output.text(text)
      }
      if (isRecord(call)) readCall.read(call, output)
      const item = itemOf(part) ?? fileOf(inlineData) ?? fileOf(fileData)
      if (item) output.item(`part ${items++}`, { status: 'completed', ...item })
    }

    function readSource(source: JsonRecord, output: FormatOutput) {
      const { uri, title, startIndex, endIndex } = source
      const url = stringOf(uri)
      if (url === undefined) return
      // Chunks may repeat earlier sources.
      const key = [url, startIndex, endIndex].join(' ')
      if (cited.has(key)) return
      cited.add(key)
      output.annotation({
        type: 'url_citation',
        url,
        title,
        ...(endIndex !== undefined && { start_index: startIndex ?? 0, end_index: endIndex }),
      })
    }

    function readSources(candidate: JsonRecord, output: FormatOutput) {
      const { groundingMetadata, citationMetadata } = candidate
      for (const chunk of recordsOf(recordOf(groundingMetadata)['groundingChunks'])) {
        const { retrievedContext, maps = retrievedContext, web = maps } = chunk
        readSource(recordOf(web), output)
      }
      // The Gemini API and Vertex AI name the list differently.
      const { citationSources, citations = citationSources } = recordOf(citationMetadata)
      for (const citation of recordsOf(citations)) readSource(citation, output)
    }

    return (json, output) => {
      const chunk = deeplyInCamelCase(isRecord(json['response']) ? json['response'] : json, own)
      const { candidates, error, usageMetadata, promptFeedback } = chunk
      if (!candidates && !usageMetadata && !promptFeedback && !error) return
      output.metadata({
        responseId: stringOf(chunk['responseId']),
        model: stringOf(chunk['modelVersion']),
      })
      if (isRecord(usageMetadata)) {
        usage = mergeKnown(usage, usageMetadata)
        output.usage(usageOf(usage))
      }
      for (const candidate of arrayOf(candidates)) {
        if (!isRecord(candidate) || (numberOf(candidate['index']) ?? 0) !== 0) continue
        const { content, finishReason: raw, finishMessage } = candidate
        for (const part of isRecord(content) ? arrayOf(content['parts']) : []) {
          if (isRecord(part)) readPart(part, output)
        }
        readSources(candidate, output)
        if (typeof raw === 'string' && raw !== '' && raw !== 'FINISH_REASON_UNSPECIFIED') {
          readCall.end(output)
          if (isFailure(raw)) output.fail(failureOf(raw, json, stringOf(finishMessage)))
          else output.finish(raw, finishReasonOf(raw))
        }
      }
      const blocked = isRecord(promptFeedback) && stringOf(promptFeedback['blockReason'])
      if (blocked) output.finish(blocked, 'content-filter')
      // The status is a word, and more specific than the numeric code.
      if (isRecord(error)) output.fail({ ...error, type: error['status'] })
    }
  },
})

/** The fields whose names the app has chosen. */
const own = /^(args|response)$/

/** Reads function calls: complete ones, and one at a time that continues over several parts. */
function createCallReader() {
  let count = 0
  let open: { id: string; args: ReturnType<typeof createPartialArguments> } | undefined
  /** The length of the arguments, and how much they grew since they were last emitted. */
  let length = 0
  let grown = 0

  return {
    read(call: JsonRecord, output: FormatOutput) {
      const { args, partialArgs, willContinue } = call
      const name = stringOf(call['name'])
      const given = stringOf(call['id']) || undefined
      if (!open || (given ? given !== open.id : name !== undefined)) {
        open = { id: given ?? `call_${count}`, args: createPartialArguments() }
        length = grown = 0
        count++
      }
      const { id } = open
      grown += open.args.add(partialArgs)
      const isWhole = willContinue !== true
      // Emitted each time they have grown by a sixteenth, so that the cost stays linear.
      const isDue = grown > 0 && grown * 16 >= length
      if (isDue) {
        length += grown
        grown = 0
      }
      output.toolCall({
        id,
        name,
        ...((isDue || isWhole) && { input: args ?? open.args.value }),
        ...(isWhole && { status: 'completed' }),
      })
      if (isWhole) open = undefined
    },
    /** The candidate ended: a call that was to continue is incomplete. */
    end(output: FormatOutput) {
      if (open) output.toolCall({ id: open.id, status: 'incomplete' })
      open = undefined
    },
  }
}

/** Code that the provider ran, and its result. */
function itemOf({ executableCode: code, codeExecutionResult: result }: JsonRecord) {
  if (isRecord(code)) return { ...code, type: 'code_interpreter_call' }
  if (!isRecord(result)) return undefined
  const status = result['outcome'] === 'OUTCOME_OK' ? 'completed' : 'failed'
  return { ...result, type: 'code_execution_result', status }
}

function fileOf(file: unknown): JsonRecord | undefined {
  if (!isRecord(file)) return undefined
  const { mimeType, data, fileUri } = file
  const mediaType = stringOf(mimeType) ?? ''
  const url = typeof data === 'string' ? `data:${mediaType};base64,${data}` : stringOf(fileUri)
  if (url === undefined) return undefined
  return mediaType.startsWith('image/') ? imageItem(url) : { type: 'file', mediaType, url }
}

function usageOf(raw: JsonRecord) {
  const reasoningTokens = numberOf(raw['thoughtsTokenCount'])
  return {
    inputTokens: sumOf(raw['promptTokenCount'], raw['toolUsePromptTokenCount']),
    outputTokens: sumOf(raw['candidatesTokenCount'], reasoningTokens),
    totalTokens: numberOf(raw['totalTokenCount']),
    reasoningTokens,
    cachedInputTokens: numberOf(raw['cachedContentTokenCount']),
    raw,
  }
}
