import { notifications } from '@mantine/notifications';
import type { Connection, IsValidConnection, OnConnectEnd } from '@xyflow/react';
import { useMemo } from 'react';
import {
  boundaryOf,
  card,
  connectExit,
  type Exit,
  exitOfEdge,
  isMark,
  markIn,
  type PolicyDocument,
  reconnectExit,
  whyNotConnect,
} from '../document/index.ts';
import type { CanvasTools } from './canvas-tools.ts';
import type { WireEdge } from './flow.ts';
import { pointInCanvas } from './open-at.ts';

/** Drawing edges with the mouse: onto an entrance, onto a whole node, or into the open, where the picker opens. */
export function useWiring({ document, canvas, flow }: CanvasTools) {
  return useMemo(() => {
    const isValidConnection: IsValidConnection<WireEdge> = (connection) => {
      const exit = exitOf(connection);
      const to = targetOf(connection);
      return (
        exit !== undefined &&
        to !== undefined &&
        whyNotConnect(document.store.getState().policy, exit, to) === undefined
      );
    };
    const connectOrSay = (exit: Exit, to: string): void => {
      const reason = whyNotConnect(document.store.getState().policy, exit, to);
      connectExit(document, exit, to);
      if (reason !== undefined)
        notifications.show({ id: 'canvas-refusal', color: 'orange', message: reason });
    };
    const onConnectEnd: OnConnectEnd = (event, state) => {
      const { fromHandle } = state;
      if (state.isValid === true || fromHandle?.type !== 'source' || fromHandle.id == null) return;
      const exit = exitAt(fromHandle.nodeId, fromHandle.id);
      const client = 'clientX' in event ? event : event.changedTouches[0];
      if (client === undefined || document.store.getState().readOnly) return;
      const point = { x: client.clientX, y: client.clientY };
      const under = nodeUnder(point) ?? state.toNode?.id;
      if (under !== undefined && under !== fromHandle.nodeId) {
        const to = enteredAt(document, under);
        if (to === undefined) {
          const message = 'Requests enter this group at several nodes, or at none. Unfold it to choose one.';
          notifications.show({ id: 'canvas-refusal', color: 'orange', message });
        } else connectOrSay(exit, to);
      }
      if (under !== undefined) return;
      const root = globalThis.document.querySelector('[data-policy-canvas] .react-flow');
      if (root === null) return;
      const { x, y } = flow.screenToFlowPosition(point);
      canvas.setState({
        open: {
          kind: 'add',
          spot: { kind: 'exit', exit, at: [x, y - card.header / 2] },
          at: pointInCanvas(root, point),
        },
      });
    };
    return {
      isValidConnection,
      onConnect: (connection: Connection): void => {
        const exit = exitOf(connection);
        const to = targetOf(connection);
        if (exit !== undefined && to !== undefined) connectOrSay(exit, to);
      },
      onConnectEnd,
      onReconnect: (edge: WireEdge, connection: Connection): void => {
        const exit = exitOf(connection);
        const to = targetOf(connection);
        if (exit !== undefined && to !== undefined) reconnectExit(document, exitOfEdge(edge.id), exit, to);
      },
    };
  }, [document, canvas, flow]);
}

function exitOf(connection: Connection | WireEdge): Exit | undefined {
  return connection.sourceHandle == null ? undefined : exitAt(connection.source, connection.sourceHandle);
}

/** A folded group's handles carry the exit they stand for. */
function exitAt(node: string, handle: string): Exit {
  return isMark(node) ? exitOfEdge(handle) : { node, port: handle };
}

/** The node a wire ends at: a folded group's entrances carry theirs. */
function targetOf({ target, targetHandle }: Connection | WireEdge): string | undefined {
  if (!isMark(target)) return target;
  return targetHandle?.startsWith('in:') === true ? targetHandle.slice(3) : undefined;
}

/** The node meant by a drop onto a card: of a folded group the one that requests enter at, where there is just one. */
function enteredAt({ store }: PolicyDocument, id: string): string | undefined {
  const { policy } = store.getState();
  const mark = markIn(policy, id);
  if (mark === undefined) return id;
  if (mark.kind === 'note') return undefined;
  const [first, second] = boundaryOf(policy, mark.id).ins;
  return second === undefined ? first?.node : undefined;
}

function nodeUnder({ x, y }: { readonly x: number; readonly y: number }): string | undefined {
  const node = globalThis.document
    .elementsFromPoint(x, y)
    .map((element) => element.closest('.react-flow__node-card, .react-flow__node-fold'))
    .find((element) => element !== null);
  return node?.getAttribute('data-id') ?? undefined;
}
