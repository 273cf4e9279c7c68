import type { Decision, Step } from './plan.ts';

/** A path as the log and the `x-waybill-path` header write it: `task:code>strong:1>opus`; `?` marks an undetermined exit. */
export function pathText(path: readonly Step[]): string {
  return path.map(stepText).join('>');
}

function stepText({ node, port, undetermined }: Step): string {
  return `${node}${port === null ? '' : `:${port}`}${undetermined ? '?' : ''}`;
}

/** Reads a path back, for highlighting a logged request on the canvas. */
export function parsePath(text: string): readonly Step[] {
  if (text === '') return [];
  return text.split('>').map((part) => {
    const undetermined = part.endsWith('?');
    const [node = '', port = null] = (undetermined ? part.slice(0, -1) : part).split(':');
    return { node, port, undetermined };
  });
}

/** Targets a decision would call, in order. */
export function targetsOf(decision: Decision): readonly string[] {
  return decision.attempts.flatMap((attempt) => (attempt.kind === 'call' ? [attempt.target] : []));
}
