import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { messageOf } from '../client/api-failure.ts';
import { usePolicies } from '../client/queries.ts';
import { type MarkId, type Spot, useDocument, useDocumentActions } from '../document/index.ts';
import { type Offer, offersAt, takeOverOffer, whyNoOffers } from './subpolicy-choices.tsx';

/** Policies that can stand at a spot, why there is none, and what choosing one does. */
export function useOffers(spot: Spot) {
  const document = useDocumentActions();
  const client = useQueryClient();
  const { data, error } = usePolicies();
  const host = useDocument(({ policy }) => policy.id);
  const offers = useMemo(() => offersAt(data?.policies ?? [], host, spot), [data, host, spot]);
  const takeOver = useCallback(
    (offer: Offer): Promise<MarkId | undefined> => takeOverOffer(client, document, offer, spot),
    [client, document, spot],
  );
  const why = error === null ? whyNoOffers(data?.policies, host, spot) : messageOf(error);
  return { offers, takeOver, why, isLooking: data === undefined && error === null };
}
