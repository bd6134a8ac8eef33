/** The rows of `docs/providers.md`, each with a stream that demonstrates it. */

type Json = Record<string, unknown>

export interface Reading {
  /** The field on the wire, in Markdown. */
  place: string
  /** The servers that send it. */
  by: string
  /** The field of the state, in Markdown. */
  as: string
  /** The events of a stream, or the body of a response with a status. */
  wire: readonly Json[] | { status: number; body: unknown }
  /** The expected final state. */
  state: Json
}

export interface Section {
  title: string
  intro: string
  readings: readonly Reading[]
}

/** A chunk whose first choice has these fields. */
const choice = (fields: Json, chunk: Json = {}): Json => ({
  id: 'c',
  object: 'chat.completion.chunk',
  model: 'tide-1',
  choices: [{ index: 0, finish_reason: null, ...fields }],
  ...chunk,
})
const delta = (fields: Json, more: Json = {}): Json => choice({ delta: fields, ...more })
const say = (content: unknown): Json => delta({ content })
const stop = (fields: Json = {}, chunk: Json = {}): Json =>
  choice({ delta: {}, finish_reason: 'stop', ...fields }, chunk)
const usageOnly = (usage: Json): Json => ({ ...choice({}), choices: [], usage })
const call = (fields: Json): Json => delta({ tool_calls: [fields] })
const source = { url: 'https://tides.example/a', title: 'Tides' }
const cited = { type: 'url_citation', url_citation: source }
const tokens = { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 }

const thought = (place: string, by: string, ...deltas: Json[]): Reading => ({
  place,
  by,
  as: '`reasoning`',
  wire: [...deltas.map((fields) => delta(fields)), say('Noon.'), stop()],
  state: { status: 'complete', reasoning: 'The moon pulls.', text: 'Noon.' },
})

const twoCalls = (place: string, by: string, ...chunks: Json[]): Reading => ({
  place,
  by,
  as: 'two `toolCalls`',
  wire: [...chunks, choice({ delta: {}, finish_reason: 'tool_calls' })],
  state: {
    finishReason: 'tool-calls',
    toolCalls: [
      { name: 'tide', arguments: '{"port":"Husum"}', status: 'completed' },
      { name: 'tide', arguments: '{"port":"Brest"}', status: 'completed' },
    ],
  },
})
const tide = (port: string): Json => ({ name: 'tide', arguments: `{"port":"${port}"}` })

const citation = (place: string, by: string, ...chunks: Json[]): Reading => ({
  place,
  by,
  as: '`annotations`, without duplicates',
  wire: chunks,
  state: { status: 'complete', annotations: [source] },
})

const counted = (place: string, by: string, name: string, value: number, last: Json): Reading => ({
  place,
  by,
  as: `\`usage.${name}\``,
  wire: [say('Noon.'), stop(), last],
  state: { status: 'complete', usage: { [name]: value } },
})

const failed = (place: string, by: string, event: Json, error: Json): Reading => ({
  place,
  by,
  as: Object.keys(error)
    .map((name) => `\`error.${name}\``)
    .join(', '),
  wire: [say('Half'), event],
  state: { status: 'error', text: 'Half', error: { kind: 'api', ...error } },
})

const refused = (place: string, by: string, body: unknown, error: Json): Reading => ({
  place,
  by,
  as: Object.keys(error)
    .map((name) => `\`error.${name}\``)
    .join(', '),
  wire: { status: 429, body },
  state: { status: 'error', error: { kind: 'http', status: 429, ...error } },
})

