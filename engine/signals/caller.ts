import { defineSignal } from './define-signal.ts';

const anywhere: readonly string[] = Object.freeze([]);

export const callerSignals = [
  defineSignal({
    name: 'caller.key',
    valueType: 'string',
    meaning: 'Id of the key the request came with.',
    measure: ({ caller }) => caller.key,
  }),
  defineSignal({
    name: 'caller.team',
    valueType: 'string',
    meaning: 'Team the key belongs to.',
    examples: ['search', 'support'],
    measure: ({ caller }) => caller.team,
  }),
  defineSignal({
    name: 'caller.project',
    valueType: 'string',
    meaning: 'Project the key belongs to.',
    measure: ({ caller }) => caller.project,
  }),
  defineSignal({
    name: 'caller.tags',
    valueType: 'string_list',
    meaning: 'Tags of the key.',
    examples: ['batch'],
    measure: ({ caller }) => caller.tags,
  }),
  defineSignal({
    name: 'caller.retention',
    valueType: 'string',
    meaning:
      '`zero` when the key or its team may only reach models that keep nothing of a request; else `retains`.',
    examples: ['zero', 'retains'],
    measure: ({ caller }) => (caller.zeroRetention === true ? 'zero' : 'retains'),
  }),
  defineSignal({
    name: 'caller.regions',
    valueType: 'string_list',
    meaning: 'Regions that the key may reach; empty where it may reach any.',
    examples: ['eu'],
    measure: ({ caller }) => caller.regions ?? anywhere,
  }),
  defineSignal({
    name: 'caller.user',
    valueType: 'string',
    meaning: 'The end user, as the client names them; empty when it does not.',
    personal: true,
    measure: ({ request }) => request.user,
  }),
] as const;
