import '@xyflow/react/dist/style.css';
import { useComputedColorScheme } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import {
  Background,
  BackgroundVariant,
  ConnectionLineType,
  MiniMap,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useStore,
} from '@xyflow/react';
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { kindNamed } from '#engine/nodes/index.ts';
import type { Step } from '#engine/plan/index.ts';
import { grid, useDocument } from '../document/index.ts';
import { Announcer } from './announcer.tsx';
import styles from './canvas.module.css';
import { CanvasContext, createCanvasStore, useCanvas } from './canvas-state.ts';
import { Card } from './card.tsx';
import { EmptyCanvas } from './empty-canvas.tsx';
import { fitOptions } from './fit-options.ts';
import type { FlowTraffic, FlowView } from './flow.ts';
import type { DrawnNode } from './flow-marks.ts';
import { FoldedGroup } from './folded-group.tsx';
import { GroupFrame, toggleFold } from './group-frame.tsx';
import { KeysSheet } from './keys-sheet.tsx';
import { type LiveMap, LiveMapContext } from './live-map.ts';
import { NoteCard } from './note-card.tsx';
import { Outline } from './outline.tsx';
import { Pickers } from './pickers.tsx';
import { playPulse } from './pulse.ts';
import { useCanvasCommands } from './use-canvas-commands.ts';
import { useCanvasTools } from './use-canvas-tools.ts';
import { useClipboard } from './use-clipboard.ts';
import { useDrop } from './use-drop.ts';
import { useFlow } from './use-flow.ts';
import { useFollow } from './use-follow.ts';
import { useKeys } from './use-keys.ts';
import { useRefit } from './use-refit.ts';
import { useWiring } from './use-wiring.ts';
import { ViewBar } from './view-bar.tsx';
import { Wire } from './wire.tsx';

export interface PolicyCanvasProps {
  /** A path to light up; everything else is dimmed. */
  readonly highlight?: { readonly path: readonly Step[] } | null;
  /** Requests by edge and node, before and after. */
  readonly traffic?: FlowTraffic | null;
  /** What came by in the last minutes. */
  readonly live?: LiveMap | null;
  /** A request that just went through: its edges light up and fade. */
  readonly pulse?: { readonly path: readonly Step[]; readonly id: string } | null;
  /** Stands among other things on a page that scrolls: the wheel is left to the page. */
  readonly embedded?: boolean;
  /** Escape, when nothing else is left to let go of. */
  readonly onClearHighlight?: () => void;
}

/** The policy as a drawing, to read and to edit. Stands inside a `DocumentProvider`. */
export function PolicyCanvas(props: PolicyCanvasProps) {
  const [canvas] = useState(createCanvasStore);
  return (
    <CanvasContext value={canvas}>
      <LiveMapContext value={props.live ?? null}>
        <ReactFlowProvider>
          <Drawing {...props} />
        </ReactFlowProvider>
      </LiveMapContext>
    </CanvasContext>
  );
}

const nodeTypes = { card: Card, note: NoteCard, frame: GroupFrame, fold: FoldedGroup };
const edgeTypes = { wire: Wire };
/** A click selects an edge; a box drawn round nodes must not, for either the one or the others are selected. */
const edgeOptions = { selectable: false };
const snapGrid: [number, number] = [grid, grid];
const crowd = 150;
/** Pixels that a press may move and still be a click; from there on it drags. */
const tremble = 3;
/** From this many nodes on a map helps more than it covers. */
const mapFrom = 20;

