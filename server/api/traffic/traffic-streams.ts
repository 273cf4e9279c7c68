import type { RequestHandler, Response } from 'express';
import { teamsWhere } from '../../contract/index.ts';
import { accountById, needsSignIn, stateOf } from '../../governance/people/accounts.ts';
import { hasEnded } from '../../governance/people/sessions.ts';
import type { Configuration } from '../../store/config-store.ts';
import { principalOf } from '../actor.ts';
import type { Installation } from '../installation.ts';
import { requireSomewhere } from '../require-in.ts';
import { type Entry, entryOf } from '../visit.ts';

const heartbeatMs = 15_000;
/** A listener that reads so slowly is cut off; its browser comes back by itself. */
const mostBuffered = 1024 * 1024;

/** Finished requests as server-sent events, to everybody who listens: to each those of the teams they may see. */
export interface TrafficStreams {
  readonly handler: RequestHandler;
  /** Ends every stream: they would hold a stopping server open for ever. */
  readonly endAll: () => void;
}

export function makeTrafficStreams({
  feed,
  store,
  clock,
}: Pick<Installation, 'feed' | 'store' | 'clock'>): TrafficStreams {
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
      const entry = entryOf(response);
      const endIfOut = () => {
        if (!isStillIn(entry, store.read(), clock())) response.end();
      };
      const stopWatching = store.subscribe(endIfOut);
      const stop = feed.subscribe((event) => {
        if (teams !== null && !teams.has(event.team)) return;
        if (response.writableLength > mostBuffered) response.destroy();
        else response.write(`event: record\nid: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`);
      });
      // Proxies and browsers drop a silent connection.
      const heartbeat = setInterval(() => {
        endIfOut();
        if (!response.writableEnded) response.write(': still here\n\n');
      }, heartbeatMs);
      response.on('close', () => {
        open.delete(response);
        stop();
        stopWatching();
        clearInterval(heartbeat);
      });
    },
    endAll: () => {
      for (const response of open) response.end();
    },
  };
}

/**
 * Whether whoever opened a stream would be let in again with the same rights: a session that was ended, a role that was
 * taken and an owner who came meanwhile end it, and the browser asks anew.
 */
function isStillIn(entry: Entry, state: Configuration, now: number): boolean {
  if (entry.kind === 'open') return !needsSignIn(state);
  if (entry.kind !== 'account') return true;
  const session = state.sessions.find(({ id }) => id === entry.session.id);
  const account = accountById(state, entry.account.id);
  if (session === undefined || account === undefined || hasEnded(session, now)) return false;
  return (
    stateOf(account) === 'active' && JSON.stringify(account.grants) === JSON.stringify(entry.account.grants)
  );
}
