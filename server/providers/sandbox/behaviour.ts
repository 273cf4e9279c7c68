import { type Catalogue, type CatalogueModel, defaultCatalogue } from '#engine/catalogue/index.ts';
import type { TaskLabel } from '#engine/classify/index.ts';
import type { ErrorClass } from '#engine/nodes/index.ts';
import { type FaultName, faultNamed } from './faults.ts';
import { seedOf } from './seeded-random.ts';

/** How the sandbox makes one model behave. Invented figures, plausible and stable: nothing here is a measurement of a vendor. */
export interface Behaviour {
  /** Median time to the first token of an answer without reasoning, ms. */
  readonly firstTokenMs: number;
  readonly tokensPerSecond: number;
  /** How long its answers are beside the typical answer to the same task. */
  readonly verbosity: number;
  /** Reasoning tokens beside the tokens of the answer; 0 for a model that does not reason. */
  readonly reasoning: number;
  /** Chance of each failure, 0–1. They add up to the chance of any. */
  readonly errorRates: Readonly<Partial<Record<ErrorClass, number>>>;
  /** A failure that is part of the model's name (`sandbox/broken-stream`). */
  readonly fault: FaultName | null;
}

export interface Question {
  readonly inputTokens: number;
  readonly task: TaskLabel;
  /** `null` leaves the answer's length to the model. */
  readonly maxOutputTokens: number | null;
  /** Uniform in [0, 1). Four numbers are taken, whatever comes out. */
  readonly random: () => number;
}

export interface SimulatedAnswer {
  /** Without reasoning. 0 when it failed. */
  readonly outputTokens: number;
  readonly reasoningTokens: number;
  /** The answer was cut at the client's limit. */
  readonly cut: boolean;
  /** Time to the first token, ms, reasoning included; for a failure, to the error. */
  readonly firstTokenMs: number;
  readonly totalMs: number;
  readonly error: ErrorClass | null;
}

/** Four in a thousand calls fail unless somebody says otherwise. */
export const defaultErrorRates = { rate_limit: 0.0025, server_error: 0.0015 } as const;

/** Tokens of a typical answer, and of the thought before it beside the answer's, by task. */
const tasks: Readonly<Record<TaskLabel, { readonly answer: number; readonly thought: number }>> = {
  conversation: { answer: 120, thought: 0.5 },
  summarization: { answer: 220, thought: 0.6 },
  code: { answer: 520, thought: 1.6 },
  data_analysis: { answer: 420, thought: 1.4 },
  agent_tools: { answer: 110, thought: 1.2 },
  math_reasoning: { answer: 380, thought: 3 },
  translation: { answer: 240, thought: 0.3 },
  extraction: { answer: 130, thought: 0.5 },
  creative_writing: { answer: 640, thought: 0.5 },
  knowledge_qa: { answer: 260, thought: 0.7 },
};

const sizes = {
  small: { firstTokenMs: 320, tokensPerSecond: 140, verbosity: 0.85 },
  medium: { firstTokenMs: 560, tokensPerSecond: 85, verbosity: 1 },
  large: { firstTokenMs: 950, tokensPerSecond: 55, verbosity: 1.15 },
} as const;

/** How the model of a target behaves: the catalogue's speed where it states one, else what its size suggests. */
export function behaviourOf(target: string, catalogue: Catalogue = defaultCatalogue): Behaviour {
  const bare = target.startsWith('sandbox/') ? target.slice('sandbox/'.length) : target;
  const fault = faultNamed(bare);
  const model = catalogue.find(bare);
  const size = sizes[sizeOf(bare, model)];
  const usual: Behaviour = {
    firstTokenMs: model?.speed?.firstTokenMs ?? size.firstTokenMs,
    tokensPerSecond: model?.speed?.tokensPerSecond ?? size.tokensPerSecond,
    verbosity: size.verbosity * (0.8 + 0.4 * (seedOf(bare) / 2 ** 32)),
    reasoning: model?.reasoning === true ? 1 : 0,
    errorRates: defaultErrorRates,
    fault: null,
  };
  if (fault === undefined) return usual;
  return { ...usual, ...fault.speed, errorRates: fault.errorRates, fault: fault.name };
}

/** One answer: how long it is, how long it takes, or how it fails. Pure but for the numbers it is given. */
export function simulateAnswer(behaviour: Behaviour, question: Question): SimulatedAnswer {
  const error = drawError(behaviour.errorRates, question.random());
  const length = logNormal(question.random(), question.random(), 0.55);
  const pace = 0.8 + 0.5 * question.random();
  if (error !== null) {
    const afterMs = error === 'timeout' ? 30_000 : behaviour.firstTokenMs * 0.4 * pace;
    return {
      outputTokens: 0,
      reasoningTokens: 0,
      cut: false,
      firstTokenMs: afterMs,
      totalMs: afterMs,
      error,
    };
  }
  const wanted = tokensWanted(behaviour, question, length);
  const limit = question.maxOutputTokens ?? Number.POSITIVE_INFINITY;
  const reasoningTokens = Math.min(wanted.reasoning, Math.max(0, limit - 1));
  const outputTokens = Math.min(wanted.answer, limit - reasoningTokens);
  const msPerToken = 1_000 / behaviour.tokensPerSecond;
  // Reading the input costs a millisecond per 40 tokens, on top of what every call takes.
  const firstTokenMs =
    behaviour.firstTokenMs * pace + question.inputTokens / 40 + reasoningTokens * msPerToken;
  return {
    outputTokens,
    reasoningTokens,
    cut: outputTokens < wanted.answer,
    firstTokenMs,
    totalMs: firstTokenMs + outputTokens * msPerToken,
    error: null,
  };
}

function tokensWanted(
  behaviour: Behaviour,
  { task, inputTokens }: Question,
  length: number,
): { readonly answer: number; readonly reasoning: number } {
  const typical = tasks[task];
  // A translation is as long as its text; a summary grows slowly with it.
  const base =
    task === 'translation'
      ? Math.max(20, inputTokens * 0.9)
      : task === 'summarization'
        ? typical.answer * Math.max(0.5, Math.log10(10 + inputTokens / 100))
        : typical.answer;
  const answer = Math.max(1, Math.round(base * behaviour.verbosity * length));
  return { answer, reasoning: Math.round(answer * typical.thought * behaviour.reasoning) };
}

function drawError(rates: Behaviour['errorRates'], point: number): ErrorClass | null {
  let bound = 0;
  for (const [error, rate] of Object.entries(rates) as [ErrorClass, number][]) {
    bound += rate;
    if (point < bound) return error;
  }
  return null;
}

/** Median 1; by the Box–Muller transform of two uniform numbers. */
function logNormal(first: number, second: number, sigma: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - first)) * Math.cos(2 * Math.PI * second);
  return Math.exp(sigma * normal);
}

const smallNames = /mini|nano|haiku|flash|lite|small|tiny|instant|(^|[^0-9])[1-9]b\b/i;
const largeNames = /opus|pro\b|large|max|ultra|fable|mythos|-[0-9]{3}b\b/i;

function sizeOf(target: string, model: CatalogueModel | undefined): keyof typeof sizes {
  if (smallNames.test(target)) return 'small';
  if (largeNames.test(target)) return 'large';
  const quality = model?.quality?.index;
  if (quality === undefined) return 'medium';
  return quality > 40 ? 'large' : quality < 12 ? 'small' : 'medium';
}
