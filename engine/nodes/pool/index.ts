import { z } from 'zod';
import { ParametersSetting, parametersOf } from '../call-settings.ts';
import { noChanges } from '../changes.ts';
import { defineNode, type NodeId } from '../define-node.ts';
import { defaultErrorClasses, errorClassLabels, listableErrorClasses } from '../error-class.ts';
import { frame, Milliseconds } from '../fields.ts';
import { findRepeated } from '../find-repeated.ts';
import type { Finding } from '../finding.ts';
import { poolForm } from './pool-form.ts';
import { objectives, type PoolSettings, type Weights } from './pool-settings.ts';
import { requirements } from './requirement.ts';

/** A target, or targets by a pattern in which `*` stands for anything. */
const candidatePattern = /^[a-z0-9*][A-Za-z0-9._:@/*-]*$/;
/** An order of so many out of so many candidates must fit a number exactly; see `rankCode`. */
const mostAttempts = 5;

const Weight = z.number().min(0).max(100);
const PoolConfig = z.strictObject({
  kind: z.literal('pool'),
  ...frame,
  candidates: z.array(
    z.string().max(200).regex(candidatePattern, 'must be a model or a pattern, such as openai/gpt-*'),
  ),
  require: z.array(z.enum(requirements)).default([]),
  regions: z.array(z.string().min(1).max(64)).default([]),
  objective: z.enum(objectives).default('cost'),
  weights: z
    .strictObject({ cost: Weight.default(1), latency: Weight.default(1), quality: Weight.default(1) })
    .optional(),
  floors: z
    .strictObject({
      quality: z.number().min(0).max(100).optional(),
      tokens_per_second: z.number().min(0).optional(),
      first_token_ms: z.number().min(1).optional(),
      error_rate: z.number().min(0).max(1).optional(),
    })
    .optional(),
  context_margin: z.number().min(0).max(1).default(0.1),
  attempts: z.number().int().min(1).max(mostAttempts).default(3),
  on: z.array(z.enum(listableErrorClasses)).default([...defaultErrorClasses]),
  deadline_ms: Milliseconds.optional(),
  parameters: ParametersSetting.optional(),
  affinity: z.boolean().default(true),
});
type PoolConfig = z.output<typeof PoolConfig>;

/** Calls the best of several models for this very request. */
export const pool = defineNode({
  kind: 'pool',
  config: PoolConfig,
  ports: () => [],
  withTarget: (config) => config,
  check,
  compile: (config, id) => ({ kind: 'pool', settings: settingsOf(config, id) }),
  blank: (): PoolConfig => ({
    kind: 'pool',
    label: 'Best of several',
    candidates: ['openai/gpt-5-mini', 'anthropic/claude-haiku-4-5', 'google/gemini-2.5-flash'],
    require: [],
    regions: [],
    objective: 'cost',
    context_margin: 0.1,
    attempts: 3,
    on: [...defaultErrorClasses],
    affinity: true,
  }),
  form: poolForm({
    on: listableErrorClasses.map((value) => ({ value, label: errorClassLabels[value] })),
    mostAttempts,
  }),
});

/** A pool's settings without its candidates, which the catalogue tells. */
export function settingsOf(config: PoolConfig, id: NodeId): PoolSettings {
  const { floors, parameters } = config;
  return {
    id,
    require: config.require,
    regions: config.regions,
    objective: config.objective,
    weights: weightsOf(config),
    floors: {
      quality: floors?.quality ?? null,
      tokensPerSecond: floors?.tokens_per_second ?? null,
      firstTokenMs: floors?.first_token_ms ?? null,
      errorRate: floors?.error_rate ?? null,
    },
    contextMargin: config.context_margin,
    attempts: config.attempts,
    on: config.on,
    deadlineMs: config.deadline_ms ?? null,
    changes:
      parameters === undefined
        ? noChanges
        : Object.freeze({ ...noChanges, parameters: parametersOf(parameters) }),
    affinity: config.affinity,
  };
}

function weightsOf({ objective, weights }: PoolConfig): Weights {
  if (objective === 'balanced') return weights ?? { cost: 1, latency: 1, quality: 1 };
  return { cost: 0, latency: 0, quality: 0, [objective]: 1 };
}

function check(config: PoolConfig): readonly Finding[] {
  const findings: Finding[] = [];
  const { candidates, weights, objective } = config;
  if (candidates.length === 0) {
    findings.push({
      code: 'candidates_empty',
      severity: 'error',
      field: 'candidates',
      message: 'The pool has no candidates. Name models, or patterns such as openai/gpt-*.',
    });
  }
  for (const { value, index } of findRepeated(candidates)) {
    findings.push({
      code: 'candidate_repeated',
      severity: 'warning',
      field: `candidates.${index}`,
      message: `"${value}" stands twice. Remove one.`,
    });
  }
  if (objective === 'balanced' && weights !== undefined && isZero(weights)) {
    findings.push({
      code: 'weights_zero',
      severity: 'error',
      field: 'weights',
      message: 'Every weight is 0, so no candidate is better than another. Give one a weight.',
    });
  }
  if (objective !== 'balanced' && weights !== undefined) {
    findings.push({
      code: 'weights_unused',
      severity: 'warning',
      field: 'weights',
      message: `Weights count for “balanced” only, and the objective is ${objective}. Change it, or remove them.`,
    });
  }
  return [...findings, ...checkRegions(config)];
}

function isZero({ cost, latency, quality }: Weights): boolean {
  return cost === 0 && latency === 0 && quality === 0;
}

function checkRegions({ require, regions }: PoolConfig): readonly Finding[] {
  const asked = require.includes('region');
  if (asked && regions.length === 0) {
    return [
      {
        code: 'region_missing',
        severity: 'error',
        field: 'regions',
        message: 'A region is required, but none is named. Name the regions a model may be in, such as eu.',
      },
    ];
  }
  if (asked || regions.length === 0) return [];
  return [
    {
      code: 'region_unused',
      severity: 'warning',
      field: 'regions',
      message: 'Regions are named, but not required. Add “region” to what is required.',
    },
  ];
}
