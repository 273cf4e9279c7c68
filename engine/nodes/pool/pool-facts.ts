import { type SignalName, type Signals, slotOf, type ValueOf } from '../../signals/index.ts';

const slots = {
  inputTokens: slotOf('request.input_tokens'),
  maxOutputTokens: slotOf('request.max_output_tokens'),
  tools: slotOf('request.tools'),
  images: slotOf('request.images'),
  audio: slotOf('request.audio'),
  files: slotOf('request.files'),
  jsonSchema: slotOf('request.json_schema'),
  providers: slotOf('health.providers'),
  open: slotOf('health.open'),
  errorRate: slotOf('health.error_rate'),
  firstTokenMs: slotOf('health.first_token_ms'),
  tokensPerSecond: slotOf('health.tokens_per_second'),
  sessionTarget: slotOf('session.target'),
  warmTokens: slotOf('session.warm_tokens'),
  draw: slotOf('draw'),
} as const;

/** The signals a pool may read. */
export const poolSignals = [
  'request.input_tokens',
  'request.max_output_tokens',
  'request.tools',
  'request.images',
  'request.audio',
  'request.files',
  'request.json_schema',
  'health.providers',
  'health.open',
  'health.error_rate',
  'health.first_token_ms',
  'health.tokens_per_second',
  'session.target',
  'session.warm_tokens',
  'draw',
] as const satisfies readonly SignalName[];

/** What a pool knows of a request and of the moment; `null` is unknown. */
export interface PoolFacts {
  readonly inputTokens: number | null;
  /** 0 where the client sets no limit. */
  readonly maxOutputTokens: number | null;
  readonly tools: number | null;
  readonly images: number | null;
  readonly audio: number | null;
  readonly files: number | null;
  readonly jsonSchema: boolean | null;
  readonly providers: readonly string[] | null;
  readonly open: readonly string[] | null;
  readonly errorRate: Readonly<Record<string, number>> | null;
  readonly firstTokenMs: Readonly<Record<string, number>> | null;
  readonly tokensPerSecond: Readonly<Record<string, number>> | null;
  readonly sessionTarget: string | null;
  readonly warmTokens: number | null;
  readonly draw: number | null;
}

/** Picks a pool's facts out of the signals. */
export function readPoolFacts(signals: Signals): PoolFacts {
  return {
    inputTokens: signals[slots.inputTokens] as ValueOf<'request.input_tokens'> | null,
    maxOutputTokens: signals[slots.maxOutputTokens] as ValueOf<'request.max_output_tokens'> | null,
    tools: signals[slots.tools] as ValueOf<'request.tools'> | null,
    images: signals[slots.images] as ValueOf<'request.images'> | null,
    audio: signals[slots.audio] as ValueOf<'request.audio'> | null,
    files: signals[slots.files] as ValueOf<'request.files'> | null,
    jsonSchema: signals[slots.jsonSchema] as ValueOf<'request.json_schema'> | null,
    providers: signals[slots.providers] as ValueOf<'health.providers'> | null,
    open: signals[slots.open] as ValueOf<'health.open'> | null,
    errorRate: signals[slots.errorRate] as ValueOf<'health.error_rate'> | null,
    firstTokenMs: signals[slots.firstTokenMs] as ValueOf<'health.first_token_ms'> | null,
    tokensPerSecond: signals[slots.tokensPerSecond] as ValueOf<'health.tokens_per_second'> | null,
    sessionTarget: signals[slots.sessionTarget] as ValueOf<'session.target'> | null,
    warmTokens: signals[slots.warmTokens] as ValueOf<'session.warm_tokens'> | null,
    draw: signals[slots.draw] as ValueOf<'draw'> | null,
  };
}
