import { Skeleton } from '@mantine/core';
import { modals } from '@mantine/modals';
import { lazy, Suspense } from 'react';
import { chosenThings, type PolicyDocument } from '../../document/index.ts';

const MakeSubpolicyForm = lazy(async () => ({
  default: (await import('./make-subpolicy-form.tsx')).MakeSubpolicyForm,
}));

/** Asks for a name and makes what is selected a policy of its own, used here as a sub-policy. */
export function openMakeSubpolicy(document: PolicyDocument): void {
  const state = document.store.getState();
  const { nodes, groups } = chosenThings(state);
  const [group, another] = groups;
  const isOneGroup = group !== undefined && another === undefined && state.selection.size === 0;
  const suggestion = isOneGroup ? (state.policy.groups?.[group]?.name ?? '') : '';
  const close = (): void => modals.close(modalId);
  modals.open({
    modalId,
    title: 'Make a sub-policy',
    children: (
      <Suspense fallback={<Skeleton height={140} radius="md" />}>
        <MakeSubpolicyForm
          document={document}
          nodes={[...nodes]}
          suggestion={/^Group( \d+)?$/.test(suggestion) ? '' : suggestion}
          onClose={close}
        />
      </Suspense>
    ),
  });
}

const modalId = 'make-subpolicy';
