import { defineSignal } from './define-signal.ts';

export const agentSignals = [
  defineSignal({
    name: 'agent.turn',
    valueType: 'int',
    unit: 'rounds',
    meaning: 'Rounds of tool calls since the user last spoke; 0 when the user spoke last.',
    examples: ['10'],
    measure: ({ agent }) => agent.turn,
  }),
  defineSignal({
    name: 'agent.tool_results',
    valueType: 'int',
    unit: 'results',
    meaning: 'Results of tools in the conversation.',
    examples: ['0'],
    measure: ({ agent }) => agent.results,
  }),
  defineSignal({
    name: 'agent.last_tool_failed',
    valueType: 'bool',
    meaning: 'Whether the latest result of a tool says that it failed, or reads so.',
    measure: ({ agent }) => agent.failuresInRow > 0,
  }),
  defineSignal({
    name: 'agent.tool_failures',
    valueType: 'int',
    unit: 'results',
    meaning: 'Failed results of tools in a row up to the latest; 0 when that one is good.',
    examples: ['3'],
    measure: ({ agent }) => agent.failuresInRow,
  }),
  defineSignal({
    name: 'agent.sub_agent',
    valueType: 'bool',
    meaning: 'Whether the client marks the request as a sub-agent’s: Claude Code, Codex and OpenCode do.',
    measure: ({ request }) => request.subAgent,
  }),
] as const;
