/** Where what nobody is sure of goes. */
export const otherwise = 'otherwise';

export interface Answered {
  readonly label: string;
  readonly confidence: number;
  /** `null`: the author did not say. */
  readonly expected: string | null;
}

/** The exit a message leaves by: its label's, where it is sure enough and the node has one. */
export function exitOf(
  { label, confidence }: Pick<Answered, 'label' | 'confidence'>,
  threshold: number,
  exits: ReadonlySet<string>,
): string {
  return label !== '' && confidence >= threshold && exits.has(label) ? label : otherwise;
}

export interface Confusion {
  /** In the order of rows and columns; `otherwise` last. */
  readonly labels: readonly string[];
  /** `counts[expected][given]`. */
  readonly counts: readonly (readonly number[])[];
  readonly right: number;
  /** Given `otherwise` though a label was expected. */
  readonly unsure: number;
  readonly total: number;
}

/** What was expected against what was given at a threshold, of the messages somebody expects something of. */
export function confusionOf(answers: readonly Answered[], threshold: number): Confusion {
  const judged = answers.flatMap(({ expected, label, confidence }) => {
    if (expected === null) return [];
    return [{ expected, given: label !== '' && confidence >= threshold ? label : otherwise }];
  });
  const used = new Set(judged.flatMap(({ expected, given }) => [expected, given]));
  const labels = [...used].sort(
    (a, b) => Number(a === otherwise) - Number(b === otherwise) || (a < b ? -1 : 1),
  );
  const counts = labels.map(() => labels.map(() => 0));
  let right = 0;
  let unsure = 0;
  for (const { expected, given } of judged) {
    const row = counts[labels.indexOf(expected)];
    const column = labels.indexOf(given);
    if (row !== undefined) row[column] = (row[column] ?? 0) + 1;
    if (expected === given) right += 1;
    else if (given === otherwise) unsure += 1;
  }
  return { labels, counts, right, unsure, total: judged.length };
}

export interface Step {
  readonly label: string;
  readonly permille: number;
  readonly requests: number;
  readonly costNanoUsd: number;
}

export interface Amount {
  readonly requests: number;
  readonly costNanoUsd: number;
}

/** Of logged requests: all whose confidence is known, those that leave by `otherwise`, and those that move. */
export interface TrafficShares {
  readonly known: Amount;
  readonly otherwise: Amount;
  /** Those that leave by another exit than at the threshold before. */
  readonly moved: Amount;
}

/** What a threshold does to logged traffic, compared with another. */
export function trafficShares(
  steps: readonly Step[],
  exits: ReadonlySet<string>,
  threshold: number,
  before: number,
): TrafficShares {
  const isSure = ({ label, permille }: Step, least: number): boolean =>
    permille >= Math.round(least * 1_000) && exits.has(label);
  return {
    known: sumOf(steps),
    otherwise: sumOf(steps.filter((step) => !isSure(step, threshold))),
    moved: sumOf(steps.filter((step) => isSure(step, threshold) !== isSure(step, before))),
  };
}

function sumOf(steps: readonly Step[]): Amount {
  return {
    requests: steps.reduce((sum, { requests }) => sum + requests, 0),
    costNanoUsd: steps.reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0),
  };
}
