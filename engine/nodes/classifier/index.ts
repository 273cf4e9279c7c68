import { z } from 'zod';
import { slotOf } from '../../signals/index.ts';
import { defineNode, type Port, type Surroundings } from '../define-node.ts';
import { frame, PortTarget, Slug } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { classifiers } from './classifiers.ts';
import { labelsOfClassifier } from './user-classifier.ts';

const ClassifierConfig = z.strictObject({
  kind: z.literal('classifier'),
  ...frame,
  classifier: z.string().default('task'),
  ports: z.record(Slug, PortTarget),
  otherwise: PortTarget,
  confidence: z.number().min(0).max(1).default(0.55),
});
type ClassifierConfig = z.output<typeof ClassifierConfig>;

/** Sends a request by what is asked for, when the classifier is sure enough. */
export const classifier = defineNode({
  kind: 'classifier',
  config: ClassifierConfig,
  ports,
  withTarget: (config, port, to) => {
    if (port === 'otherwise') return { ...config, otherwise: to };
    return port in config.ports ? { ...config, ports: { ...config.ports, [port]: to } } : config;
  },
  check,
  compile: (config) => {
    const builtIn = classifiers.get(config.classifier);
    return {
      kind: 'choose',
      chooser: {
        kind: 'table',
        labelSlot: slotOf(builtIn?.labelSignal ?? 'classifiers.label'),
        confidenceSlot: slotOf(builtIn?.confidenceSignal ?? 'classifiers.confidence'),
        key: builtIn === undefined ? config.classifier : null,
        atLeast: config.confidence,
        labels: labelsOf(config),
      },
    };
  },
  blank: (): ClassifierConfig => ({
    kind: 'classifier',
    label: 'What is asked?',
    classifier: 'task',
    ports: { code: null, summarization: null },
    otherwise: null,
    confidence: 0.55,
  }),
  form: {
    title: 'Classifier',
    summary: 'Recognises what is asked and sends each kind of task its own way.',
    icon: 'classifier',
    accent: 'violet',
    fields: [
      {
        name: 'classifier',
        label: 'Classifier',
        widget: 'classifiers',
        options: [...classifiers].map(([value, { title }]) => ({ value, label: title })),
      },
      { name: 'ports', label: 'Tasks with a way of their own', widget: 'labels' },
      {
        name: 'confidence',
        label: 'Needed confidence',
        widget: 'percent',
        min: 0,
        max: 1,
        step: 0.01,
        help: 'Below it, the request leaves by “otherwise”.',
      },
    ],
  },
});

/** Labels in the order of the built-in classifier, a policy's own by name, so that the order of keys in the document means nothing. */
function labelsOf(config: ClassifierConfig): readonly string[] {
  const known = classifiers.get(config.classifier)?.labels ?? [];
  const used = Object.keys(config.ports);
  return [
    ...known.filter((label) => used.includes(label)),
    ...used.filter((label) => !known.includes(label)).sort(),
  ];
}

function ports(config: ClassifierConfig): readonly Port[] {
  return [
    ...labelsOf(config).map((label) => ({
      id: label,
      label: label.replaceAll('_', ' '),
      to: config.ports[label] ?? null,
    })),
    { id: 'otherwise', label: 'otherwise', to: config.otherwise },
  ];
}

function check(config: ClassifierConfig, around: Surroundings): readonly Finding[] {
  const known = knownLabels(config.classifier, around);
  if (known === undefined) {
    const names = [...classifiers.keys(), ...Object.keys(around.classifiers)].join(', ');
    return [
      {
        code: 'classifier_unknown',
        severity: 'error',
        field: 'classifier',
        message: `There is no classifier "${config.classifier}". Known: ${names}.`,
      },
    ];
  }
  const labels = Object.keys(config.ports);
  const findings: Finding[] = labels
    .filter((label) => !known.includes(label))
    .map((label) => ({
      code: 'label_unknown',
      severity: 'error',
      port: label,
      field: `ports.${label}`,
      message: `The classifier never answers "${label}". Its labels: ${known.join(', ')}.`,
    }));
  if (labels.length === 0) {
    findings.push({
      code: 'labels_empty',
      severity: 'warning',
      field: 'ports',
      message: 'No task has a way of its own, so every request leaves by “otherwise”. Add a task.',
    });
  }
  return findings;
}

function knownLabels(id: string, around: Surroundings): readonly string[] | undefined {
  const builtIn = classifiers.get(id);
  if (builtIn !== undefined) return builtIn.labels;
  const own = Object.hasOwn(around.classifiers, id) ? around.classifiers[id] : undefined;
  return own === undefined ? undefined : labelsOfClassifier(own);
}
