import { z } from 'zod';
import { UserClassifier } from '#engine/nodes/index.ts';
import { defineCall } from './define-call.ts';
import { Nothing } from './shapes.ts';

/** Classifiers that need a call are tried on so many texts at once at most. */
export const mostCalledTexts = 50;

/** One of a policy's own, or the built-in task classifier, which sees nothing but the text here. */
export const TriedClassifier = z.discriminatedUnion('kind', [
  UserClassifier,
  z.strictObject({ kind: z.literal('task') }),
]);

export const tryClassifier = defineCall({
  method: 'POST',
  path: '/api/classifiers/try',
  needs: 'policies.edit',
  summary:
    'What a classifier says of some texts, before any policy uses it. One that asks a model or an endpoint really asks it; the cost is in the answer.',
  params: Nothing,
  query: Nothing,
  body: z.strictObject({
    classifier: TriedClassifier,
    texts: z.array(z.string().max(20_000)).max(1_000),
  }),
  response: z.strictObject({
    /** In the order of the texts. An empty label: it has nothing to say. */
    answers: z.array(
      z.strictObject({
        label: z.string(),
        confidence: z.number(),
        /** Of the examples the three that are most like the text; empty for other kinds. */
        nearest: z.array(z.strictObject({ text: z.string(), label: z.string(), similarity: z.number() })),
      }),
    ),
    /** How well the examples tell their labels apart, by leaving some out; `null` for other kinds. */
    validation: z
      .strictObject({
        accuracy: z.number().nullable(),
        confusions: z.array(z.strictObject({ label: z.string(), takenFor: z.string(), count: z.number() })),
      })
      .nullable(),
    /** Of the calls that were made, nano-dollars; `null` where one has no price. */
    costNanoUsd: z.number().nullable(),
  }),
});

/** Requests of the log that got the same label with the same confidence, in thousandths, rounded down. */
export const ConfidenceStep = z.strictObject({
  label: z.string(),
  permille: z.number(),
  requests: z.number(),
  /** Of those whose cost is known. */
  costNanoUsd: z.number(),
});

export const readClassifierTraffic = defineCall({
  method: 'GET',
  path: '/api/classifiers/traffic',
  needs: 'traffic.read',
  summary:
    'How sure a classifier was of the logged requests of the last 14 days, and what these cost: what moves when the needed confidence does.',
  params: Nothing,
  query: z.strictObject({
    /** `task`, or the name of one of the policy's own. */
    classifier: z.string(),
    /** Only requests that this policy decided: another may have one of the same name. */
    policy: z.string().optional(),
  }),
  body: Nothing,
  response: z.strictObject({
    from: z.number(),
    to: z.number(),
    /** Whether any of them is generated or simulated. */
    sandbox: z.boolean(),
    requests: z.number(),
    /** Requests of which the log holds the classifier's answer. */
    known: z.number(),
    /** Requests among these whose cost the log does not hold. */
    withoutCost: z.number(),
    steps: z.array(ConfidenceStep),
  }),
});
