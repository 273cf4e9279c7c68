import { models, type Thresholds } from './routing-policy.ts';

/** The bench policy as GoRules draws it: the same twelve nodes, answering with the targets in order. */
export function zenPolicy({ long, evening, turns, confidence }: Thresholds): object {
  const sure = (label: string) => `task.label == '${label}' and task.confidence >= ${confidence}`;
  const nodes = [
    { id: 'in', type: 'inputNode', name: 'in' },
    pick('task', [
      ['code', sure('code')],
      ['math', sure('math_reasoning')],
      ['summary', sure('summarization')],
      ['translation', sure('translation')],
      ['writing', sure('creative_writing')],
      ['otherwise', ''],
    ]),
    ask('tools', 'request.tools > 0'),
    ask('size', `request.input_tokens > ${long}`),
    ask('team', "caller.team == 'search'"),
    ask('hour', `time.hour >= ${evening}`),
    ask('turns', `request.turns > ${turns}`),
    answer('strong', [models.opus, models.large]),
    answer('window', [models.flash, models.large]),
    answer('small', [models.small]),
    { id: 'out', type: 'outputNode', name: 'out' },
  ];
  const edges = [
    edge('in', 'task'),
    edge('task', 'tools', 'code'),
    edge('task', 'strong', 'math'),
    edge('task', 'size', 'summary'),
    edge('task', 'small', 'translation'),
    edge('task', 'team', 'writing'),
    edge('task', 'size', 'otherwise'),
    ...fork('tools', 'strong', 'turns'),
    ...fork('size', 'window', 'team'),
    ...fork('team', 'window', 'hour'),
    ...fork('hour', 'small', 'turns'),
    ...fork('turns', 'strong', 'small'),
    edge('strong', 'out'),
    edge('window', 'out'),
    edge('small', 'out'),
  ];
  return { contentType: 'application/vnd.gorules.decision', nodes, edges };
}

function pick(id: string, ways: readonly (readonly [string, string])[]) {
  const statements = ways.map(([way, condition]) => ({
    id: `${id}-${way}`,
    condition,
    isDefault: condition === '',
  }));
  return { id, type: 'switchNode', name: id, content: { hitPolicy: 'first', statements } };
}

function ask(id: string, when: string) {
  return pick(id, [
    ['yes', when],
    ['no', ''],
  ]);
}

function answer(id: string, targets: readonly string[]) {
  const value = `[${targets.map((target) => `'${target}'`).join(', ')}]`;
  return {
    id,
    type: 'expressionNode',
    name: id,
    content: { expressions: [{ id: `${id}-1`, key: 'targets', value }] },
  };
}

let edges = 0;

function edge(sourceId: string, targetId: string, way?: string) {
  edges += 1;
  const handle = way === undefined ? {} : { sourceHandle: `${sourceId}-${way}` };
  return { id: `e${edges}`, type: 'edge', sourceId, targetId, ...handle };
}

function fork(from: string, yes: string, no: string) {
  return [edge(from, yes, 'yes'), edge(from, no, 'no')];
}
