import type { KeySummary } from '#server/contract/keys.ts';
import type { CallInput } from '../client/call-api.ts';

/** A key's rules as a form holds them: empty is no restriction. */
export interface KeyDraft {
  readonly team: string;
  readonly project: string;
  readonly tags: string[];
  readonly description: string;
  readonly owner: string;
  readonly rpm: number | null;
  readonly tpm: number | null;
  readonly concurrency: number | null;
  readonly zero: boolean;
  readonly policies: string[];
  readonly aliases: string[];
  readonly models: string[];
  readonly regions: string[];
  /** `2026-12-31`, or empty. */
  readonly expires: string;
}

export function emptyDraft(team: string): KeyDraft {
  const lists = { tags: [], policies: [], aliases: [], models: [], regions: [] };
  const limits = { rpm: null, tpm: null, concurrency: null };
  return { team, project: '', description: '', owner: '', zero: false, expires: '', ...lists, ...limits };
}

export function draftOf(key: KeySummary): KeyDraft {
  return {
    team: key.team,
    project: key.project,
    tags: [...key.tags],
    description: key.description,
    owner: key.owner,
    rpm: key.rpm ?? null,
    tpm: key.tpm ?? null,
    concurrency: key.concurrency ?? null,
    zero: key.retention === 'zero',
    policies: key.policies ?? [],
    aliases: key.aliases ?? [],
    models: key.models ?? [],
    regions: key.regions ?? [],
    expires: key.expiresAt?.slice(0, 10) ?? '',
  };
}

/** What the API takes: what is empty is left out. A key expires when its day ends, UTC. */
export function bodyOf(draft: KeyDraft): CallInput<'changeKey'>['body'] {
  const { team, project, tags, description, owner, rpm, tpm, concurrency, zero, expires } = draft;
  const lists = {
    policies: draft.policies,
    aliases: draft.aliases,
    models: draft.models,
    regions: draft.regions,
  };
  const stated = {
    ...Object.fromEntries(Object.entries(lists).filter(([, names]) => names.length > 0)),
    ...Object.fromEntries(Object.entries({ rpm, tpm, concurrency }).filter(([, value]) => value !== null)),
    ...(zero ? { retention: 'zero' as const } : {}),
    ...(expires === '' ? {} : { expiresAt: `${expires}T23:59:59Z` }),
  };
  return { team: team.trim() || 'default', project: project.trim(), tags, description, owner, ...stated };
}