export const sections: readonly Section[] = [
  {
    title: 'Reasoning',
    intro:
      'If a delta has several of these fields, the first one that contains text is used. Servers that send two send the same text in both.',
    readings: [
      thought(
        '`delta.reasoning_content`',
        'DeepSeek, Moonshot, xAI, Zhipu, llama.cpp, LM Studio, LiteLLM; an object with `text`: Envoy AI Gateway',
        { reasoning_content: 'The moon ' },
        { reasoning_content: { text: 'pulls.' } },
      ),
      thought(
        '`delta.reasoning`: a string, or an object or list with `text`',
        'OpenRouter, Groq, vLLM, Ollama',
        { reasoning: 'The ' },
        { reasoning: { text: 'moon ' } },
        { reasoning: [{ text: 'pulls.' }] },
      ),
      thought('`delta.reasoning_text`', 'GitHub Copilot', { reasoning_text: 'The moon pulls.' }),
      thought('`delta.reasoning_details[]`: `text` or `summary`', 'OpenRouter', {
        reasoning_details: [
          { type: 'reasoning.summary', summary: 'The moon ' },
          { type: 'reasoning.text', text: 'pulls.' },
          { type: 'reasoning.encrypted', data: 'c2VjcmV0' },
        ],
      }),
      thought(
        '`delta.content[]` of the type `thinking`',
        'Mistral',
        { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'The moon ' }] }] },
        { content: [{ type: 'thinking', thinking: 'pulls.' }] },
      ),
      thought('`delta.content[]` of the type `reasoning`', 'Databricks', {
        content: [
          { type: 'reasoning', summary: [{ type: 'summary_text', text: 'The moon pulls.' }] },
        ],
      }),
      thought('`delta.content_blocks[].delta.thinking`', 'Portkey', {
        content_blocks: [{ index: 0, delta: { thinking: 'The moon pulls.' } }],
      }),
      thought('`delta.thinking_blocks[].thinking`', 'LiteLLM', {
        thinking_blocks: [{ type: 'thinking', thinking: 'The moon pulls.', signature: 'c2ln' }],
      }),
      thought('`delta.provider_specific_fields` containing one of these fields', 'LiteLLM', {
        provider_specific_fields: { reasoning_content: 'The moon pulls.' },
      }),
      thought(
        '`delta.think`, `delta.thinking`, `delta.thought`',
        'gateways',
        { think: 'The moon ' },
        { thought: 'pulls.' },
      ),
    ],
  },
  {
    title: 'Tool calls',
    intro:
      'The index, the id and the name together identify a call. A repeated id, or a new id without a name, continues the previous call.',
    readings: [
      twoCalls(
        'the same `index`, another `id` with a `name`',
        'vLLM, SGLang, LiteLLM, Gemini’s OpenAI endpoint',
        call({ index: 0, id: 'a', function: tide('Husum') }),
        call({ index: 0, id: 'b', function: tide('Brest') }),
      ),
      twoCalls(
        'the arguments of the last call, under another `index`',
        'relays of DeepSeek, LibreChat',
        call({ index: 0, id: 'a', function: tide('Husum') }),
        call({ index: 0, id: 'b', function: { name: 'tide', arguments: '' } }),
        call({ index: 1, function: { arguments: '{"port":"Brest"}' } }),
      ),
      twoCalls(
        'neither `index` nor `id`',
        'Ollama behind gateways',
        call({ function: tide('Husum') }),
        call({ function: tide('Brest') }),
      ),
      twoCalls(
        '`index` as a string, or starting at 1',
        'gateways that bridge the Responses API',
        call({ index: '1', id: 'a', function: tide('Husum') }),
        call({ index: '2', id: 'b', function: tide('Brest') }),
      ),
      twoCalls(
        '`delta.tool_calls` as a single object, `arguments` as an object',
        'Portkey with Cohere, Ollama’s calls',
        delta({ tool_calls: { index: 0, id: 'a', function: tide('Husum') } }),
        delta({
          tool_calls: {
            index: 1,
            id: 'b',
            function: { name: 'tide', arguments: { port: 'Brest' } },
          },
        }),
      ),
      twoCalls(
        'such an object, numbered by the `index` of its choice',
        'Portkey with Cohere',
        choice({ delta: { tool_calls: { id: 'a', function: tide('Husum') } } }),
        choice({ index: 1, delta: { tool_calls: { id: 'b', function: tide('Brest') } } }),
      ),
      twoCalls(
        'a `name` in pieces, or the whole `name` in every delta',
        'inference servers with their own parsers, MiniMax on NIM',
        call({ index: 0, id: 'a', function: { name: 'ti', arguments: '' } }),
        call({ index: 0, function: { ...tide('Husum'), name: 'de' } }),
        call({ index: 1, id: 'b', function: { name: 'tide', arguments: '' } }),
        call({ index: 1, id: 'b', function: tide('Brest') }),
      ),
      twoCalls(
        '`delta.toolCalls`, in camel case',
        'events of Mistral’s SDK, serialised as JSON',
        delta({
          toolCalls: [
            { index: 0, id: 'a', function: tide('Husum') },
            { index: 1, id: 'b', function: tide('Brest') },
          ],
        }),
      ),
      twoCalls(
        '`tool_calls` as an object keyed by index, or next to `delta`',
        'gateways',
        delta({ tool_calls: { 0: { id: 'a', function: tide('Husum') } } }),
        choice({ delta: {}, tool_calls: [{ index: 1, id: 'b', function: tide('Brest') }] }),
      ),
      twoCalls(
        'a `delta`, or a part of `delta.content`, of the type `tool_use`',
        'Snowflake Cortex, relays of Anthropic',
        delta({ type: 'tool_use', tool_use_id: 'a', name: 'tide' }),
        delta({ type: 'tool_use', input: '{"port":"Husum"}' }),
        say([{ type: 'tool_use', id: 'b', name: 'tide', input: { port: 'Brest' } }]),
      ),
    ],
  },
  {
    title: 'Citations and images',
    intro: 'Citations are normalised to the flat form of the Responses API.',
    readings: [
      citation(
        '`delta.annotations`, `message.annotations`',
        'OpenRouter, OpenAI’s search models',
        say('Noon.'),
        delta({ annotations: [cited] }),
        choice({ message: { content: 'Noon.', annotations: [cited] }, finish_reason: 'stop' }),
      ),
      citation(
        '`delta.content_blocks[].delta.citation`, `choices[].groundingMetadata`',
        'Portkey',
        delta({ content_blocks: [{ index: 0, delta: { citation: source } }] }),
        say('Noon.'),
        stop({
          groundingMetadata: {
            groundingChunks: [{ retrievedContext: { uri: source.url, title: source.title } }],
          },
        }),
      ),
      citation('`choices[].annotations`', 'gateways', say('Noon.'), stop({ annotations: [cited] })),
      citation(
        '`citations` and `search_results` next to `choices`',
        'Perplexity, xAI',
        choice(
          { delta: { content: 'Noon.' } },
          { citations: [source.url], search_results: [source] },
        ),
        stop({}, { citations: [source.url], search_results: [source] }),
      ),
      citation(
        '`delta.context.citations`',
        'Azure OpenAI on your data',
        delta({ context: { citations: [{ ...source, content: 'x' }], intent: '[]' } }),
        say('Noon.'),
        stop(),
      ),
      citation(
        '`search_results`, `search_info.search_results`, `references` next to `choices`',
        'Qianfan, Hunyuan, Ark',
        choice({ delta: { content: 'Noon.' } }, { search_info: { search_results: [source] } }),
        stop({}, { references: [source] }),
      ),
      citation(
        '`web_search` next to `choices`, with `link` as the address',
        'Zhipu',
        say('Noon.'),
        stop({}, { web_search: [{ title: source.title, link: source.url, refer: 'ref_1' }] }),
      ),
      citation(
        '`venice_parameters.web_search_citations`',
        'Venice',
        choice(
          { delta: { content: '' } },
          { venice_parameters: { web_search_citations: [source] } },
        ),
        say('Noon.'),
        stop(),
      ),
      citation(
        '`web_search_results`, `grounding_metadata`, `provider_specific_fields.citations`',
        'gateways, LiteLLM',
        delta({ provider_specific_fields: { citations: [[source]] } }),
        say('Noon.'),
        stop({ grounding_metadata: { grounding_chunks: [{ web: source }] } }),
      ),
      {
        place: '`delta.images[]` with a URL that is not a data URL',
        by: 'gateways that store their pictures',
        as: '`images`, each with `url` in place of `base64`',
        wire: [delta({ images: [{ image_url: { url: 'https://tides.example/a.png' } }] }), stop()],
        state: { images: [{ url: 'https://tides.example/a.png', partial: false }] },
      },
      {
        place:
          '`delta.images[]`, `delta.content[]` of the type `image_url`, `delta.content_blocks[].delta`',
        by: 'OpenRouter, relays of Gemini, Portkey',
        as: '`images`',
        wire: [
          delta({
            content_blocks: [
              {
                index: 0,
                delta: { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0K' } },
              },
            ],
          }),
          delta({ images: [{ image_url: { url: 'data:image/png;base64,iVBORw0K' } }] }),
          say([{ type: 'image_url', image_url: { url: 'data:image/webp;base64,UklGRg==' } }]),
          stop(),
        ],
        state: {
          images: [
            { base64: 'iVBORw0K', format: 'png', partial: false },
            { base64: 'UklGRg==', format: 'webp', partial: false },
          ],
        },
      },
    ],
  },
  {
    title: 'Usage',
    intro:
      'The last usage object of a stream is used. `usage.raw` is the unmodified object. `inputTokens` includes cached tokens. `tokenlens` 1.3.1 bills those twice ([demonstration](../findings/tokenlens-bills-cached-tokens-twice.sh)): subtract `cachedInputTokens` from the `inputTokens` that you pass to it.',
    readings: [
      counted(
        '`usage` next to the last choice',
        'most servers',
        'totalTokens',
        12,
        stop({}, { usage: tokens }),
      ),
      counted('`usage` in a chunk without choices', 'OpenAI, vLLM', 'inputTokens', 5, {
        ...usageOnly(tokens),
        object: 'text_completion',
      }),
      counted('`choices[].usage`', 'Moonshot', 'outputTokens', 7, stop({ usage: tokens })),
      counted(
        '`choices[].delta.usage`',
        'gateways',
        'outputTokens',
        7,
        stop({ delta: { usage: tokens } }),
      ),
      counted(
        '`usage` with names in camel case, or counts as strings',
        'gateways that forward the usage of the AI SDK or of Bedrock',
        'outputTokens',
        7,
        stop({}, { usage: { inputTokens: 5, outputTokens: '7' } }),
      ),
      counted('`x_groq.usage`', 'Groq', 'outputTokens', 7, stop({}, { x_groq: { usage: tokens } })),
      counted(
        '`prompt_tokens_details.cached_tokens`, or `cached_tokens`',
        'OpenAI; Moonshot',
        'cachedInputTokens',
        4,
        stop({}, { usage: { ...tokens, cached_tokens: 4 } }),
      ),
      counted(
        '`prompt_cache_hit_tokens`',
        'DeepSeek',
        'cachedInputTokens',
        4,
        stop({}, { usage: { ...tokens, prompt_cache_hit_tokens: 4 } }),
      ),
      counted(
        '`precached_prompt_tokens`',
        'GigaChat',
        'cachedInputTokens',
        4,
        stop({}, { usage: { ...tokens, precached_prompt_tokens: 4 } }),
      ),
      counted(
        '`cache_read_input_tokens`',
        'LiteLLM with Anthropic',
        'cachedInputTokens',
        4,
        stop({}, { usage: { ...tokens, cache_read_input_tokens: 4 } }),
      ),
      counted(
        '`cache_creation_input_tokens`, `prompt_tokens_details.cache_write_tokens`',
        'LiteLLM with Anthropic; OpenRouter',
        'cacheWriteTokens',
        3,
        stop({}, { usage: { ...tokens, cache_creation_input_tokens: 3 } }),
      ),
    ],
  },
  {
    title: 'Errors inside a stream',
    intro:
      'The text received so far is kept. An error object whose fields are all empty is ignored.',
    readings: [
      failed(
        '`error`: an object',
        'OpenAI, Groq, vLLM, LM Studio',
        {
          error: { message: 'Busy.', type: 'server_error', code: 'busy', status_code: 503 },
        },
        { message: 'Busy.', code: 'busy', status: 503 },
      ),
      failed('`error`: a string', 'TGI, Ollama', { error: 'Busy.' }, { message: 'Busy.' }),
      failed(
        '`choices[].error`, with `metadata.raw`',
        'OpenRouter',
        delta(
          {},
          {
            finish_reason: 'error',
            error: {
              code: 502,
              message: 'Provider error',
              metadata: { raw: '{"error":{"message":"Busy."}}' },
            },
          },
        ),
        { message: 'Busy.', status: 502 },
      ),
      failed(
        '`base_resp`',
        'MiniMax',
        { base_resp: { status_code: 1013, status_msg: 'Busy.' } },
        {
          message: 'Busy.',
          code: '1013',
        },
      ),
      failed(
        '`errors[]`',
        'watsonx, Workers AI',
        { errors: [{ code: 'quota', message: 'Busy.' }] },
        {
          message: 'Busy.',
          code: 'quota',
        },
      ),
      failed(
        '`error_message` next to empty `choices`, with `error_type`',
        'gateways',
        {
          ...choice({}),
          choices: null,
          error_message: 'Out of memory.',
          error_type: 'server_error',
        },
        { message: 'Out of memory.' },
      ),
      failed(
        '`error_code` and `error_msg`, `errorMessage`, `fault`, `Response.Error`, `result.error`: case and underscores are ignored',
        'Baidu, AWS, Apigee, Tencent, gateways',
        { error_code: 336003, error_msg: 'Out of memory.' },
        { message: 'Out of memory.', code: '336003' },
      ),
      failed(
        '`code` and `message` next to empty `choices`; a `code` of 0 is not an error',
        'iFlytek Spark',
        { ...choice({}), choices: [], code: 10013, message: 'Out of memory.' },
        { message: 'Out of memory.', code: '10013' },
      ),
      failed('`x_groq.error`', 'Groq', stop({}, { x_groq: { id: 'req_1', error: 'Busy.' } }), {
        message: 'Busy.',
      }),
      failed(
        'problem details, with `detail` or `title` and `status`',
        'servers that follow RFC 9457',
        { type: 'about:blank', title: 'Unavailable', status: 503, detail: 'Busy.' },
        { message: 'Busy.', status: 503 },
      ),
      failed(
        'a finish reason that names a failure: `…_error`, `insufficient_system_resource`, `malformed_…`, `abort`, `TIMEOUT`',
        'Zhipu, DeepSeek, Portkey, Bedrock, vLLM, Cohere',
        choice({ delta: {}, finish_reason: 'abort' }),
        {},
      ),
    ],
  },
  {
    title: 'Bodies of HTTP errors',
    intro:
      'These are read in addition to the status and to `requestId` and `retryAfter` from the headers.',
    readings: [
      refused(
        '`error.message`, `error.code`',
        'OpenAI, LiteLLM, Perplexity',
        {
          error: { message: 'Slow down.', code: 429 },
        },
        { message: 'Slow down.', code: '429' },
      ),
      refused(
        '`[{ error }]`, with `RetryInfo`',
        'Gemini',
        [
          {
            error: {
              code: 429,
              message: 'Slow down.',
              details: [
                { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '1.5s' },
              ],
            },
          },
        ],
        { message: 'Slow down.', retryAfter: 1500 },
      ),
      refused(
        '`errors[]`',
        'watsonx, Cloudflare',
        { errors: [{ code: 7003, message: 'Slow down.' }] },
        {
          message: 'Slow down.',
          code: '7003',
        },
      ),
      refused(
        'JSON in `error.message`, with `RetryInfo`',
        'relays of Gemini',
        {
          error: {
            code: 429,
            message: '{"error":{"message":"Slow down.","details":[{"retryDelay":"36s"}]}}',
          },
        },
        { message: 'Slow down.', retryAfter: 36_000 },
      ),
      refused(
        '`retry_after_ms`, or `retry_after` in seconds, in the error or beside it',
        'OmniRoute and other gateways',
        { error: { message: 'Slow down.', retry_after_ms: 4500 } },
        { message: 'Slow down.', retryAfter: 4500 },
      ),
      refused(
        '`detail`: a string, or a list with `msg`',
        'FastAPI',
        {
          detail: [{ loc: ['body'], msg: 'Slow down.' }],
        },
        { message: 'Slow down.' },
      ),
      refused(
        '`detail`: an object with `code` and `message`',
        'FastAPI',
        { detail: { code: 'quota', message: 'Slow down.' } },
        { message: 'Slow down.', code: 'quota' },
      ),
      refused(
        '`message`, `Message`',
        'Bedrock, API Gateway',
        { Message: 'Slow down.' },
        {
          message: 'Slow down.',
        },
      ),
      refused(
        'an event stream with one of these as `data`',
        'relays of DashScope',
        'event:error\ndata:{"code":"Throttling","message":"Slow down."}\n\n',
        { message: 'Slow down.', code: 'Throttling' },
      ),
      refused(
        '`error`: a string',
        'Ollama, xAI',
        { error: 'Slow down.' },
        { message: 'Slow down.' },
      ),
      refused(
        '`errors`: lists keyed by field name',
        'ASP.NET Core, Laravel, Rails',
        { title: 'Validation failed.', errors: { model: ['Slow down.'] } },
        { message: 'Slow down.' },
      ),
      refused(
        '`err` or `body` containing one of these',
        'gateways',
        { body: '{"err":{"message":"Slow down.","code":"busy"}}' },
        { message: 'Slow down.' },
      ),
    ],
  },
]

