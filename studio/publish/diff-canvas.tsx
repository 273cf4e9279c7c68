import '@xyflow/react/dist/style.css';
import { useComputedColorScheme } from '@mantine/core';
import {
  Background,
  BackgroundVariant,
  BaseEdge,
  Controls,
  EdgeLabelRenderer,
  type EdgeProps,
  getBezierPath,
  Handle,
  type NodeProps,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type Edge as XyEdge,
  type Node as XyNode,
} from '@xyflow/react';
import { memo, useEffect, useMemo } from 'react';
import { KindIcon } from '../canvas/kind-icon.tsx';
import type { ChangeLine } from './change-lines.ts';
import { changeWords, edgeWords } from './change-words.ts';
import styles from './diff-canvas.module.css';
import type { MergedEdge, MergedGraph, MergedNode } from './merged-graph.ts';
import { placeMerged, shownLines } from './place-merged.ts';

interface Props {
  readonly graph: MergedGraph;
  /** What is compared, for those who do not see it: `version 2 and the draft`. */
  readonly name: string;
  /** The node to bring into view. */
  readonly shown: string | null;
}

/** Both sides as one drawing that cannot be edited: what differs has a colour, a sign and a word. */
export function DiffCanvas(props: Props) {
  return (
    <ReactFlowProvider>
      <Drawing {...props} />
    </ReactFlowProvider>
  );
}

type NodeData = Record<string, unknown> & { readonly node: MergedNode };
type EdgeData = Record<string, unknown> & { readonly edge: MergedEdge };

function Drawing({ graph, name, shown }: Props) {
  const scheme = useComputedColorScheme('light');
  const { nodes, edges } = useMemo(() => drawn(graph), [graph]);
  const { fitView } = useReactFlow();
  useEffect(() => {
    if (shown !== null) void fitView({ nodes: [{ id: shown }], maxZoom: 1, padding: 0.6 });
  }, [shown, fitView]);
  return (
    <section className={styles.canvas} aria-label={`Drawing of ${name}`}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        colorMode={scheme}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        fitView
        fitViewOptions={{ padding: 0.08, maxZoom: 1 }}
        minZoom={0.1}
        preventScrolling={false}
        zoomOnScroll={false}
        attributionPosition="bottom-center"
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.25} color="var(--wb-dots)" />
        <Controls showInteractive={false} position="bottom-left" />
      </ReactFlow>
    </section>
  );
}

function drawn(graph: MergedGraph): {
  readonly nodes: XyNode<NodeData>[];
  readonly edges: XyEdge<EdgeData>[];
} {
  const places = placeMerged(graph);
  return {
    nodes: graph.nodes.map((node) => {
      const { x = 0, y = 0, width = 0, height = 0 } = places.get(node.id) ?? {};
      return { id: node.id, type: 'merged', position: { x, y }, width, height, data: { node } };
    }),
    edges: graph.edges.map((edge) => ({
      id: edge.id,
      type: 'merged',
      source: edge.from,
      target: edge.to,
      data: { edge },
      zIndex: edge.change === 'same' ? 0 : 1,
    })),
  };
}

const nodeTypes = { merged: memo(DrawnNode) };
const edgeTypes = { merged: memo(DrawnEdge) };

function DrawnNode({ data: { node } }: NodeProps<XyNode<NodeData>>) {
  const { sign, text } = changeWords[node.change];
  return (
    <div className={styles.node} data-change={node.change}>
      <Handle type="target" position={Position.Left} className={styles.end ?? ''} isConnectable={false} />
      <div className={styles.face}>
        <KindIcon kind={node.kind} size={26} />
        <span className={styles.names}>
          <strong title={node.title}>{node.title}</strong>
          <code>{node.id}</code>
        </span>
        {node.change === 'same' ? null : (
          <span className={styles.badge}>
            <span aria-hidden="true">{sign}</span> {text}
          </span>
        )}
      </div>
      {node.lines.length === 0 ? null : <Lines lines={node.lines} />}
      <Handle type="source" position={Position.Right} className={styles.end ?? ''} isConnectable={false} />
    </div>
  );
}

function Lines({ lines }: { readonly lines: readonly ChangeLine[] }) {
  const more = lines.length - shownLines;
  return (
    <ul className={styles.lines}>
      {lines.slice(0, shownLines).map(({ what, before, after }) => (
        <li key={what} title={`${what}: ${before ?? 'not set'} → ${after ?? 'not set'}`}>
          <span>{what}</span>
          <span className={styles.values}>
            {before === null ? null : <del>{before}</del>}
            <span aria-hidden="true">→</span>
            {after === null ? <em>not set</em> : <ins>{after}</ins>}
          </span>
        </li>
      ))}
      {more > 0 ? <li className={styles.more}>and {more} more in the list</li> : null}
    </ul>
  );
}

function DrawnEdge({ id, data, ...ends }: EdgeProps<XyEdge<EdgeData>>) {
  const [path, x, y] = getBezierPath(ends);
  const edge = data?.edge;
  if (edge === undefined) return null;
  const words = edgeWords[edge.change];
  return (
    <>
      <BaseEdge id={id} path={path} className={`${styles.edge} ${styles[edge.change] ?? ''}`} />
      {words === null ? null : (
        <EdgeLabelRenderer>
          <span
            className={styles.label}
            data-change={edge.change}
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
          >
            <span aria-hidden="true">{words.sign}</span> {edge.label}
            <span className="wb-hidden">: {words.text}</span>
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
}
