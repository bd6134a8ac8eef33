#!/usr/bin/env bash
# tokenlens 1.3.1, which tells what a request costs, `getUsage({ modelId, usage })` with usage as it comes from the AI
# SDK: 100,000 input tokens, 90,000 of which came from the provider's cache.
#
# Seen: the cached tokens are paid twice, once at the full price of input and once at the cache's. With the cache the request
# costs $0.36, without it $0.25; by the package's own prices the first is $0.14. The id "openai/gpt-4o", as gateways write it,
# costs $0, where "openai:gpt-4o" and "gpt-4o" have the price.
#
# Surprising because `cachedInputTokens` is a part of `inputTokens` in the AI SDK and at OpenAI, because a cache that makes a
# request dearer is wrong at first sight, and because 0 looks like a price where an unknown model has none. A long
# conversation, nearly all cached, is shown at more than twice its cost.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 90 npm install --silent --no-audit --no-fund --ignore-scripts tokenlens@1.3.1

cat >run.mjs <<'JS'
import { getUsage } from 'tokenlens'

const costOf = (modelId, usage) => getUsage({ modelId, usage }).costUSD?.totalUSD
const plain = { inputTokens: 100_000, outputTokens: 100 }
const cached = { ...plain, cachedInputTokens: 90_000 }

const alone = costOf('openai:gpt-4o', { inputTokens: 0, outputTokens: 0, cachedInputTokens: 90_000 })
const fresh = costOf('openai:gpt-4o', { inputTokens: 10_000, outputTokens: 100 })
const seen = {
  'without a cache': costOf('openai:gpt-4o', plain),
  'with 90 % cached': costOf('openai:gpt-4o', cached),
  'the 10 % that are not, and the cache': fresh + alone,
  'openai/gpt-4o without a cache': costOf('openai/gpt-4o', plain),
  'gpt-4o without a cache': costOf('gpt-4o', plain),
  'an unknown model': costOf('nobody/nothing', plain),
}
for (const [name, cost] of Object.entries(seen)) console.log(`${name}: ${cost}`)
const rounded = Object.values(seen).map((cost) => cost?.toFixed(4))
const asBefore =
  JSON.stringify(rounded) === JSON.stringify(['0.2510', '0.3635', '0.1385', '0.0000', '0.2510', undefined])
process.exit(asBefore ? 0 : 1)
JS
timeout 30 node run.mjs
