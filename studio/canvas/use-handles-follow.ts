import { useUpdateNodeInternals } from '@xyflow/react';
import { useEffect, useRef } from 'react';

/**
 * The library measures handles when a card changes size; a reordering changes none. Not at first: it would bring the
 * view to this one card, before the others are measured.
 */
export function useHandlesFollow(id: string, handles: readonly { readonly id: string }[]): void {
  const updateInternals = useUpdateNodeInternals();
  const order = handles.map((handle) => handle.id).join(' ');
  const measured = useRef(order);
  useEffect(() => {
    if (measured.current === order) return;
    measured.current = order;
    updateInternals(id);
  }, [id, order, updateInternals]);
}
