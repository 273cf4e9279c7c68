/** The policy as a drawing: canvas and palette. */
export type { EdgeTraffic, FlowTraffic, NodeTraffic } from './flow.ts';
export { KindIcon, kindHue } from './kind-icon.tsx';
export { Palette } from './palette.tsx';
export { PolicyCanvas, type PolicyCanvasProps } from './policy-canvas.tsx';
