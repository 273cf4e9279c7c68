import type { FlowView } from '../../../studio/canvas/flow.ts';

/** What a drawing depends on beside the policy; takes only what differs. */
export const aView = (view: Partial<FlowView> = {}): FlowView => ({
  selection: new Set(),
  marks: new Set(),
  selectedEdge: null,
  diagnostics: [],
  models: new Map(),
  health: new Map(),
  published: new Map(),
  taken: null,
  traffic: null,
  current: 'long',
  readOnly: false,
  ...view,
});
