import { api } from './calls.ts';

/** Saves a draft of a policy with these nodes, the first of which is its entry, and publishes it. Answers the version. */
export async function publish(
  url: string,
  id: string,
  nodes: Readonly<Record<string, object>>,
  asked: object = {},
): Promise<number> {
  const { policy, revision } = await api(url, 'GET', `/policies/${id}`).catch(() =>
    api(url, 'POST', '/policies', { name: id, id }).then(() => api(url, 'GET', `/policies/${id}`)),
  );
  const entry = Object.keys(nodes)[0];
  const saved = await api(url, 'PUT', `/policies/${id}`, { policy: { ...policy, entry, nodes }, revision });
  const { versions } = await api(url, 'POST', `/policies/${id}/publish`, {
    revision: saved.revision,
    note: 'For all.',
    ...asked,
  });
  return versions[0]?.version ?? 0;
}

/** One model behind a limit that nobody reaches: every number makes another version. */
export function numbered(target: string, number: number): Readonly<Record<string, object>> {
  return {
    cap: {
      kind: 'limit',
      amount: 1_000_000 + number,
      unit: 'requests',
      window: 'month',
      within: 'only',
      over: 'no',
    },
    only: { kind: 'model', target },
    no: { kind: 'refuse', status: 429, code: 'capped', message: 'That was all.' },
  };
}
