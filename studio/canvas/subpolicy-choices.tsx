import type { QueryClient } from '@tanstack/react-query';
import type { Policy } from '#engine/policy/index.ts';
import type { PolicySummary } from '#server/contract/index.ts';
import { callApi } from '../client/call-api.ts';
import { queryKeys } from '../client/queries.ts';
import { tellFailure } from '../client/toasts.ts';
import {
  insertSubpolicy,
  type MarkId,
  type PolicyDocument,
  type Spot,
  whyNotTakeOver,
} from '../document/index.ts';
import { plural } from '../look/format.ts';
import type { Choice, ChoiceSection } from './choice-list.tsx';
import { SubpolicyIcon } from './subpolicy-badges.tsx';

/** A published policy that can stand in the one that is drawn. */
export interface Offer {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly nodes: number;
  readonly outputs: number;
}

/** What fits at a spot: published, another one, not in a circle of use, and into an edge only what leads on. */
export function offersAt(policies: readonly PolicySummary[], host: string, spot: Spot): readonly Offer[] {
  return policies.flatMap(({ id, name, published, offers }): readonly Offer[] => {
    if (id === host || published === null || offers === null || offers.contains.includes(host)) return [];
    if (spot.kind === 'edge' && offers.outputs === 0) return [];
    return [{ id, name, version: published.version, nodes: offers.nodes, outputs: offers.outputs }];
  });
}

/** Why there is nothing to choose, and what would change that. */
export function whyNoOffers(
  policies: readonly PolicySummary[] | undefined,
  host: string,
  spot: Spot,
): string {
  if (policies === undefined) return 'Looking for published policies…';
  const others = policies.filter(({ id, published }) => id !== host && published !== null);
  if (others.length === 0)
    return 'No other policy is published yet. Make one under Policies, end it in an Output where requests go on, and publish it: then it can stand here.';
  const free = offersAt(policies, host, { kind: 'free' });
  if (free.length === 0)
    return 'Every other published policy has this one in it: they would call each other in a circle.';
  return spot.kind === 'edge' && offersAt(policies, host, spot).length === 0
    ? 'No published policy has an Output to lead on by. Put one where its requests go on, and publish it.'
    : 'No published policy of that name.';
}

/** `v3 · 6 nodes · 2 outputs`. */
export function tellOffer({ version, nodes, outputs }: Offer): string {
  return `v${version} · ${plural(nodes, 'node')} · ${outputs === 0 ? 'answers itself' : plural(outputs, 'output')}`;
}

/** The section of a picker. */
export function subpolicySection(
  offers: readonly Offer[],
  search: string,
  run: (offer: Offer) => void,
): ChoiceSection {
  const words = search.split(/\s+/);
  const fits = ({ name, id }: Offer): boolean => {
    const all = `${name} ${id} sub-policy subpolicy`.toLowerCase();
    return words.every((word) => all.includes(word));
  };
  const choices = offers.filter(fits).map(
    (offer): Choice => ({
      id: `take-over-${offer.id}`,
      label: offer.name,
      hint: tellOffer(offer),
      icon: <SubpolicyIcon size={28} />,
      run: () => run(offer),
    }),
  );
  return { title: 'Sub-policies', choices };
}

/** Fetches a version and takes it over; says what went wrong where it cannot be. */
export async function takeOverOffer(
  client: QueryClient,
  document: PolicyDocument,
  { id, name, version }: Offer,
  spot: Spot,
): Promise<MarkId | undefined> {
  const failed = `${name} was not inserted`;
  try {
    const { policy, hash } = await client.fetchQuery({
      queryKey: queryKeys.version(id, version),
      queryFn: ({ signal }) => callApi('readVersion', { params: { id, version } }, signal),
      staleTime: Number.POSITIVE_INFINITY,
    });
    const source = { policy: named(policy, name), version, hash };
    const reason = whyNotTakeOver(document.store.getState().policy, source, spot);
    if (reason !== undefined) tellFailure(failed, new Error(reason));
    return insertSubpolicy(document, source, spot);
  } catch (error) {
    tellFailure(failed, error);
    return undefined;
  }
}

/** A version keeps the name it was published under; what is taken over is called as the policy is now. */
function named(policy: Policy, name: string): Policy {
  return policy.name === name ? policy : { ...policy, name };
}
