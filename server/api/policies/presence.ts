import type { calls } from '../../contract/index.ts';
import type { Handler } from '../handler.ts';
import type { Installation } from '../installation.ts';
import { findPolicy } from './policies.ts';

const staysMs = 15_000;
/** More than this at one policy is no longer news, and bounds what strangers can make us keep. */
const mostTabs = 50;

interface Seen {
  readonly who: string;
  readonly node: string | null;
  readonly atMs: number;
}
type Tabs = Map<string, Seen>;

/** Who has which draft open: by policy, then tab. In this process only; gateways beside it do not know. */
const desks = new WeakMap<Installation['store'], Map<string, Tabs>>();

export const notePresence: Handler<typeof calls.notePresence> = ({ params, body, actor }, installation) => {
  const { store, clock } = installation;
  const { revision } = findPolicy(store.read(), params.id);
  const nowMs = clock();
  const tabs = tabsAt(store, params.id);
  for (const [tab, { atMs }] of tabs) if (nowMs - atMs > staysMs) tabs.delete(tab);
  const others = [...tabs].filter(([tab]) => tab !== body.tab);
  if (body.leaving) tabs.delete(body.tab);
  else if (others.length < mostTabs) tabs.set(body.tab, { who: actor, node: body.node, atMs: nowMs });
  return {
    revision,
    others: others.map(([tab, { who, node }]) => ({ tab, who, isYou: who === actor, node })),
  };
};

function tabsAt(store: Installation['store'], policy: string): Tabs {
  const desk = desks.get(store) ?? new Map<string, Tabs>();
  desks.set(store, desk);
  const tabs = desk.get(policy) ?? new Map<string, Seen>();
  desk.set(policy, tabs);
  return tabs;
}
