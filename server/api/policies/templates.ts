import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy } from '#engine/policy/index.ts';
import type { calls } from '../../contract/index.ts';
import { packageRoot } from '../../package-root.ts';
import { readPolicyFile } from '../../store/policy-folder.ts';
import type { Handler } from '../handler.ts';

/** The policies in the package's own folder `policies`. Broken ones are left out; a test holds that there are none. */
export function shippedPolicies(): readonly Policy[] {
  const folder = join(packageRoot, 'policies');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.policy.json'))
    .sort()
    .flatMap((name) => {
      const read = readPolicyFile(join(folder, name));
      return read.kind === 'ok' ? [read.policy] : [];
    });
}

export const listTemplates: Handler<typeof calls.listTemplates> = () => ({
  templates: shippedPolicies().map((policy) => ({
    id: policy.id,
    name: policy.name,
    description: policy.description ?? '',
    policy,
  })),
});
