import { smallerLimit } from '../client-metadata.ts';
import type { BodyChanges } from '../dialect.ts';
import { findMembers, setMembers } from '../json-members.ts';
import { isWireObject, limitOf, type WireObject } from '../wire-value.ts';
import { camelNames, spellingsOf } from './field-names.ts';
import { withoutForeignThoughts } from './foreign-thoughts.ts';

/**
 * The body of an attempt: the client's bytes with what the policy changed put in. The model stands in the URL; a body that
 * names one too must not name another. A translator has no URL, so it is told in the body.
 */
export function changeRequest(raw: Buffer, wire: WireObject, changes: BodyChanges): Buffer {
  const set = new Map<string, string>();
  if (changes.translated === true) {
    set.set('model', JSON.stringify(changes.model));
    set.set('stream', JSON.stringify(wire.stream === true));
  } else {
    const own = wire.contents === undefined ? undefined : withoutForeignThoughts(wire.contents);
    if (own !== undefined) set.set('contents', JSON.stringify(own));
  }
  const members = findMembers(raw);
  if (!set.has('model') && members.list.some(({ key }) => key === 'model')) {
    set.set('model', JSON.stringify(`models/${changes.model}`));
  }
  setConfig(set, wire, changes);
  return setMembers(raw, members, set);
}

function setConfig(set: Map<string, string>, wire: WireObject, { parameters, model }: BodyChanges): void {
  const { max_output_tokens: cap, temperature, reasoning_effort: effort } = parameters;
  if (cap === undefined && temperature === undefined && effort === undefined) return;
  const names = spellingsOf(wire, 'generationConfig');
  const written = wire[names[0] ?? ''];
  const config: Record<string, unknown> = isWireObject(written) ? { ...camelNames(written) } : {};
  if (cap !== undefined) config.maxOutputTokens = smallerLimit(limitOf(config.maxOutputTokens), cap);
  if (temperature !== undefined) config.temperature = temperature;
  if (effort !== undefined) config.thinkingConfig = thinkingWith(config.thinkingConfig, effort, model);
  // Readers differ on which of two spellings counts; neither may slip past a policy.
  for (const name of names) set.set(name, JSON.stringify(config));
}

type Effort = NonNullable<BodyChanges['parameters']['reasoning_effort']>;

/** Tokens of thinking by effort, as Google's own OpenAI-compatible endpoint sets them (ai.google.dev, OpenAI compatibility). */
const budgets: Readonly<Record<string, number>> = {
  none: 0,
  minimal: 1_024,
  low: 1_024,
  medium: 8_192,
  high: 24_576,
};

/** Gemini 2.5 takes a budget, later ones a level; both at once are refused. Later ones cannot stop thinking: `none` is the least. */
function thinkingWith(written: unknown, effort: Effort, model: string): object {
  const { thinkingBudget: _, thinkingLevel: __, ...rest } = isWireObject(written) ? camelNames(written) : {};
  if (/gemini-2/.test(model)) return { ...rest, thinkingBudget: budgets[effort] ?? budgets.high };
  const level =
    effort === 'none'
      ? 'minimal'
      : effort === 'minimal' || effort === 'low' || effort === 'medium'
        ? effort
        : 'high';
  return { ...rest, thinkingLevel: level };
}
