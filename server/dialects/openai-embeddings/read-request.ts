import { neutralMessage, neutralRequest } from '#engine/signals/index.ts';
import type { ClientHints, RequestReading } from '../dialect.ts';
import { readInputTexts } from '../input-texts.ts';
import { textOf, type WireObject } from '../wire-value.ts';

/** An Embeddings body in the neutral form: every input is a message of the user, and nothing will be written. */
export function readRequest(wire: WireObject, hints: ClientHints): RequestReading {
  const { model } = wire;
  if (typeof model !== 'string' || model === '') {
    return {
      kind: 'bad',
      param: 'model',
      message:
        '"model" must be a text that names an alias, a policy or a model, such as "openai/text-embedding-3-small".',
    };
  }
  const input = readInputTexts(wire.input);
  if (input.kind === 'bad') {
    return {
      kind: 'bad',
      param: 'input',
      message: '"input" must be a text that is not empty, a list of texts, or tokens as whole numbers.',
    };
  }
  const texts = input.texts.length > 0 ? input.texts : [''];
  return {
    kind: 'ok',
    request: neutralRequest({
      dialect: 'openai-embeddings',
      model,
      messages: texts.map((text) => neutralMessage({ role: 'user', text })),
      countedTokens: input.tokens,
      maxOutputTokens: 0,
      user: hints.user || textOf(wire.user),
      session: hints.session,
      subAgent: hints.subAgent ?? false,
      bytes: hints.bytes,
    }),
  };
}
