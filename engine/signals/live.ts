import { defineSignal } from './define-signal.ts';

export const healthSignals = [
  defineSignal({
    name: 'health.providers',
    valueType: 'string_list',
    meaning: 'Providers that can be called here, by id; * where the sandbox stands in for all.',
    examples: ['openai', 'anthropic'],
    measure: ({ live }) => live.health.providers,
  }),
  defineSignal({
    name: 'health.open',
    valueType: 'string_list',
    meaning: 'Targets whose circuit breaker is open, so that calls to them are not tried.',
    examples: ['openai/gpt-5'],
    measure: ({ live }) => live.health.open,
  }),
  defineSignal({
    name: 'health.error_rate',
    valueType: 'double_map',
    unit: 'share, 0–1',
    meaning: 'By target: share of its calls that failed lately, the latest weighing most.',
    examples: ['0.1'],
    measure: ({ live }) => live.health.errorRate,
  }),
  defineSignal({
    name: 'health.first_token_ms',
    valueType: 'double_map',
    unit: 'ms',
    meaning: 'By target: time to its first token lately, the latest weighing most.',
    examples: ['1500'],
    measure: ({ live }) => live.health.firstTokenMs,
  }),
  defineSignal({
    name: 'health.tokens_per_second',
    valueType: 'double_map',
    unit: 'tokens/s',
    meaning: 'By target: how fast it writes lately, the latest weighing most.',
    examples: ['40'],
    measure: ({ live }) => live.health.tokensPerSecond,
  }),
] as const;

export const allowanceSignals = [
  defineSignal({
    name: 'limits.used',
    valueType: 'double_map',
    unit: 'requests, tokens or USD',
    meaning: 'By limit node: what is used of it in its present window, this request not counted.',
    measure: ({ live }) => live.limitsUsed,
  }),
  defineSignal({
    name: 'budget.used',
    valueType: 'double',
    unit: 'share, 1 = all of it',
    meaning: 'Used share of the caller’s tightest budget; 0 where there is none.',
    examples: ['0.8'],
    measure: ({ live }) => live.budgetUsed,
  }),
] as const;

export const affinitySignals = [
  defineSignal({
    name: 'session.target',
    valueType: 'string',
    meaning: 'The target that served this conversation’s last turn here; empty when none did.',
    measure: ({ live }) => live.session.target,
  }),
  defineSignal({
    name: 'session.warm_tokens',
    valueType: 'int',
    unit: 'tokens',
    meaning: 'Input tokens that the prompt cache of that target should still hold; 0 when none.',
    examples: ['1024'],
    measure: ({ live }) => live.session.warmTokens,
  }),
  defineSignal({
    name: 'session.idle_seconds',
    valueType: 'double',
    unit: 's',
    meaning: 'Seconds since the conversation’s last turn here ended; 0 when there was none.',
    examples: ['300'],
    measure: ({ live }) => live.session.idleSeconds,
  }),
] as const;

export const classifierSignals = [
  defineSignal({
    name: 'classifiers.label',
    valueType: 'string_map',
    meaning: 'By classifier of the policy: the label it gave.',
    measure: ({ live }) => live.classifiers.label,
  }),
  defineSignal({
    name: 'classifiers.confidence',
    valueType: 'double_map',
    unit: 'share, 0–1',
    meaning: 'By classifier of the policy: how sure it is of its label.',
    examples: ['0.6'],
    measure: ({ live }) => live.classifiers.confidence,
  }),
] as const;
