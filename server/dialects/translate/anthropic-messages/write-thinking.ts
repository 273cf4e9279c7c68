import type { Dropped } from '../dropped.ts';
import type { Effort, Neutral } from '../neutral.ts';
import { budgetOfEffort, effortOfBudget, leastBudget, nearestEffort } from '../reasoning.ts';
import type { AnthropicTraits } from './traits.ts';

export interface WrittenThinking {
  readonly thinking?: { readonly type: string; readonly budget_tokens?: number };
  readonly effort?: Effort | undefined;
}

/** What a model is told about thinking, in the form it takes. What it does not take is named `reasoning_effort`. */
export function writeThinking(
  neutral: Neutral,
  maxTokens: number,
  traits: AnthropicTraits,
  dropped: Dropped,
): WrittenThinking {
  const reasoning = neutral.reasoning;
  if (reasoning === undefined) return {};
  if (reasoning.kind === 'off') {
    if (traits.thinkingOff) return { thinking: { type: 'disabled' } };
    // A model that cannot think has nothing to turn off.
    if (traits.thinking !== 'none') dropped.add('reasoning_effort.none');
    return {};
  }
  if (traits.thinking === 'none') {
    dropped.add('reasoning_effort');
    return {};
  }
  return traits.thinking === 'adaptive'
    ? writeAdaptive(neutral, traits, dropped)
    : writeBudget(neutral, maxTokens, dropped);
}

function writeAdaptive(neutral: Neutral, traits: AnthropicTraits, dropped: Dropped): WrittenThinking {
  const wanted = effortIn(neutral);
  const effort = wanted === undefined ? undefined : nearestEffort(wanted, traits.efforts);
  if (wanted !== undefined && effort !== wanted) dropped.add(`reasoning_effort.${wanted}`);
  // Thinking and a forced call exclude each other; the effort holds for the call alone.
  return forcesTool(neutral) ? { effort } : { thinking: { type: 'adaptive' }, effort };
}

function writeBudget(neutral: Neutral, maxTokens: number, dropped: Dropped): WrittenThinking {
  const wanted = budgetIn(neutral);
  // The budget counts towards max_tokens and must leave room for an answer.
  const budget = Math.min(wanted, Math.floor(maxTokens * 0.8));
  if (budget < leastBudget || forcesTool(neutral) || lacksThinking(neutral)) {
    dropped.add('reasoning_effort');
    return {};
  }
  return { thinking: { type: 'enabled', budget_tokens: budget } };
}

function effortIn({ reasoning }: Neutral): Effort | undefined {
  if (reasoning?.kind === 'effort') return reasoning.effort;
  return reasoning?.kind === 'budget' ? effortOfBudget(reasoning.tokens) : undefined;
}

function budgetIn({ reasoning }: Neutral): number {
  if (reasoning?.kind === 'budget') return reasoning.tokens;
  return budgetOfEffort[reasoning?.kind === 'effort' ? reasoning.effort : 'high'];
}

function forcesTool({ tools, toolChoice }: Neutral): boolean {
  return tools.length > 0 && (toolChoice?.kind === 'required' || toolChoice?.kind === 'named');
}

/**
 * With a budget, a turn that waits for tool results must begin with its signed thinking (extended thinking, preserving
 * thinking blocks). A client of another dialect has none to give back, and the call would be refused.
 */
function lacksThinking({ messages }: Neutral): boolean {
  const last = messages.findLastIndex((message) => message.role === 'assistant');
  const message = messages[last];
  if (message?.role !== 'assistant' || !message.parts.some((part) => part.kind === 'tool_call')) return false;
  const answered = messages
    .slice(last + 1)
    .some((later) => later.role === 'user' && later.parts.some((part) => part.kind === 'tool_result'));
  const signed = message.parts.some(
    (part) => part.kind === 'redacted_thinking' || (part.kind === 'thinking' && part.signature !== undefined),
  );
  return answered && !signed;
}
