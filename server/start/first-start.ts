import { semanticHash } from '#engine/policy/index.ts';
import { shippedPolicies } from '../api/policies/templates.ts';
import { modelFactsOf } from '../catalogue/model-facts.ts';
import type { Context } from '../context.ts';
import { createKey } from '../governance/create-key.ts';
import { seedSampleTraffic } from '../sample-traffic/index.ts';
import type { ConfigStore } from '../store/config-store.ts';
import { keptPools } from '../store/kept-pools.ts';

const samplePolicyId = 'support';
const audit = { actor: 'first start', before: null } as const;

/** Whether nothing was ever configured here. */
export function isFirstStart(store: ConfigStore): boolean {
  const { audit: end, policies, versions, keys } = store.read();
  return end.sequence + policies.length + versions.length + keys.length === 0;
}

/** The first key, where there is none at all. Answers its secret, or `null`. */
export async function makeFirstKey({ store, config, clock }: Context): Promise<string | null> {
  if (store.read().keys.length > 0 || config.file.keys.length > 0) return null;
  const at = new Date(clock()).toISOString();
  const wanted = { id: 'first', team: 'default', project: '', tags: [] };
  const { secret } = await createKey(store, wanted, { actor: audit.actor, at });
  return secret;
}

/** The sample policy, published, with the alias `auto`: something true to look at before anything is drawn. */
export async function publishSamplePolicy(context: Context): Promise<void> {
  const { store, clock } = context;
  const policy = shippedPolicies().find(({ id }) => id === samplePolicyId);
  if (policy === undefined) throw new Error(`The package's policies do not hold "${samplePolicyId}".`);
  const at = new Date(clock()).toISOString();
  const hash = semanticHash(policy);
  const draft = { id: policy.id, policy, revision: 1, updatedAt: at, updatedBy: audit.actor };
  const note = 'The sample policy.';
  const kept = keptPools(policy, modelFactsOf(context));
  const version = { policyId: policy.id, version: 1, hash, note, author: audit.actor, at, policy, ...kept };
  const deployment = { alias: 'auto', policyId: policy.id, version: null };
  await store.update(
    { ...audit, action: 'policy.publish', subject: policy.id, after: { version: 1, hash, alias: 'auto' } },
    (state) => ({
      ...state,
      policies: [...state.policies, draft],
      versions: [...state.versions, version],
      deployments: [...state.deployments, deployment],
    }),
  );
}

/** Invented requests of the last fortnight, decided by the sample policy itself. */
export async function seedSample(context: Context, records: number): Promise<void> {
  const { log, plans, priceBook, catalogue, clock } = context;
  const plan = plans.planOf(samplePolicyId, 1);
  if (plan === undefined) throw new Error('The sample policy does not compile.');
  await seedSampleTraffic({
    log,
    plan,
    policyId: samplePolicyId,
    version: 1,
    until: clock(),
    records,
    priceBook,
    catalogue,
  });
}

/** Whether the log holds invented requests: their ids say so. */
export async function holdsSample({ log }: Pick<Context, 'log'>): Promise<boolean> {
  const { records } = await log.page({ limit: 1, search: 'sample-' });
  return records.some(({ id }) => id.startsWith('sample-'));
}
