import type { RequestRecord } from '#engine/signals/index.ts';
import { aRecord } from '../../engine/simulate/builders.ts';
import { seededDraws } from '../print-table.ts';

/** A prompt and what each model's answer to it cost. */
export interface PairedPrompt {
  readonly id: string;
  readonly task: string;
  readonly characters: number;
  readonly costUsd: Readonly<Record<string, number>>;
}

/** USD per million tokens of input and output, as RouterBench's paper states them; the open models cost one price. */
const prices: Readonly<Record<string, readonly [number, number]>> = {
  'gpt-3.5-turbo-1106': [1, 2],
  'claude-instant-v1': [0.8, 2.4],
  'claude-v1': [8, 24],
  'claude-v2': [8, 24],
  'gpt-4-1106-preview': [10, 30],
  'meta/llama-2-70b-chat': [0.9, 0.9],
  'mistralai/mixtral-8x7b-chat': [0.6, 0.6],
  'zero-one-ai/Yi-34B-Chat': [0.8, 0.8],
  'WizardLM/WizardLM-13B-V1.2': [0.3, 0.3],
  'meta/code-llama-instruct-34b-chat': [0.776, 0.776],
  'mistralai/mistral-7b-chat': [0.2, 0.2],
};

export function pairPrices(models: readonly string[]) {
  return Object.fromEntries(
    models.map((model) => {
      const [input, output] = prices[model] ?? [1, 1];
      return [`pairs/${model}`, { input, output }];
    }),
  );
}

/** RouterBench's recorded answers, as JSON lines. */
export function routerBenchPairs(lines: readonly string[]): readonly PairedPrompt[] {
  return lines.map((line) => {
    const row = JSON.parse(line) as {
      id: string;
      dataset: string;
      prompt: string;
      cost_usd: Record<string, number>;
    };
    return { id: row.id, task: row.dataset, characters: row.prompt.length, costUsd: row.cost_usd };
  });
}

/** Prompts of three tasks and models that write at lengths of their own, more or less as long where the others do. */
export function generatedPairs(): readonly PairedPrompt[] {
  const draw = seededDraws(7);
  const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
  const models = Object.keys(prices).slice(0, 6);
  return Array.from({ length: 3_000 }, (_, index) => {
    const task = index % 3;
    const input = Math.round(400 * Math.exp(0.4 * normal()));
    const long = Math.exp(0.4 * normal());
    const costs = models.map((model, which) => {
      const [inPrice, outPrice] = prices[model] ?? [1, 1];
      const length =
        [40, 300, 120][task]! * (1 + 0.3 * ((which + task) % 4)) * long * Math.exp(0.5 * normal());
      return [model, (input * inPrice + Math.round(length) * outPrice) / 1e6] as const;
    });
    const characters = Math.round(input * 4 * Math.exp(0.1 * normal()));
    return { id: `g${index}`, task: `task-${task}`, characters, costUsd: Object.fromEntries(costs) };
  });
}

/**
 * Pairs as a log: a row for each prompt and model. The data states costs, not tokens: what the cheapest reading of them all
 * leaves for the prompt is the input, the rest of each cost its answer.
 */
export function recordsOf(
  pairs: readonly PairedPrompt[],
  models: readonly string[],
): readonly RequestRecord[] {
  return pairs.flatMap((pair) => {
    const input = inputOf(pair);
    return models.map((model) => {
      const [inPrice, outPrice] = prices[model] ?? [1, 1];
      const cost = pair.costUsd[model] ?? 0;
      const output = Math.max(0, Math.round((cost * 1e6 - input * inPrice) / outPrice));
      const target = `pairs/${model}`;
      return aRecord({
        id: `${pair.id} ${model}`,
        'session.id': pair.id,
        'task.label': pair.task,
        'request.input_tokens': Math.ceil(pair.characters / 4),
        'decision.path': '',
        'decision.targets': [target],
        'outcome.target': target,
        'usage.input_tokens': input,
        'usage.output_tokens': output,
        'cost.nano_usd': Math.round(cost * 1e9),
      });
    });
  });
}

function inputOf({ costUsd }: PairedPrompt): number {
  const readings = Object.entries(costUsd).map(([model, cost]) => {
    const [inPrice, outPrice] = prices[model] ?? [1, 1];
    return (cost * 1e6 - outPrice) / inPrice;
  });
  return Math.max(1, Math.floor(Math.min(...readings)));
}
