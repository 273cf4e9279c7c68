import { neutralMessage, neutralRequest } from '#engine/signals/index.ts';
import type { ClientHints, RequestReading } from '../dialect.ts';
import { readInputTexts } from '../input-texts.ts';
import { limitOf, textOf, type WireObject } from '../wire-value.ts';

/** A Completions body in the neutral form: every prompt is a message of the user. */
export function readRequest(wire: WireObject, hints: ClientHints): RequestReading {
  const { model } = wire;
  if (typeof model !== 'string' || model === '') {
    return {
      kind: 'bad',
      param: 'model',
      message: '"model" must be a text that names an alias, a policy or a model, such as "auto".',
    };
  }
  const prompt = readInputTexts(wire.prompt);
  if (prompt.kind === 'bad') {
    return {
      kind: 'bad',
      param: 'prompt',
      message: '"prompt" must be a text that is not empty, a list of texts, or tokens as whole numbers.',
    };
  }
  const texts = prompt.texts.length > 0 ? prompt.texts : [''];
  return {
    kind: 'ok',
    request: neutralRequest({
      dialect: 'openai-completions',
      model,
      stream: wire.stream === true,
      messages: texts.map((text) => neutralMessage({ role: 'user', text })),
      countedTokens: prompt.tokens,
      maxOutputTokens: limitOf(wire.max_tokens),
      user: hints.user || textOf(wire.user),
      session: hints.session,
      subAgent: hints.subAgent ?? false,
      bytes: hints.bytes,
    }),
  };
}
