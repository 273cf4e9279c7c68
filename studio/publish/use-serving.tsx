import { Select } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Policy } from '#engine/policy/index.ts';
import { queryKeys, useDeployments } from '../client/queries.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';

interface Serving {
  /** Whether a model name leads to the policy already. */
  readonly isServed: boolean;
  /** Asks which name is to lead to it, where none does. */
  readonly field: ReactNode;
  /** After publishing: leads the chosen name here, or says under `title` how the policy is asked for. */
  readonly lead: (title: string) => void;
}

/** Which requests a policy serves once it is published, asked where no model name leads to it yet. */
export function useServing({ id, name }: Pick<Policy, 'id' | 'name'>): Serving {
  const { data } = useDeployments();
  const [alias, setAlias] = useState<string | null>(null);
  const point = useChange('writeDeployment', {
    stale: [queryKeys.deployments, queryKeys.policies],
    failure: 'It is published, but the model name does not lead to it',
    onDone: (done) => tellDone(`${name} is published`, `${done.alias} is served by it from now on.`),
  });
  const deployments = data?.deployments ?? [];
  const field = (
    <Select
      label="Who is served by it"
      description="What clients write as their model. Other names can lead here later, under Connect."
      placeholder={`Only who asks for policy/${id}`}
      clearable
      value={alias}
      onChange={setAlias}
      data={deployments
        .filter(({ origin }) => origin !== 'file')
        .map((one) => ({ value: one.alias, label: `${one.alias}, now served by ${one.policy}` }))}
    />
  );
  const lead = (title: string) => {
    if (alias === null) return tellDone(title, `Clients reach it as the model policy/${id}.`);
    // The dialog is gone by the time of the answer: what is told then stands with the call.
    point.mutate({ params: { alias }, body: { policy: id } });
  };
  return { isServed: data === undefined || deployments.some(({ policy }) => policy === id), field, lead };
}
