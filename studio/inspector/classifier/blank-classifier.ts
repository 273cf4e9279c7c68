import type { UserClassifier } from '#engine/nodes/index.ts';

export type ClassifierKind = UserClassifier['kind'];

/** The kinds in the order they are offered: those without a call first. */
export const classifierKinds: readonly {
  readonly kind: ClassifierKind;
  readonly title: string;
  readonly hint: string;
}[] = [
  { kind: 'examples', title: 'By examples', hint: 'A few messages for each label. Offline, no cost.' },
  { kind: 'rules', title: 'By rules', hint: 'Words and conditions, from top to bottom. Offline, no cost.' },
  { kind: 'judge', title: 'By a model', hint: 'A small model reads the message. Costs a call.' },
  { kind: 'http', title: 'By your own service', hint: 'An HTTP endpoint of yours answers a label.' },
];

/** What a new classifier of a kind starts as. */
export function blankClassifier(kind: ClassifierKind): UserClassifier {
  switch (kind) {
    case 'examples':
      return { kind, labels: {} };
    case 'rules':
      return { kind, rules: [] };
    case 'judge':
      return {
        kind,
        target: 'openai/gpt-5-mini',
        prompt: 'Which label fits the message best?',
        labels: {},
        deadline_ms: 5_000,
      };
    case 'http':
      return { kind, url: 'https://labels.example.com/label', labels: [], deadline_ms: 1_000 };
  }
}

/** Whether answering takes a call to somebody else, which costs time and maybe money. */
export function isCalled(classifier: UserClassifier): boolean {
  return classifier.kind === 'judge' || classifier.kind === 'http' || usesEmbeddings(classifier);
}

function usesEmbeddings(classifier: UserClassifier): boolean {
  return classifier.kind === 'examples' && classifier.embeddings !== undefined;
}
