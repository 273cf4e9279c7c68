import type { ComponentType } from 'react';
import type { Widget } from '#engine/nodes/index.ts';
import { AcceptWidget } from './accept-widget.tsx';
import { ArmsWidget } from './arms-widget.tsx';
import { DeadlinesWidget, ParametersWidget } from './call-widgets.tsx';
import { CasesWidget } from './cases-widget.tsx';
import { ClassifierWidget } from './classifier-widget.tsx';
import { JsonWidget } from './json-widget.tsx';
import { LabelsWidget } from './labels-widget.tsx';
import { ModelWidget } from './model-widget.tsx';
import { CandidatesWidget } from './pool/candidates-widget.tsx';
import { FloorsWidget } from './pool/floors-widget.tsx';
import { WeightsWidget } from './pool/weights-widget.tsx';
import { SignalWidget } from './signal-widget.tsx';
import {
  MultiselectWidget,
  NamesWidget,
  NumberWidget,
  PercentWidget,
  SelectWidget,
  TextareaWidget,
  TextWidget,
  TruthWidget,
} from './simple-widgets.tsx';
import { TriesWidget } from './tries-widget.tsx';
import type { WidgetProps } from './widget.ts';
import { WindowWidget } from './window-widget.tsx';

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
  globs: CandidatesWidget,
  weights: WeightsWidget,
  floors: FloorsWidget,
  changes: JsonWidget,
  accept: AcceptWidget,
  window: WindowWidget,
  classifiers: ClassifierWidget,
  names: NamesWidget,
  truth: TruthWidget,
};
