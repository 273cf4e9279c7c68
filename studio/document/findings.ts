import type { Diagnostic } from '#engine/nodes/index.ts';
import { hasErrors, type Policy } from '#engine/policy/index.ts';

/**
 * Diagnostics with the findings that are not among them. Findings are about a policy without errors, and about nodes
 * that are still there: while it has errors they wait.
 */
export function withFindings(
  policy: Policy,
  diagnostics: readonly Diagnostic[],
  findings: readonly Diagnostic[],
): readonly Diagnostic[] {
  if (findings.length === 0 || hasErrors(diagnostics)) return diagnostics;
  const told = new Set(diagnostics.map(placeOf));
  const more = findings.filter((one) => {
    const place = placeOf(one);
    const isNew = !told.has(place) && (one.node === undefined || Object.hasOwn(policy.nodes, one.node));
    told.add(place);
    return isNew;
  });
  return more.length === 0 ? diagnostics : [...diagnostics, ...more];
}

function placeOf({ code, node, port, field }: Diagnostic): string {
  return [code, node, port, field].join(' ');
}
