import { describe, expect, it } from 'vitest';
import {
  checkNamedSignals,
  hourOf,
  type Intake,
  measureSignals,
  type NamedSignals,
  type NeutralRequest,
  nameSignals,
  neutralMessage,
  neutralRequest,
  noLiveState,
  signalRegistry,
  weekdayOf,
} from '#engine/signals/index.ts';

const conversation: NeutralRequest = neutralRequest({
  dialect: 'openai-chat',
  model: 'auto',
  stream: true,
  messages: [
    neutralMessage({ role: 'system', text: 'You help with orders.' }),
    neutralMessage({ role: 'user', text: 'Where is my parcel?' }),
    neutralMessage({ role: 'assistant', text: 'Which order?' }),
    neutralMessage({ role: 'user', text: 'This one.', images: 2 }),
  ],
  tools: ['find_order', 'refund'],
  toolCharacters: 400,
  maxOutputTokens: null,
  jsonOutput: false,
  reasoningEffort: '',
  metadata: { plan: 'pro' },
  user: 'ada',
  session: '',
  bytes: 1_234,
});

function measure(request: Partial<NeutralRequest> = {}, different: Partial<Intake> = {}): NamedSignals {
  return nameSignals(
    measureSignals({
      request: { ...conversation, ...request },
      caller: { key: 'first', team: 'shop', project: 'orders', tags: ['eu'] },
      at: Date.UTC(2026, 10, 22, 14, 5),
      draw: 0.25,
      checksum: (text) => text.length,
      fingerprint: (text) => `#${text.length}:${text.slice(0, 12)}`,
      live: noLiveState(),
      task: { task: 'conversation', confidence: 0.8, difficulty: 0.2, scores: {} as never },
      ...different,
    }),
  );
}

describe('measuring signals', () => {
  it('measures every signal of every request', () => {
    expect(measure()).toMatchObject({
      'time.hour': 14,
      'time.weekday': 7,
      'request.messages': 4,
      'request.turns': 2,
      'request.tools': 2,
      'request.images': 2,
      'request.max_output_tokens': 0,
      'request.metadata': { plan: 'pro' },
      'caller.team': 'shop',
      'caller.user': 'ada',
      'task.label': 'conversation',
      draw: 0.25,
    });
    expect(Object.keys(measure()).length).toBe(signalRegistry.length);
  });

  it('keeps a session together as its conversation grows, and apart from another key’s', () => {
    const longer = [...conversation.messages, neutralMessage({ role: 'assistant', text: 'Found it.' })];
    expect(measure({ messages: longer })['session.id']).toBe(measure()['session.id']);
    const other = { caller: { key: 'second', team: 'shop', project: 'orders', tags: [] } };
    expect(measure({}, other)['session.id']).not.toBe(measure()['session.id']);
  });

  it('takes the session the client names', () => {
    expect(measure({ session: 'run-7' })['session.id']).toBe('run-7');
  });

  it('counts everything before the latest message as prefix', () => {
    const before = measure({ messages: conversation.messages.slice(0, -1) });
    expect(measure()['session.prefix_tokens']).toBe(before['request.input_tokens']);
  });

  it('holds no text of the request but what the client calls metadata, user and session', () => {
    const secret = 'parcel';
    const signals = measure({}, { fingerprint: () => '0123456789abcdef' });
    expect(JSON.stringify(signals)).not.toContain(secret);
  });
});

describe('the clock signals', () => {
  it('count hours and ISO weekdays in UTC, before 1970 too', () => {
    for (const at of [
      0,
      Date.UTC(2024, 1, 29, 23, 59),
      Date.UTC(1969, 6, 20, 20, 17),
      Date.UTC(2026, 10, 22),
    ]) {
      const date = new Date(at);
      expect(hourOf(at)).toBe(date.getUTCHours());
      expect(weekdayOf(at)).toBe(date.getUTCDay() === 0 ? 7 : date.getUTCDay());
    }
  });
});

describe('signals from JSON', () => {
  it('name what is unknown, what is of the wrong type, and what would be right', () => {
    const checked = checkNamedSignals({ 'request.tools': 1.5, 'request.toolz': 1, 'caller.tags': 'x' });
    expect(checked).toMatchObject({
      kind: 'bad',
      problems: [
        expect.stringContaining('"request.toolz" is not a signal'),
        '"request.tools" must be a whole number, not 1.5.',
        '"caller.tags" must be a list of texts, not "x".',
      ],
    });
  });

  it('leave what is not named unknown', () => {
    expect(checkNamedSignals({ draw: 0.5 }).kind).toBe('ok');
  });
});
