import type { Usage } from '#engine/catalogue/index.ts';
import { isWireObject, type WireObject } from '../../wire-value.ts';
import type { Stop } from '../neutral-answer.ts';
import type { AnswerMeta } from '../openai-chat/answer.ts';
import { writeResponseUsage } from './usage.ts';

/** What a response needs beside the answer: who answers, when, and what was asked, for it repeats the request. */
export interface ResponseMeta extends AnswerMeta {
  /** The client's body. */
  readonly asked: WireObject;
}

/** What a response is as long as it goes on. */
export interface ResponseHead {
  readonly id: string;
  readonly object: 'response';
  readonly status: string;
  readonly [member: string]: unknown;
}

/** A response without output: its identity and what was asked, with OpenAI's defaults where the client said nothing. */
export function responseHead(
  { asked, ...meta }: ResponseMeta,
  told: { readonly id: string; readonly model: string; readonly serviceTier?: string },
): ResponseHead {
  const { text, reasoning } = asked;
  return {
    id: `resp_${told.id || meta.id}`,
    object: 'response',
    created_at: meta.created,
    status: 'in_progress',
    background: false,
    error: null,
    incomplete_details: null,
    instructions: asked.instructions ?? null,
    max_output_tokens: asked.max_output_tokens ?? null,
    metadata: asked.metadata ?? {},
    model: told.model || meta.model,
    output: [],
    parallel_tool_calls: asked.parallel_tool_calls ?? true,
    previous_response_id: null,
    prompt_cache_key: asked.prompt_cache_key ?? null,
    reasoning: { effort: null, summary: null, ...(isWireObject(reasoning) ? reasoning : {}) },
    safety_identifier: asked.safety_identifier ?? null,
    service_tier: tierOf(told.serviceTier),
    // Nothing is: there is no way to fetch it again.
    store: false,
    temperature: asked.temperature ?? null,
    text: { format: { type: 'text' }, ...(isWireObject(text) ? text : {}) },
    tool_choice: asked.tool_choice ?? 'auto',
    tools: asked.tools ?? [],
    top_p: asked.top_p ?? null,
    truncation: asked.truncation ?? 'disabled',
    usage: null,
    user: asked.user ?? null,
  };
}

function tierOf(tier: string | undefined): string {
  return tier === undefined || tier === 'standard' ? 'default' : tier;
}

/** How a response ended: `completed`, or `incomplete` and why. */
export function endOfResponse(
  stop: Stop,
  hasRefusal: boolean,
): { readonly status: string; readonly reason: string | null } {
  switch (stop.kind) {
    case 'length':
    case 'context_length':
      return { status: 'incomplete', reason: 'max_output_tokens' };
    case 'content_filter':
      return { status: 'incomplete', reason: 'content_filter' };
    case 'refusal':
      // A model that refuses without a word looks, to a client, like one that was filtered.
      return hasRefusal
        ? { status: 'completed', reason: null }
        : { status: 'incomplete', reason: 'content_filter' };
    case 'end':
    case 'tool_use':
    case 'stop_sequence':
    case 'pause':
      return { status: 'completed', reason: null };
  }
}

/** The response once it has ended. */
export function wholeResponse(
  head: ResponseHead,
  output: readonly object[],
  { status, reason }: ReturnType<typeof endOfResponse>,
  usage: Usage | null,
): ResponseHead {
  return {
    ...head,
    status,
    incomplete_details: reason === null ? null : { reason },
    output,
    usage: usage === null ? null : writeResponseUsage(usage),
  };
}
