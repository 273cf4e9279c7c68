/** The policy as a drawing: canvas and palette. */
export type { EdgeTraffic, FlowTraffic, NodeTraffic } from './flow.ts';
export { KindIcon, kindHue } from './kind-icon.tsx';
export { liveSentence } from './live-figures.tsx';
export { idleFlow, type LiveFlow, type LiveMap, type LiveTint } from './live-map.ts';
export { Palette } from './palette.tsx';
export { PolicyCanvas, type PolicyCanvasProps } from './policy-canvas.tsx';
