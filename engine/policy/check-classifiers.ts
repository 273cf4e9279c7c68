import { checkExpression, signalsOf } from '../expression/index.ts';
import {
  classifiers as builtIn,
  type Diagnostic,
  labelsOfClassifier,
  type UserClassifier,
} from '../nodes/index.ts';
import { checkTarget, type TargetView } from './check-targets.ts';
import type { Policy } from './policy.ts';

/** What is wrong with a policy's own classifiers. Places are fields of the document: `classifiers.intent.labels`. */
export function checkClassifiers(policy: Policy, targets: TargetView | undefined): readonly Diagnostic[] {
  return Object.entries(policy.classifiers ?? {}).flatMap(([id, classifier]) => [
    ...checkName(id),
    ...checkLabels(id, classifier),
    ...(classifier.kind === 'rules' ? checkRules(id, classifier.rules) : []),
    ...(targets === undefined ? [] : checkCalled(id, classifier, targets)),
    ...checkUse(policy, id),
  ]);
}

function checkName(id: string): readonly Diagnostic[] {
  if (!builtIn.has(id)) return [];
  return [
    {
      code: 'classifier_name_taken',
      severity: 'error',
      field: `classifiers.${id}`,
      message: `"${id}" is the built-in classifier. Give this one another name.`,
    },
  ];
}

/** Rules may have one label: what none of them catches leaves by “otherwise”. */
function checkLabels(id: string, classifier: UserClassifier): readonly Diagnostic[] {
  const count = labelsOfClassifier(classifier).length;
  const least = classifier.kind === 'rules' ? 1 : 2;
  const place = `classifiers.${id}.${classifier.kind === 'rules' ? 'rules' : 'labels'}`;
  const few: readonly Diagnostic[] =
    count >= least
      ? []
      : [
          {
            code: 'classifier_labels_few',
            severity: 'error',
            field: place,
            message: `A classifier by ${classifier.kind} needs at least ${least === 1 ? 'one label' : 'two labels to choose from'}; it has ${count}.`,
          },
        ];
  if (classifier.kind !== 'examples') return few;
  const bare = Object.entries(classifier.labels).filter(([, utterances]) => utterances.length === 0);
  return [
    ...few,
    ...bare.map(
      ([label]): Diagnostic => ({
        code: 'classifier_labels_few',
        severity: 'error',
        field: `classifiers.${id}.labels.${label}`,
        message: `"${label}" has no examples. Give it a few things that users say.`,
      }),
    ),
  ];
}

type Rules = Extract<UserClassifier, { kind: 'rules' }>['rules'];

function checkRules(id: string, rules: Rules): readonly Diagnostic[] {
  return rules.flatMap(({ keywords = [], when }, index): readonly Diagnostic[] => {
    const field = `classifiers.${id}.rules.${index}`;
    if (when === undefined) {
      return keywords.length > 0
        ? []
        : [
            {
              code: 'classifier_rule_empty',
              severity: 'error',
              field,
              message: 'The rule asks nothing. Give it keywords, or a condition as “when”.',
            },
          ];
    }
    return checkWhen(when, `${field}.when`);
  });
}

function checkWhen(when: string, field: string): readonly Diagnostic[] {
  const checked = checkExpression(when);
  if (checked.kind === 'bad') {
    const { code, message, range } = checked.problem;
    return [{ code, severity: 'error', field, message, range }];
  }
  if (!signalsOf(checked.expr).some((name) => name.startsWith('classifiers.'))) return [];
  return [
    {
      code: 'classifier_circular',
      severity: 'error',
      field,
      message: 'A rule cannot ask what the classifiers answer: they are asked first. Use other signals.',
    },
  ];
}

function checkCalled(id: string, classifier: UserClassifier, targets: TargetView): readonly Diagnostic[] {
  if (classifier.kind === 'judge')
    return checkTarget(classifier.target, targets, { field: `classifiers.${id}.target` });
  if (classifier.kind !== 'examples' || classifier.embeddings === undefined) return [];
  return checkTarget(classifier.embeddings, targets, { field: `classifiers.${id}.embeddings` });
}

function checkUse(policy: Policy, id: string): readonly Diagnostic[] {
  const isNamed = Object.values(policy.nodes).some(
    (node) =>
      (node.kind === 'classifier' && node.classifier === id) ||
      (node.kind === 'condition' && node.cases.some(({ when }) => asksFor(when, id))),
  );
  if (isNamed) return [];
  return [
    {
      code: 'classifier_unused',
      severity: 'warning',
      field: `classifiers.${id}`,
      message: `No node asks "${id}". Let a classifier node name it, or remove it.`,
    },
  ];
}

/** Whether a condition reads the answers of a classifier, or of all of them. */
function asksFor(when: string, id: string): boolean {
  const checked = checkExpression(when);
  return (
    checked.kind === 'ok' &&
    signalsOf(checked.expr).some((name) => name.startsWith('classifiers.')) &&
    when.includes(id)
  );
}
