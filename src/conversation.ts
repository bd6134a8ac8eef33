'use client'

export { chatConversation, chatOutput, chatTool } from './conversation/chat-conversation.ts'
export type { ChatRequest } from './conversation/chat-conversation.ts'
export type {
  Conversation,
  ConversationControls,
  ConversationOptions,
  ConversationSettings,
  ConversationState,
  ConversationStatus,
  Decision,
} from './conversation/conversation.ts'
export { createConversation } from './conversation/create-conversation.ts'
export type { ConversationDocument, QueuedInput } from './conversation/document.ts'
export { sendable } from './conversation/request.ts'
export type {
  AnsweredItem,
  ConversationApi,
  ConversationRequest,
  SendableAnswer,
} from './conversation/request.ts'
export {
  responsesConversation,
  responsesOutput,
  responsesTool,
  storedResponsesConversation,
} from './conversation/responses-conversation.ts'
export type { ResponsesRequest } from './conversation/responses-conversation.ts'
export type { AssistantTurn, StartedState, Turn, UserTurn } from './conversation/turn.ts'
export { readAttachments } from './conversation/user-input.ts'
export type { Attachment, UserInput } from './conversation/user-input.ts'
export { useConversation } from './react/use-conversation.ts'
export type { UseConversationOptions, UseConversationResult } from './react/use-conversation.ts'
export { defineTools } from './tools/define-tools.ts'
export { runTools } from './tools/run-tools.ts'
export type { RunToolsOptions, ToolsRun } from './tools/run-tools.ts'
export type { DescribedTool, ToolSet } from './tools/tool-set.ts'
export type { JsonSchemaSource, Tool, ToolContext, Tools } from './tools/tool.ts'
export type { CallOutcome, ToolResult, ToolResultStatus } from './tools/tool-result.ts'
