import type { RedactableKind } from '../privacy/index.ts';
import type { Parameters } from './compiled-node.ts';

/** Everything a policy changes of a request on its way to a target. */
export interface Changes {
  readonly parameters: Parameters;
  /** Put before the client's own system prompt; empty for nothing. */
  readonly system: string;
  /** `strip` leaves images out and says so where they stood. */
  readonly images: 'keep' | 'strip';
  /** Kinds of private things that are taken out of every text before it leaves. */
  readonly redact: readonly RedactableKind[];
}

export const noChanges: Changes = Object.freeze({
  parameters: Object.freeze({}),
  system: '',
  images: 'keep',
  redact: Object.freeze([]),
});

/** Whether nothing is changed at all, so that a body may pass through as it is. */
export function isUnchanged({ parameters, system, images, redact }: Changes): boolean {
  return (
    system === '' &&
    images === 'keep' &&
    redact.length === 0 &&
    Object.values(parameters).every((value) => value === undefined)
  );
}

/**
 * Changes around a node and its own together: what stands nearer to the call wins; caps combine by the smaller, prompts
 * one after the other with the outer first; what is stripped or redacted outside stays so.
 */
export function mergeChanges(outer: Changes, inner: Changes): Changes {
  return Object.freeze({
    parameters: mergeParameters(outer.parameters, inner.parameters),
    system: [outer.system, inner.system].filter((text) => text !== '').join('\n\n'),
    images: outer.images === 'strip' ? 'strip' : inner.images,
    redact: Object.freeze([...new Set([...outer.redact, ...inner.redact])].sort()),
  });
}

function mergeParameters(outer: Parameters, inner: Parameters): Parameters {
  const caps = [outer.max_output_tokens, inner.max_output_tokens].filter((cap) => cap !== undefined);
  const temperature = inner.temperature ?? outer.temperature;
  const effort = inner.reasoning_effort ?? outer.reasoning_effort;
  return Object.freeze({
    ...(caps.length === 0 ? {} : { max_output_tokens: Math.min(...caps) }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(effort === undefined ? {} : { reasoning_effort: effort }),
  });
}
