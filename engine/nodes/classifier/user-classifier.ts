import { z } from 'zod';
import { Target } from '../call-settings.ts';
import { Milliseconds, Slug } from '../fields.ts';

const Label = z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/, 'must be a slug, such as refund');
const Text = z.string().min(1).max(4_000);

const ByExamples = z.strictObject({
  kind: z.literal('examples'),
  labels: z.record(Slug, z.array(Text)),
  embeddings: Target.optional(),
});
const ByRules = z.strictObject({
  kind: z.literal('rules'),
  rules: z.array(
    z.strictObject({ label: Label, keywords: z.array(Text).optional(), when: z.string().optional() }),
  ),
});
const ByJudge = z.strictObject({
  kind: z.literal('judge'),
  target: Target,
  prompt: z.string().min(1).max(20_000),
  labels: z.record(Slug, z.string().max(2_000)),
  deadline_ms: Milliseconds.default(5_000),
});
const ByHttp = z.strictObject({
  kind: z.literal('http'),
  url: z.url({ protocol: /^https?$/, error: 'must be an address, such as https://labels.example.com/label' }),
  labels: z.array(Label),
  deadline_ms: Milliseconds.default(1_000),
});

/**
 * A classifier of the user's own: by a few utterances a label, by rules in order (keywords, CEL), by a model as judge, or
 * by an HTTP endpoint of theirs.
 */
export const UserClassifier = z.discriminatedUnion('kind', [ByExamples, ByRules, ByJudge, ByHttp]);
export type UserClassifier = z.output<typeof UserClassifier>;

/** Labels a classifier of the user may answer, in order, each once. */
export function labelsOfClassifier(classifier: UserClassifier): readonly string[] {
  switch (classifier.kind) {
    case 'examples':
    case 'judge':
      return Object.keys(classifier.labels).sort();
    case 'rules':
      return [...new Set(classifier.rules.map(({ label }) => label))];
    case 'http':
      return [...new Set(classifier.labels)];
  }
}