function Drawing({
  highlight,
  traffic = null,
  pulse,
  embedded = false,
  onClearHighlight,
}: PolicyCanvasProps) {
  const root = useRef<HTMLDivElement>(null);
  const tools = useCanvasTools(root, onClearHighlight);
  const taken = useTaken(highlight?.path);
  const { nodes, edges, onNodesChange, onEdgesChange, onDragStop } = useFlow(tools, { taken, traffic });
  const wiring = useWiring(tools);
  const drop = useDrop(tools);
  const readOnly = useDocument((state) => state.readOnly);
  const outline = useCanvas((state) => state.outline);
  const name = useDocument((state) => state.policy.name);
  const scheme = useComputedColorScheme('light');
  useKeys(root, tools);
  useCanvasCommands(tools, readOnly);
  useClipboard(root, tools);
  useFollow(root, tools);
  useRefit(root, tools);
  usePulse(root, pulse);

  return (
    <div
      ref={root}
      className={styles.canvas}
      tabIndex={-1}
      data-policy-canvas=""
      data-covered={outline || undefined}
      {...drop}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        defaultEdgeOptions={edgeOptions}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onNodeDragStop={onDragStop}
        onSelectionDragStop={(event, dragged) => {
          const [first] = dragged;
          if (first !== undefined) onDragStop(event.nativeEvent, first, dragged);
        }}
        onNodeClick={(_event, { id }) => tools.canvas.setState({ current: id })}
        onEdgeClick={(_event, { id }) => tools.document.selectEdge(id)}
        onNodeDoubleClick={(_event, { id, type }) => {
          if (type === 'note' || type === 'frame') return;
          tools.canvas.setState({ current: id });
          if (type === 'fold') toggleFold(tools.document, tools.canvas, id);
          else tools.document.show({ node: id, focus: 'inspector' });
        }}
        {...wiring}
        aria-label={`Drawing of the policy ${name}`}
        colorMode={scheme}
        nodesDraggable={!readOnly}
        nodesConnectable={!readOnly}
        nodesFocusable={false}
        edgesFocusable={false}
        edgesReconnectable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        multiSelectionKeyCode={['Meta', 'Control']}
        connectOnClick={false}
        connectionRadius={28}
        connectionDragThreshold={4}
        nodeDragThreshold={tremble}
        nodeClickDistance={tremble}
        paneClickDistance={tremble}
        connectionLineType={ConnectionLineType.Bezier}
        snapToGrid
        snapGrid={snapGrid}
        minZoom={0.1}
        maxZoom={2}
        fitView
        fitViewOptions={fitOptions}
        elevateNodesOnSelect
        onlyRenderVisibleElements={nodes.length > crowd}
        zoomOnDoubleClick={false}
        panOnScroll={!embedded}
        zoomOnScroll={!embedded}
        preventScrolling={!embedded}
        attributionPosition="bottom-center"
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.25} color="var(--wb-dots)" />
        <Panel position="bottom-left">
          <ViewBar tools={tools} readOnly={readOnly} />
        </Panel>
        {readOnly && !embedded && (
          <Panel position="top-center">
            <span className={styles.readOnly}>
              <IconLock size={14} /> Read only
            </span>
          </Panel>
        )}
        <Minimap count={nodes.length} />
      </ReactFlow>
      <Distance root={root} />
      {nodes.length === 0 && <EmptyCanvas tools={tools} readOnly={readOnly} />}
      <Outline tools={tools} />
      <Pickers />
      <KeysSheet />
      <Announcer />
    </div>
  );
}

/** Nodes and edges of a path. */
function useTaken(path: readonly Step[] | undefined): FlowView['taken'] {
  return useMemo(() => {
    if (path === undefined) return null;
    const nodes = new Set(path.map((step) => step.node));
    const edges = new Set(path.flatMap(({ node, port }) => (port === null ? [] : [`${node}:${port}`])));
    return { nodes, edges };
  }, [path]);
}

function usePulse(root: RefObject<HTMLDivElement | null>, pulse: PolicyCanvasProps['pulse']): void {
  const latest = useRef(pulse);
  latest.current = pulse;
  const id = pulse?.id;
  useEffect(() => {
    if (id !== undefined && latest.current != null && root.current !== null)
      playPulse(root.current, latest.current.path);
  }, [id, root]);
}

const far = 0.45;

/** Marks the canvas when it is seen from afar, so that small type is left out. */
function Distance({ root }: { readonly root: RefObject<HTMLDivElement | null> }) {
  const isFar = useStore((state) => state.transform[2] < far);
  useEffect(() => {
    root.current?.toggleAttribute('data-far', isFar);
  }, [isFar, root]);
  return null;
}

function mapColour(node: DrawnNode): string {
  switch (node.type) {
    case 'card':
      return `var(--mantine-color-${kindNamed(node.data.node.kind).form.accent}-5)`;
    case 'note':
      return 'var(--wb-modelled)';
    case 'fold':
      return 'var(--wb-muted)';
    default:
      return 'var(--wb-hover)';
  }
}

function Minimap({ count }: { readonly count: number }) {
  const shown = useCanvas((state) => state.minimap);
  if (!shown || count < mapFrom) return null;
  return (
    <MiniMap<DrawnNode>
      pannable
      zoomable
      ariaLabel="Map of the policy"
      style={{ width: 168, height: 112 }}
      nodeBorderRadius={24}
      nodeStrokeWidth={0}
      nodeColor={mapColour}
      offsetScale={10}
    />
  );
}
