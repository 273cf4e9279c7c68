import type { Form, FormField } from '../form.ts';
import { requirementLabels, requirements } from './requirement.ts';

/** How a pool is edited. */
export function poolForm({
  on,
  mostAttempts,
}: {
  readonly on: NonNullable<FormField['options']>;
  readonly mostAttempts: number;
}): Form {
  return {
    title: 'Pool',
    summary: 'Calls the best of several models for this very request.',
    icon: 'pool',
    accent: 'lime',
    fields: [...choiceFields, ...attemptFields(on, mostAttempts)],
  };
}

const choiceFields: readonly FormField[] = [
  {
    name: 'candidates',
    label: 'Candidates',
    widget: 'globs',
    help: 'Models, or patterns such as openai/gpt-*. Of equals, the first is taken.',
  },
  {
    name: 'objective',
    label: 'Best is',
    widget: 'select',
    options: [
      { value: 'cost', label: 'cheapest for this request' },
      { value: 'latency', label: 'fastest at the moment' },
      { value: 'quality', label: 'of the highest quality' },
      { value: 'balanced', label: 'balanced, by weights' },
    ],
  },
  { name: 'weights', label: 'Weights', widget: 'weights', help: 'For “balanced”: only their ratio counts.' },
  {
    name: 'require',
    label: 'Always required',
    widget: 'multiselect',
    options: requirements.map((value) => ({ value, label: requirementLabels[value] })),
    help: 'What a request needs (images, tools, a JSON schema, room) is required of itself.',
  },
  {
    name: 'regions',
    label: 'Regions',
    widget: 'names',
    help: 'Where a model may be, if the region is required.',
  },
  {
    name: 'floors',
    label: 'Floors',
    widget: 'floors',
    help: 'Below them a candidate is out (quality), or comes last (speed and errors).',
  },
  {
    name: 'context_margin',
    label: 'Room left in the context',
    widget: 'percent',
    min: 0,
    max: 1,
    step: 0.01,
    help: 'On top of the estimated input.',
  },
  {
    name: 'affinity',
    label: 'Keep conversations where their cache is warm',
    widget: 'truth',
    help: 'Unless moving is cheaper even so; the arithmetic is in the decision.',
  },
];

function attemptFields(on: NonNullable<FormField['options']>, mostAttempts: number): readonly FormField[] {
  return [
    { name: 'attempts', label: 'Candidates tried at most', widget: 'number', min: 1, max: mostAttempts },
    { name: 'on', label: 'Moves on after', widget: 'multiselect', options: on },
    {
      name: 'deadline_ms',
      label: 'Deadline for all tries',
      widget: 'number',
      unit: 'ms',
      min: 1,
      placeholder: 'the gateway’s',
    },
    { name: 'parameters', label: 'Parameters', widget: 'parameters' },
  ];
}
