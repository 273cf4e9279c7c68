import type { Dialect } from '#engine/signals/index.ts';
import type { OpenAiTraits } from '../dialects/translate/openai-chat/traits.ts';
import type { FieldQuirks } from './fit-body.ts';

/** A vendor or server that speaks OpenAI's dialects, as data. */
export interface Preset {
  readonly title: string;
  /** Its id where the environment brings it: the name its models have in the catalogue, if they are there. */
  readonly id: string;
  readonly baseUrl: string;
  /** Its presence makes the provider appear: it holds the key, or for a server on one's own machine the address. */
  readonly variable: string;
  readonly holds: 'key' | 'address';
  readonly dialects: readonly Dialect[];
  readonly lengthField: 'max_completion_tokens' | 'max_tokens';
  /** What of a chat completion it refuses, or knows by another name. */
  readonly fields: FieldQuirks;
  readonly traits: Partial<OpenAiTraits>;
  /** Values of `reasoning_effort` by what a model's name contains; the first match counts, none: refused. */
  readonly efforts: readonly (readonly [part: string, efforts: OpenAiTraits['efforts']])[];
  /** Where it says what a model thought. */
  readonly reasoning: 'reasoning_content' | 'reasoning' | 'content parts' | 'not said';
  /** A page of the vendor's that says some of this; what it says was compared on the day `presets.ts` names. */
  readonly source: string;
  /** What no page could be found for: it is what clients of other makers send, and may be out of date. */
  readonly unchecked: readonly PresetFact[];
}

export type PresetFact =
  | 'dialects'
  | 'length field'
  | 'refused fields'
  | 'renamed fields'
  | 'thinking in'
  | 'thinking sent back'
  | 'efforts';
