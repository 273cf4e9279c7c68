import { readFile } from 'node:fs/promises';
import { defaultCatalogue, defaultPriceBook, priceOf } from '#engine/catalogue/index.ts';
import { reviewPolicy } from '#engine/explain/index.ts';
import type { Diagnostic } from '#engine/nodes/index.ts';
import { compilePolicy, type Plan } from '#engine/plan/index.ts';
import { type Policy, parsePolicy, type TargetView } from '#engine/policy/index.ts';
import { placeDiagnostics } from './place-diagnostics.ts';
import type { Io } from './verb.ts';

/** A policy file as read: its policy where it is one, and everything that is wrong with it, with places. */
export type PolicyFile =
  | { readonly kind: 'read'; readonly policy: Policy | null; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'missing'; readonly message: string };

/** Models as the shipped catalogue knows them; what can be called is for a running gateway to say. */
export const shippedTargets: TargetView = {
  stateOf: (target) => {
    // The simulated upstream serves any model and has faults that are named like models.
    if (target.startsWith('sandbox/')) return 'known';
    if (defaultCatalogue.find(target) === undefined) return 'unknown';
    return priceOf(defaultPriceBook, target) === undefined ? 'unpriced' : 'known';
  },
  suggest: (target) => defaultCatalogue.suggest(target)[0],
  match: (pattern) => defaultCatalogue.match(pattern).map(({ id }) => id),
};

export const shippedModels = { catalogue: defaultCatalogue, priceBook: defaultPriceBook };

/** Reads and checks a policy file: its diagnostics, and what can be proved about it. */
export async function readPolicyFile(path: string): Promise<PolicyFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return { kind: 'missing', message: `There is no file ${path} that can be read.` };
  }
  const parsed = parsePolicy(text);
  if (parsed.kind === 'bad') return { kind: 'read', policy: null, diagnostics: parsed.diagnostics };
  const diagnostics = placeDiagnostics(
    text,
    reviewPolicy(parsed.policy, shippedTargets, { models: shippedModels }),
  );
  return { kind: 'read', policy: parsed.policy, diagnostics };
}

/** One diagnostic as compilers write it: `file:line:column: error code: message`. */
export function diagnosticLine(
  path: string,
  { line, column, severity, code, message, hint }: Diagnostic,
): string {
  return `${path}:${line ?? 1}:${column ?? 1}: ${severity} ${code}: ${message}${hint === undefined ? '' : ` ${hint}`}`;
}

/** A policy and its plan, ready to decide; `undefined` after saying on `stderr` what is wrong with the file. */
export async function loadPlan(
  path: string,
  io: Io,
): Promise<{ readonly policy: Policy; readonly plan: Plan } | undefined> {
  const file = await readPolicyFile(path);
  if (file.kind === 'missing') {
    io.stderr.write(`${file.message}\n`);
    return undefined;
  }
  const compiled = file.policy === null ? undefined : compilePolicy(file.policy, { models: shippedModels });
  if (file.policy === null || compiled?.kind !== 'ok') {
    for (const one of file.diagnostics) io.stderr.write(`${diagnosticLine(path, one)}\n`);
    return undefined;
  }
  return { policy: file.policy, plan: compiled.plan };
}
