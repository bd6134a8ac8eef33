import type { CompletionFormat } from '../vocabulary/format.ts'
import type { FormatOutput } from '../format-output.ts'
import type { FinishReason } from '../vocabulary/finish-reason.ts'
import { arrayOf, isRecord, numberOf, stringOf, type JsonRecord } from '../../json/json-record.ts'
import { defineDialect } from './define-dialect.ts'
import { mergeKnown, sumOf } from './merge-known.ts'

/**
 * The chunks of Gemini's `streamGenerateContent` with `alt=sse`
 * (https://ai.google.dev/api/generate-content), from the Gemini API or from Vertex AI, and a whole
 * `generateContent` response. Reads the first candidate.
 *
 * - parts with `text` → `text`, or `reasoning` where `thought` is true; `functionCall` parts →
 *   `toolCalls`; images among `inlineData` → `images`; web sources of the grounding → `annotations`
 * - `usageMetadata` → `usage`, of which `outputTokens` counts the thoughts in
 * - `finishReason` → `finishReason`: everything that a filter decided is `content-filter`
 * - `promptFeedback.blockReason` → `finishReason` too: the prompt was not let through
 *
 * Ends properly with the body, once there was a finish reason or a block reason.
 */
export const gemini: CompletionFormat = /* @__PURE__ */ defineDialect({
  name: 'gemini',
  properEnd: 'a finishReason or a blockReason',
  createRead() {
    let calls = 0
    let images = 0
    let usage: JsonRecord = {}
    const cited = new Set<string>()

    function readPart(part: JsonRecord, output: FormatOutput) {
      const { text, thought, functionCall: call, inlineData: file } = part
      if (typeof text === 'string') {
        if (thought === true) output.reasoning(text)
        else output.text(text)
      }
      if (isRecord(call)) {
        output.toolCall({
          id: stringOf(call['id']) || `call_${calls}`,
          name: stringOf(call['name']),
          input: call['args'] ?? {},
          status: 'completed',
        })
        calls++
      }
      const format = isRecord(file) && /^image\/(\w+)/.exec(stringOf(file['mimeType']) ?? '')
      if (format) {
        output.item(`image ${images++}`, {
          type: 'image_generation_call',
          status: 'completed',
          result: file['data'],
          output_format: format[1],
        })
      }
    }

    function readGrounding(metadata: unknown, output: FormatOutput) {
      if (!isRecord(metadata)) return
      for (const chunk of arrayOf(metadata['groundingChunks'])) {
        const web = isRecord(chunk) ? chunk['web'] : undefined
        const url = isRecord(web) ? stringOf(web['uri']) : undefined
        if (!isRecord(web) || url === undefined || cited.has(url)) continue
        // Every chunk may repeat the sources of those before.
        cited.add(url)
        output.annotation({ type: 'url_citation', url, title: web['title'] })
      }
    }

    return (json, output) => {
      const { candidates, error, usageMetadata, promptFeedback } = json
      output.metadata({
        responseId: stringOf(json['responseId']),
        model: stringOf(json['modelVersion']),
      })
      if (isRecord(usageMetadata)) {
        usage = mergeKnown(usage, usageMetadata)
        output.usage(usageOf(usage))
      }
      for (const candidate of arrayOf(candidates)) {
        if (!isRecord(candidate) || (numberOf(candidate['index']) ?? 0) !== 0) continue
        const { content, finishReason: raw, groundingMetadata } = candidate
        for (const part of isRecord(content) ? arrayOf(content['parts']) : []) {
          if (isRecord(part)) readPart(part, output)
        }
        readGrounding(groundingMetadata, output)
        if (typeof raw === 'string' && raw !== '' && raw !== 'FINISH_REASON_UNSPECIFIED') {
          output.finish(raw, reasons.get(raw) ?? (filtered.test(raw) ? 'content-filter' : 'other'))
        }
      }
      const blocked = isRecord(promptFeedback) && stringOf(promptFeedback['blockReason'])
      if (blocked) output.finish(blocked, 'content-filter')
      // Its status is a word, and says more than the number that is its code.
      if (isRecord(error)) output.fail({ ...error, type: error['status'] })
    }
  },
})

const reasons = new Map<string, FinishReason>([
  ['STOP', 'stop'],
  ['MAX_TOKENS', 'length'],
])

const filtered = /SAFETY|RECITATION|BLOCKLIST|PROHIBITED|SPII|MODEL_ARMOR/

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
