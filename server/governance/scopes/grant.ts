import type { RateLimit } from '../limits/rate-limit-store.ts';

/** What a key may do. `null` is no restriction. */
export interface Grant {
  readonly key: string;
  /** Policies that may decide for it: ids or patterns. */
  readonly policies: readonly string[] | null;
  /** Aliases it may ask for: names or patterns. */
  readonly aliases: readonly string[] | null;
  /** Targets that may serve it, whoever chose them: ids or patterns. */
  readonly models: readonly string[] | null;
  readonly regions: readonly string[] | null;
  /** Only targets that keep nothing of a request. */
  readonly zeroRetention: boolean;
  /** Of the key and of its team. */
  readonly limits: readonly RateLimit[];
}

/** What may be said about a key, in the config file or in the studio. */
export interface KeyRules {
  readonly rpm?: number | undefined;
  readonly tpm?: number | undefined;
  readonly concurrency?: number | undefined;
  readonly retention?: 'zero' | 'retains' | 'unknown' | undefined;
  readonly policies?: readonly string[] | undefined;
  readonly aliases?: readonly string[] | undefined;
  readonly models?: readonly string[] | undefined;
  readonly regions?: readonly string[] | undefined;
  /** ISO 8601. */
  readonly expiresAt?: string | undefined;
}

export type TeamRules = Pick<KeyRules, 'rpm' | 'tpm' | 'concurrency' | 'retention'>;

const noLimits: readonly RateLimit[] = Object.freeze([]);

/** A key's own rules and those of its team: a request is held to both. */
export function grantFrom(
  key: { readonly id: string; readonly team: string },
  rules: KeyRules,
  ofTeam: TeamRules,
): Grant {
  const limits = [...limitsOf(`key ${key.id}`, rules), ...limitsOf(`team ${key.team}`, ofTeam)];
  return Object.freeze({
    key: key.id,
    policies: rules.policies ?? null,
    aliases: rules.aliases ?? null,
    models: rules.models ?? null,
    regions: rules.regions ?? null,
    zeroRetention: rules.retention === 'zero' || ofTeam.retention === 'zero',
    limits: limits.length === 0 ? noLimits : limits,
  });
}

function limitsOf(whose: string, { rpm, tpm, concurrency }: TeamRules): readonly RateLimit[] {
  const stated = [
    ['requests', rpm],
    ['tokens', tpm],
    ['concurrency', concurrency],
  ] as const;
  return stated.flatMap(([unit, limit]) =>
    limit === undefined ? [] : [{ id: `${whose} ${unit}`, unit, limit }],
  );
}
