import { findMembers, setMembers } from '../../dialects/json-members.ts';
import { withoutMembers } from '../without-members.ts';
import { allowFlags } from './beta-flags.ts';

/** What a cloud that hosts Anthropic's models wants different in a Messages body. */
export interface Host {
  /** Its own version of the API: `bedrock-2023-05-31`. */
  readonly version: string;
  /** Fields that stand in the URL instead. */
  readonly without: readonly string[];
  /** Beta flags it takes. */
  readonly flags: readonly string[];
  /** Whether flags go into the body, as `anthropic_beta`. */
  readonly flagsInBody: boolean;
}

export interface HostedBody {
  readonly body: Buffer;
  /** What is left of `anthropic-beta`; empty when nothing is, or when it stands in the body. */
  readonly beta: string;
  readonly dropped: readonly string[];
}

/** A Messages body as a cloud takes it: every byte as it was, but for model, version and flags. */
export function hostBody(raw: Buffer, header: string | undefined, host: Host): HostedBody {
  const { flags, dropped, fields } = allowFlags(header, host.flags);
  const lean = withoutMembers(raw, [...host.without, ...fields]);
  const set = new Map([['anthropic_version', JSON.stringify(host.version)]]);
  if (host.flagsInBody && flags.length > 0) set.set('anthropic_beta', JSON.stringify(flags));
  return {
    body: setMembers(lean, findMembers(lean), set),
    beta: host.flagsInBody ? '' : flags.join(','),
    dropped: [...dropped, ...fields],
  };
}
