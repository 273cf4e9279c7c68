import type { RequestHandler, Response } from 'express';
import { teamsWhere } from '../contract/index.ts';
import type { TrafficFeed } from '../telemetry/traffic-feed.ts';
import { principalOf } from './actor.ts';
import { requireSomewhere } from './require-in.ts';

const heartbeatMs = 15_000;
/** A listener that reads so slowly is cut off; its browser comes back by itself. */
const mostBuffered = 1024 * 1024;

/** Finished requests as server-sent events, to everybody who listens: to each those of the teams they may see. */
export interface TrafficStreams {
  readonly handler: RequestHandler;
  /** Ends every stream: they would hold a stopping server open for ever. */
  readonly endAll: () => void;
}

export function makeTrafficStreams(feed: TrafficFeed): TrafficStreams {
  const open = new Set<Response>();
  return {
    handler: (_, response) => {
      const principal = principalOf(response);
      requireSomewhere(principal, 'traffic.read');
      const teams = teamsWhere(principal, 'traffic.read');
      open.add(response);
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      });
      response.write(': listening\n\n');
      const stop = feed.subscribe((event) => {
        if (teams !== null && !teams.has(event.team)) return;
        if (response.writableLength > mostBuffered) response.destroy();
        else response.write(`event: record\nid: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`);
      });
      // Proxies and browsers drop a silent connection.
      const heartbeat = setInterval(() => response.write(': still here\n\n'), heartbeatMs);
      response.on('close', () => {
        open.delete(response);
        stop();
        clearInterval(heartbeat);
      });
    },
    endAll: () => {
      for (const response of open) response.end();
    },
  };
}
