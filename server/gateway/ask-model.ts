import { noDeadlines } from '#engine/nodes/index.ts';
import { plainCall } from '#engine/plan/index.ts';
import type { Context } from '../context.ts';
import { isWireObject, parseJson, textOf } from '../dialects/index.ts';
import type { Asked } from './execute.ts';
import { intake } from './intake.ts';
import type { HelpingRole, MadeAttempt } from './made-attempt.ts';
import type { Tried } from './tried.ts';
import { tryTarget } from './try-target.ts';

/** A question of the gateway's own to a model, on behalf of a request. */
export interface ModelQuestion {
  readonly role: HelpingRole;
  readonly target: string;
  /** Empty for none. */
  readonly system: string;
  readonly text: string;
  readonly deadlineMs: number;
  readonly maxOutputTokens: number;
  /** Asks for one JSON object. */
  readonly json?: boolean;
}

/** What came back. `made` is billed to the request, and belongs among its attempts. */
export type ModelReply =
  | { readonly kind: 'answered'; readonly text: string; readonly made: MadeAttempt }
  | { readonly kind: 'failed'; readonly message: string; readonly made: MadeAttempt };

/** The request on whose behalf a question is put. */
export type OnBehalf = Pick<Asked, 'requestId' | 'client' | 'prices' | 'pass'>;

/**
 * Asks a model through the gateway's own call path: any provider, with its deadline, breaker, usage and cost. One question
 * at a time for a request. Never throws for what an upstream does: an answer without text counts as failed.
 */
export async function askModel(
  question: ModelQuestion,
  { requestId, client, prices, pass }: OnBehalf,
  context: Context,
): Promise<ModelReply> {
  const { role, target, system, text, deadlineMs } = question;
  const raw = Buffer.from(JSON.stringify(bodyOf(question)));
  const taken = intake(raw, {}, 'openai-chat');
  if (taken.kind === 'problem') throw new Error(`A question of ours is no request: ${taken.message}`);
  const call = plainCall('', target, { deadlines: { ...noDeadlines, totalMs: Math.max(1, deadlineMs) } });
  const inputTokens = Math.ceil((system.length + text.length) / 4);
  const asked = { requestId, taken, query: '', passedOn: {}, inputTokens, client, prices, pass };
  const tried = await tryTarget(call, [], asked, context);
  switch (tried.kind) {
    case 'answered': {
      const made = { ...tried.made, role };
      const said = saidIn(tried.answer.body);
      if (said === '') return { kind: 'failed', message: `${target} answered without a text.`, made };
      return { kind: 'answered', text: said, made };
    }
    case 'failed':
      return {
        kind: 'failed',
        message: whyFailed(target, tried),
        made: { ...tried.made, role },
      };
    case 'left':
      return { kind: 'failed', message: 'The client has left.', made: { ...tried.made, role } };
    case 'opened': {
      tried.watch.end();
      const made = { ...tried.finish('server_error'), role };
      return { kind: 'failed', message: `${target} sent a stream that nobody asked for.`, made };
    }
  }
}

/** Goes into the log, so without an upstream's words: they may repeat what it was asked. */
export function whyFailed(
  target: string,
  { error, message, answer }: Extract<Tried, { kind: 'failed' }>,
): string {
  const why = answer === null ? message : `it answered with status ${answer.status}.`;
  return `${target} failed (${error}): ${why}`;
}

function bodyOf({ target, system, text, maxOutputTokens, json }: ModelQuestion): object {
  const messages = [
    ...(system === '' ? [] : [{ role: 'system', content: system }]),
    { role: 'user', content: text },
  ];
  return {
    model: target,
    messages,
    max_completion_tokens: maxOutputTokens,
    ...(json === true ? { response_format: { type: 'json_object' } } : {}),
  };
}

function saidIn(body: Buffer): string {
  const wire = parseJson(body.toString('utf8'));
  const choices = isWireObject(wire) && Array.isArray(wire.choices) ? wire.choices : [];
  const [first] = choices;
  const message = isWireObject(first) && isWireObject(first.message) ? first.message : {};
  return textOf(message.content).trim();
}
