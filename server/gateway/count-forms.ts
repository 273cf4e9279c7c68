import { isWireObject, parseJson } from '../dialects/index.ts';
import type { CountDialect } from './find-route.ts';

/** How a dialect asks for a count and gets it. */
export interface CountForm {
  /** The request whose tokens are to be counted, out of the body that asks for the count. */
  inner(raw: Buffer): Buffer;
  /** The body that asks a provider to count this request. */
  outer(request: Buffer, model: string): Buffer;
  /** An answer of our own. */
  write(tokens: number): object;
}

/** Anthropic's body is the request itself. */
const anthropic: CountForm = {
  inner: (raw) => raw,
  outer: (request) => request,
  write: (tokens) => ({ input_tokens: tokens }),
};

/** Google's has the request inside, or only its `contents`. */
const google: CountForm = {
  inner: (raw) => {
    const wire = parseJson(raw.toString('utf8'));
    const request = isWireObject(wire)
      ? (wire.generateContentRequest ?? wire.generate_content_request)
      : undefined;
    return isWireObject(request) ? Buffer.from(JSON.stringify(request)) : raw;
  },
  outer: (request, model) => {
    const wire = parseJson(request.toString('utf8'));
    const inside = { ...(isWireObject(wire) ? wire : {}), model: `models/${model}` };
    return Buffer.from(JSON.stringify({ generateContentRequest: inside }));
  },
  write: (tokens) => ({ totalTokens: tokens }),
};

/** OpenAI's body is the request itself too. */
const responses: CountForm = {
  ...anthropic,
  write: (tokens) => ({ object: 'response.input_tokens', input_tokens: tokens }),
};

export const countForms: Readonly<Record<CountDialect, CountForm>> = {
  'anthropic-messages': anthropic,
  'openai-responses': responses,
  'google-generate': google,
};
