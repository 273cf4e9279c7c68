import { notifications } from '@mantine/notifications';
import type { Connection, IsValidConnection, OnConnectEnd } from '@xyflow/react';
import { useMemo } from 'react';
import { card, connectExit, type Exit, exitOfEdge, reconnectExit, whyNotConnect } from '../document/index.ts';
import type { CanvasTools } from './canvas-tools.ts';
import type { WireEdge } from './flow.ts';
import { pointInCanvas } from './open-at.ts';

/** Drawing edges with the mouse: onto an entrance, onto a whole node, or into the open, where the picker opens. */
export function useWiring({ document, canvas, flow }: CanvasTools) {
  return useMemo(() => {
    const isValidConnection: IsValidConnection<WireEdge> = (connection) => {
      const exit = exitOf(connection);
      return (
        exit !== undefined &&
        whyNotConnect(document.store.getState().policy, exit, connection.target) === undefined
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
      const exit = { node: fromHandle.nodeId, port: fromHandle.id };
      const client = 'clientX' in event ? event : event.changedTouches[0];
      if (client === undefined || document.store.getState().readOnly) return;
      const point = { x: client.clientX, y: client.clientY };
      const under = nodeUnder(point) ?? state.toNode?.id;
      if (under !== undefined) {
        if (under !== exit.node) connectOrSay(exit, under);
        return;
      }
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
        if (exit !== undefined) connectOrSay(exit, connection.target);
      },
      onConnectEnd,
      onReconnect: (edge: WireEdge, connection: Connection): void => {
        const exit = exitOf(connection);
        if (exit !== undefined) reconnectExit(document, exitOfEdge(edge.id), exit, connection.target);
      },
    };
  }, [document, canvas, flow]);
}

function exitOf(connection: Connection | WireEdge): Exit | undefined {
  return connection.sourceHandle == null
    ? undefined
    : { node: connection.source, port: connection.sourceHandle };
}

function nodeUnder({ x, y }: { readonly x: number; readonly y: number }): string | undefined {
  const node = globalThis.document
    .elementsFromPoint(x, y)
    .map((element) => element.closest('.react-flow__node'))
    .find((element) => element !== null);
  return node?.getAttribute('data-id') ?? undefined;
}
