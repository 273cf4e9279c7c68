import { compilePolicy, type Plan } from '#engine/plan/index.ts';
import { type Policy, parsePolicyValue } from '#engine/policy/index.ts';

/** What the bench policy asks of a request: its numbers can be moved, so that every round asks something new. */
export interface Thresholds {
  readonly long: number;
  readonly evening: number;
  readonly turns: number;
  readonly confidence: number;
}

export const usualThresholds: Thresholds = { long: 60_000, evening: 18, turns: 5, confidence: 0.55 };

export const models = {
  small: 'openai/gpt-5-mini',
  large: 'openai/gpt-5.2',
  opus: 'anthropic/claude-opus-5',
  flash: 'google/gemini-2.5-flash',
} as const;

export function routingPlan(thresholds: Thresholds): Plan {
  const compiled = compilePolicy(routingPolicy(thresholds));
  if (compiled.kind === 'bad') throw new Error(JSON.stringify(compiled.diagnostics));
  return compiled.plan;
}

/** Twelve nodes: one switch of six ways, five conditions, four models, two fallbacks. */
export function routingPolicy({ long, evening, turns, confidence }: Thresholds): Policy {
  const parsed = parsePolicyValue({
    format: 1,
    id: 'bench',
    name: 'Bench',
    entry: 'task',
    nodes: {
      task: {
        kind: 'classifier',
        confidence,
        ports: {
          code: 'tools',
          math_reasoning: 'strong',
          summarization: 'size',
          translation: 'small',
          creative_writing: 'team',
        },
        otherwise: 'size',
      },
      tools: condition('request.tools > 0', 'strong', 'turns'),
      size: condition(`request.input_tokens > ${long}`, 'window', 'team'),
      team: condition('caller.team == "search"', 'window', 'hour'),
      hour: condition(`time.hour >= ${evening}`, 'small', 'turns'),
      turns: condition(`request.turns > ${turns}`, 'strong', 'small'),
      strong: { kind: 'fallback', try: ['opus', 'large'] },
      window: { kind: 'fallback', try: ['flash', 'large'] },
      small: { kind: 'model', target: models.small },
      large: { kind: 'model', target: models.large },
      opus: { kind: 'model', target: models.opus },
      flash: { kind: 'model', target: models.flash },
    },
  });
  if (parsed.kind === 'bad') throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.policy;
}

function condition(when: string, to: string, otherwise: string) {
  return { kind: 'condition', cases: [{ id: 'yes', when, to }], else: otherwise };
}
