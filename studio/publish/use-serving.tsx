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
  /** After publishing: leads the chosen name here, and says under `title` how the policy is asked for. */
  readonly lead: (title: string) => void;
}

/** Which requests a policy serves once it is published, asked where no model name leads to it yet. */
export function useServing({ id, name }: Pick<Policy, 'id' | 'name'>): Serving {
  const { data } = useDeployments();
  const [alias, setAlias] = useState<string | null>(null);
  const point = useChange('writeDeployment', {
    stale: [queryKeys.deployments, queryKeys.policies],
    failure: 'It is published, but the model name does not lead to it',
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
    const told = { onSuccess: () => tellDone(title, `${alias} is served by ${name} from now on.`) };
    point.mutate({ params: { alias }, body: { policy: id } }, told);
  };
  return { isServed: data === undefined || deployments.some(({ policy }) => policy === id), field, lead };
}
