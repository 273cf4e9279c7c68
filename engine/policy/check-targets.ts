import type { Diagnostic, PolicyNode } from '../nodes/index.ts';

/** What the checker asks about targets; the catalogue answers, together with the configured providers. */
export interface TargetView {
  /** `known` is callable in principle; `unpriced` has no price; `unreachable` has no provider here. */
  readonly stateOf: (target: string) => 'known' | 'unpriced' | 'unreachable' | 'unknown';
  readonly suggest: (target: string) => string | undefined;
  /** Known targets that fit a pattern; left out where nobody can tell. */
  readonly match?: (pattern: string) => readonly string[];
}

/** What is wrong with the targets a node names. */
export function checkTargets(id: string, node: PolicyNode, targets: TargetView): readonly Diagnostic[] {
  const at = (field: string) => ({ node: id, field });
  switch (node.kind) {
    case 'model':
      return checkTarget(node.target, targets, at('target'));
    case 'cascade': {
      const { judge } = node.accept;
      return judge === undefined ? [] : checkTarget(judge.target, targets, at('accept.judge.target'));
    }
    case 'pool':
      return node.candidates.flatMap((pattern, index) =>
        pattern.includes('*')
          ? checkPattern(pattern, targets, at(`candidates.${index}`))
          : checkTarget(pattern, targets, at(`candidates.${index}`)),
      );
    default:
      return [];
  }
}

/** What is wrong with one target at one place. */
export function checkTarget(
  target: string,
  targets: TargetView,
  place: { readonly node?: string; readonly field: string },
): readonly Diagnostic[] {
  const frame = { ...place, severity: 'warning' } as const;
  switch (targets.stateOf(target)) {
    case 'known':
      return [];
    case 'unpriced':
      return [
        {
          ...frame,
          code: 'model_unpriced',
          message: `${target} has no price, so its cost cannot be told. Add one in the configuration.`,
        },
      ];
    case 'unreachable':
      return [
        {
          ...frame,
          code: 'model_unreachable',
          message: `No provider here serves ${target}. Add its key, or choose another model.`,
        },
      ];
    case 'unknown': {
      const near = targets.suggest(target);
      return [
        {
          ...frame,
          code: 'model_unknown',
          message: `${target} is not in the catalogue.${near === undefined ? '' : ` Did you mean ${near}?`}`,
        },
      ];
    }
  }
}

function checkPattern(
  pattern: string,
  targets: TargetView,
  place: { readonly node: string; readonly field: string },
): readonly Diagnostic[] {
  if (targets.match === undefined || targets.match(pattern).length > 0) return [];
  return [
    {
      ...place,
      code: 'candidate_unmatched',
      severity: 'warning',
      message: `No known model fits "${pattern}". Patterns are written like openai/gpt-* or */llama-*.`,
    },
  ];
}