/** The finish reasons of all servers, by their meaning. Case does not matter. */
export const finishWords: Readonly<Record<string, readonly string[]>> = {
  stop: [
    ...['stop', 'end_turn', 'end', 'eos', 'eos_token', 'stop_sequence', 'COMPLETE', 'endoftext'],
    ...['natural_stop', 'hit_stop', 'normal', 'end_token', 'stop_before'],
  ],
  length: [
    'length',
    'max_tokens',
    'MAX_TOKENS',
    ...['max_output_tokens', 'model_context_window_exceeded', 'model_length', 'token_limit'],
    ...['max_output', 'maximum_tokens'],
  ],
  'tool-calls': ['tool_calls', 'function_call', 'tool_use', 'TOOL_CALL'],
  'content-filter': [
    ...['content_filter', 'sensitive', 'SAFETY', 'RECITATION', 'guardrail_intervened'],
    ...['content_filtered', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'blacklist'],
  ],
}

/** The format for each server. Formats without quotes are exported from the core. */
export const formats: readonly (readonly [servers: string, format: string])[] = [
  [
    'the Responses API of OpenAI, Azure OpenAI, Hugging Face, llama.cpp, LiteLLM, LM Studio, Ollama, OpenRouter, vLLM and xAI',
    "'auto'",
  ],
  [
    'any Chat Completions API; checked with Ark, Azure OpenAI, Cerebras, Databricks, DashScope, DeepSeek, Envoy AI Gateway, FastGPT, Fireworks, GigaChat, GitHub Copilot, Groq, Hugging Face, Hunyuan, llama.cpp, LiteLLM, LM Studio, LMDeploy, LocalAI, MiniMax, Mistral, mlx-lm, Moonshot, New API, Ollama, OpenRouter, Perplexity, Portkey, Qianfan, SambaNova, SGLang, Snowflake Cortex, Spark, StepFun, TGI, Together, Venice, Vercel AI Gateway, vLLM, watsonx, Writer, xAI, Xinference and Zhipu',
    "'auto'",
  ],
  ['Anthropic’s Messages API, also through gateways', 'anthropicMessages'],
  ['Gemini and Vertex AI: `streamGenerateContent`', 'gemini'],
  ['Ollama at `/api/chat` and `/api/generate`', 'ollama'],
  ['the AI SDK: `toUIMessageStreamResponse()` and related functions', 'aiSdkUi'],
  ['AG-UI, TanStack AI', 'agUi'],
  [
    'Cohere v2, Bedrock Converse, Replicate, TGI’s own API, Dify, Flowise, LangServe, Gemini’s Interactions API, OpenAI’s Assistants, Mistral’s Conversations API, DashScope’s and Hunyuan’s own APIs, Agno, assistant-stream, Coze, KoboldCpp’s own API, LangGraph, Mastra, OCI, Workers AI, Triton, LM Studio’s own API, SAP’s orchestration. The `protocol` error shows the first event',
    'defineFormat',
  ],
]
