import type { ComponentType } from 'react';
import type { Widget } from '#engine/nodes/index.ts';
import { CasesWidget } from './cases-widget.tsx';
import { ArmsWidget, DeadlinesWidget, LabelsWidget, ParametersWidget, TriesWidget } from './list-widgets.tsx';
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
};
