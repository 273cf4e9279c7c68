import type { ComponentType } from 'react';
import type { Widget } from '#engine/nodes/index.ts';
import { ArmsWidget } from './arms-widget.tsx';
import { DeadlinesWidget, ParametersWidget } from './call-widgets.tsx';
import { CasesWidget } from './cases-widget.tsx';
import { JsonWidget } from './json-widget.tsx';
import { LabelsWidget } from './labels-widget.tsx';
import { ModelWidget } from './model-widget.tsx';
import { SignalWidget } from './signal-widget.tsx';
import {
  MultiselectWidget,
  NumberWidget,
  PercentWidget,
  SelectWidget,
  TextareaWidget,
  TextWidget,
} from './simple-widgets.tsx';
import { TriesWidget } from './tries-widget.tsx';
import type { WidgetProps } from './widget.ts';

/** One widget a name: what a kind's `form` asks for is drawn by these. */
export const widgets: Readonly<Record<Widget, ComponentType<WidgetProps>>> = {
  text: TextWidget,
  textarea: TextareaWidget,
  number: NumberWidget,
  percent: PercentWidget,
  select: SelectWidget,
  multiselect: MultiselectWidget,
  signal: SignalWidget,
  model: ModelWidget,
  cases: CasesWidget,
  arms: ArmsWidget,
  labels: LabelsWidget,
  tries: TriesWidget,
  parameters: ParametersWidget,
  deadlines: DeadlinesWidget,
  globs: JsonWidget,
  weights: JsonWidget,
  floors: JsonWidget,
  changes: JsonWidget,
  accept: JsonWidget,
  window: SelectWidget,
  classifiers: TextWidget,
  names: JsonWidget,
  truth: JsonWidget,
};
