import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { classifyTask } from '#engine/classify/index.ts';
import { type Dialect, type Intake, measureSignals, noLiveState } from '#engine/signals/index.ts';
import { dialects, isWireObject } from '#server/dialects/index.ts';
import { checksumOf } from '#server/gateway/checksum.ts';
import { median, printTable } from './print-table.ts';

const rounds = 15;
const goal = 1;

/** What measuring every signal of a request costs, beside what parsing its body costs anyway. */
export async function run(): Promise<void> {
  const rows = [
    ['chat', 'openai-chat', chatBody(), 20_000] as const,
    ['coding agent', 'anthropic-messages', agentBody(), 600] as const,
  ].flatMap(([name, dialect, body, times]) => rowsOf(name, dialect, body, times));
  printTable(['one thread, medians', 'kB', 'µs a request', 'times JSON.parse'], rows);
  console.log(
    `\n  Signals: everything but the classifier, from the neutral request. Goal: at most ${goal} × JSON.parse.`,
  );
}

function rowsOf(
  name: string,
  dialect: Dialect,
  body: string,
  times: number,
): readonly (readonly [string, number, number, number])[] {
  const wire: unknown = JSON.parse(body);
  if (!isWireObject(wire)) throw new Error('The body is a JSON object.');
  const hints = { bytes: body.length, session: '', user: '' };
  const read = dialects[dialect].readRequest(wire, hints);
  if (read.kind === 'bad') throw new Error(read.message);
  const { messages, tools } = read.request;
  const asked = messages.findLast(({ role }) => role === 'user')?.text ?? '';
  const system = messages.find(({ role }) => role === 'system')?.text ?? '';
  const shape = { text: asked, system, tools: tools.length, images: 0, messages: messages.length };
  const intake: Intake = {
    request: read.request,
    caller: { key: 'k', team: 't', project: 'p', tags: [] },
    at: 1_790_000_000_000,
    draw: 0.5,
    fingerprint: (text) => hash('sha256', `0123456789abcdef0123456789abcdef\n${text}`).slice(0, 16),
    checksum: checksumOf,
    task: classifyTask(shape),
    live: noLiveState(['openai']),
  };
  const steps: readonly (readonly [string, () => unknown])[] = [
    ['JSON.parse', () => JSON.parse(body)],
    ['neutral request', () => dialects[dialect].readRequest(wire, hints)],
    ['signals', () => measureSignals(intake)],
    ['classifier', () => classifyTask(shape)],
  ];
  const micros = timeSteps(steps, times);
  const floor = micros[0] ?? 1;
  return steps.map(([step], index) => {
    const own = micros[index] ?? 0;
    return [`${name}: ${step}`, body.length / 1_000, own, own / floor] as const;
  });
}

/** Medians over rounds in which the steps take turns, so that a busy machine slows all of them alike. */
function timeSteps(steps: readonly (readonly [string, () => unknown])[], times: number): readonly number[] {
  const measured: number[][] = steps.map(() => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, [, act]] of steps.entries()) {
      let sink = 0;
      const start = process.hrtime.bigint();
      for (let time = 0; time < times; time += 1) sink += act() === undefined ? 0 : 1;
      const micros = Number(process.hrtime.bigint() - start) / times / 1_000;
      if (sink !== times) throw new Error('Every step answers.');
      if (round > 0) measured[index]?.push(micros);
    }
  }
  return measured.map(median);
}

/** About 2 kB: a system prompt and three turns. */
function chatBody(): string {
  return JSON.stringify({
    model: 'auto',
    messages: [
      {
        role: 'system',
        content: 'You help the customers of a small shop for lamps. Be brief and kind. '.repeat(6),
      },
      {
        role: 'user',
        content: 'Hello! I ordered two lamps last week and only one of them has arrived so far. '.repeat(7),
      },
      {
        role: 'assistant',
        content: 'I am sorry to hear that. Could you give me the number of your order, please?',
      },
      {
        role: 'user',
        content: `It is 83441, ordered on 12 November by ada@example.com. ${'Nobody was at home on that day. '.repeat(14)}Can you tell me when the second one comes?`,
      },
    ],
    temperature: 0.7,
    stream: true,
  });
}

/** About 80 kB as a coding agent sends them: a long system prompt, many tools, and files of this repository read by a tool. */
function agentBody(): string {
  const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  const guide = `${file('engine/signals/README.md')}${file('server/gateway/README.md')}`.slice(0, 14_000);
  const read = [
    'engine/signals/record.ts',
    'engine/expression/lower.ts',
    'engine/expression/rows.ts',
    'server/gateway/reply.ts',
    'engine/simulate/column-test.ts',
  ];
  const numbered = (text: string) =>
    text
      .split('\n')
      .map((line, index) => `${String(index + 1).padStart(6)}→${line}`)
      .join('\n');
  const turns = read.flatMap((path, index) => [
    {
      role: 'assistant',
      content: [
        { type: 'text', text: `Let me look at ${path}.` },
        { type: 'tool_use', id: `toolu_${index}`, name: 'Read', input: { file_path: `/home/ada/${path}` } },
      ],
    },
    {
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: `toolu_${index}`, content: numbered(file(path)) }],
    },
  ]);
  const tools = Array.from({ length: 16 }, (_, index) => ({
    name: `Tool${index}`,
    description: guide.slice(index * 200, index * 200 + 1_500),
    input_schema: {
      type: 'object',
      properties: {
        file_path: { type: 'string', description: 'The absolute path of the file' },
        offset: { type: 'number', description: 'The line to start from' },
        limit: { type: 'number' },
      },
      required: ['file_path'],
      additionalProperties: false,
    },
  }));
  return JSON.stringify({
    model: 'claude-sonnet-5',
    max_tokens: 32_000,
    system: [
      { type: 'text', text: 'You are a coding agent.' },
      { type: 'text', text: guide },
    ],
    tools,
    messages: [{ role: 'user', content: 'Fix the failing test in the gateway, please.' }, ...turns],
    stream: true,
    metadata: { user_id: 'user_1_account__session_0b1c2d3e-1111-2222-3333-444455556666' },
  });
}
