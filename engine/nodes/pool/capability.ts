import type { Candidate } from './candidate.ts';
import type { PoolSettings } from './pool-settings.ts';
import type { Requirement } from './requirement.ts';

/** Needs that a request itself can have, beside room: one bit each, so that all are compared at once. */
export const needBits = { tools: 1, vision: 2, audio: 4, files: 8, json_schema: 16 } as const;
export type Need = keyof typeof needBits;
export const needs: readonly Need[] = ['tools', 'vision', 'audio', 'files', 'json_schema'];

/** The needs a candidate can meet. Where nobody said whether it holds to a JSON schema, it is taken at trying. */
export function abilitiesOf({ tools, vision, audio, files, jsonSchema }: Candidate): number {
  return (
    (tools ? needBits.tools : 0) |
    (vision ? needBits.vision : 0) |
    (audio ? needBits.audio : 0) |
    (files ? needBits.files : 0) |
    (jsonSchema === false ? 0 : needBits.json_schema)
  );
}

/** Why a candidate can take no request here at all, whatever it asks. */
export function standingExclusion(
  candidate: Candidate,
  { require, regions, floors }: PoolSettings,
): Requirement | 'quality_floor' | null {
  const lacking = require.find((name) => !isCapable(candidate, name, regions));
  if (lacking !== undefined) return lacking;
  const { quality } = candidate;
  return floors.quality !== null && (quality === null || quality < floors.quality) ? 'quality_floor' : null;
}

/** What an author requires must be known to hold. */
function isCapable(candidate: Candidate, requirement: Requirement, regions: readonly string[]): boolean {
  switch (requirement) {
    case 'context':
      return candidate.context !== null;
    case 'json_schema':
      return candidate.jsonSchema === true;
    case 'region':
      return candidate.region !== null && regions.includes(candidate.region);
    case 'retention':
      return candidate.retention === 'zero';
    default:
      return candidate[requirement];
  }
}
