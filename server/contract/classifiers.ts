import { z } from 'zod';
import { UserClassifier } from '#engine/nodes/index.ts';
import { defineCall } from './define-call.ts';
import { Nothing } from './shapes.ts';

/** Classifiers that need a call are tried on so many texts at once at most. */
export const mostCalledTexts = 50;

export const tryClassifier = defineCall({
  method: 'POST',
  path: '/api/classifiers/try',
  summary:
    'What a classifier says of some texts, before any policy uses it. One that asks a model or an endpoint really asks it; the cost is in the answer.',
  params: Nothing,
  query: Nothing,
  body: z.strictObject({
    classifier: UserClassifier,
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
