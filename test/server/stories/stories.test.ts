import { describe, expect, it } from 'vitest';
import type { BudgetShape } from '#server/contract/budget-shape.ts';
import { budgetFrom } from '#server/governance/budgets/read-budget.ts';
import { makeGovernance } from '#server/governance/make-governance.ts';
import { aKeyDirectory, testCaller, testSecret } from '../support/fakes.ts';
import { sendJson } from '../support/servers.ts';
import { aCompletion } from '../support/wire.ts';
import { aStory, failing, says, targetOf, well } from './a-story.ts';

const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,aGk=' } };

describe('by task', () => {
  it('code goes to the strong model, small talk to the small one', async () => {
    const { ask } = await aStory('support');
    const code = 'Write a Python function that parses a CSV file and raises a ValueError on a bad row.';
    expect(await targetOf(ask(says(code)))).toBe('anthropic/claude-opus-5');
    expect(await targetOf(ask(says('hi, how are you doing today?')))).toBe('openai/gpt-5-mini');
  });
});

describe('by context size', () => {
  it('a long document goes to the large window, the same question without it does not', async () => {
    const { ask } = await aStory('support');
    const question = 'How are you doing today?';
    expect(await targetOf(ask(says(`${'lorem ipsum dolor '.repeat(30_000)} ${question}`)))).toBe(
      'google/gemini-3.6-flash',
    );
    expect(await targetOf(ask(says(question)))).toBe('openai/gpt-5-mini');
  });
});

describe('cheapest capable', () => {
  it('whatever anybody can do goes to the cheapest; what it fails at, to the next', async () => {
    const { ask, turn, calls } = await aStory('cheapest-capable');
    expect(await targetOf(ask())).toBe('groq/llama-3.1-8b-instant');
    turn('groq', failing(500));
    expect(await targetOf(ask())).toBe('mistral/mistral-small-latest');
    expect(calls).toEqual([
      'groq/llama-3.1-8b-instant',
      'groq/llama-3.1-8b-instant',
      'mistral/mistral-small-latest',
    ]);
  });

  it('says which requirement nobody meets, and calls nobody', async () => {
    const { ask, calls, context } = await aStory('cheapest-capable', { maxBodyBytes: 30_000_000 });
    const response = await ask(says('lorem ipsum dolor '.repeat(900_000)));
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      error: {
        code: 'no_capable_candidate',
        message: expect.stringContaining('Of 7: 7 no room for the context.'),
      },
    });
    expect(calls).toEqual([]);
    expect(await context.log.next()).toMatchObject({
      'outcome.status': 'refused',
      'outcome.error': 'no_capable_candidate',
    });
  });
});

describe('an image', () => {
  it('never reaches a model that cannot see, whatever it costs and whoever is down', async () => {
    const { ask, turn, calls } = await aStory('cheapest-capable');
    const look = says([{ type: 'text', text: 'What is this?' }, image]);
    expect(await targetOf(ask(look))).toBe('mistral/mistral-small-latest');
    for (const vendor of ['mistral', 'openai']) turn(vendor, failing(503));
    await targetOf(ask(look));
    const blind = ['groq/llama-3.1-8b-instant', 'deepseek/deepseek-v4-pro'];
    expect(calls.filter((call) => blind.includes(call))).toEqual([]);
    expect(calls.length).toBeGreaterThan(2);
  });
});

describe('fastest healthy', () => {
  const measured = { outcome: 'served', outputTokens: 100, writingMs: 500 } as const;

  it('the one that was fastest lately answers, until it fails too often', async () => {
    const { ask, turn, calls, context } = await aStory('fastest');
    const { health } = context.live;
    health.report('google/gemini-3.5-flash', { ...measured, firstTokenMs: 100 });
    health.report('openai/gpt-5.4-mini', { ...measured, firstTokenMs: 600 });
    health.report('groq/openai/gpt-oss-120b', { ...measured, firstTokenMs: 2_000 });
    health.report('cerebras/gpt-oss-120b', { ...measured, firstTokenMs: 2_500 });
    expect(await targetOf(ask())).toBe('google/gemini-3.5-flash');
    turn('google', failing(500));
    for (let request = 0; request < 8; request += 1)
      expect(await targetOf(ask())).toBe('openai/gpt-5.4-mini');
    calls.length = 0;
    expect(await targetOf(ask())).toBe('openai/gpt-5.4-mini');
    expect(calls).toEqual(['openai/gpt-5.4-mini']);
  });
});

describe('a budget', () => {
  it('at 80 % degrades to a small model with a shorter answer', async () => {
    const story = await aStory('budget');
    const { context, turn, ask, asked } = story;
    const budget: BudgetShape = {
      id: 'team',
      scope: { team: testCaller.team },
      usd: 1,
      window: 'month',
      kind: 'calendar',
      zone: 'UTC',
      enforcement: 'hard',
      when_store_down: 'refuse',
    };
    const { store, log, catalogue, clock, logger, config } = context;
    const file = { ...config.file, budgets: [budgetFrom(budget)] };
    const governance = makeGovernance({ store, log, file, catalogue, clock, logger });
    await governance.ready();
    Object.assign(context, { governance });
    expect(await targetOf(ask())).toBe('openai/gpt-5.5');
    // 170,000 tokens at five dollars a million: 85 cents of the dollar.
    turn('openai', (res) => {
      const usage = { prompt_tokens: 170_000, completion_tokens: 0, total_tokens: 170_000 };
      sendJson(res, 200, { ...aCompletion(), usage });
    });
    await targetOf(ask());
    turn('openai', well);
    const response = await ask({ max_tokens: 9_000 });
    expect(response.headers.get('x-waybill-path')).toBe('spent:much>modest:to>small');
    expect(response.headers.get('x-waybill-target')).toBe('openai/gpt-5-mini');
    expect(asked.at(-1)?.body).toContain('2000');
  });
});

describe('a conversation', () => {
  it('stays on its model while the prompt cache is warm there, and a new one begins where it is cheapest', async () => {
    const { ask, turn, wait } = await aStory('assistant');
    const usage = { prompt_tokens: 60_000, completion_tokens: 20, total_tokens: 60_020 };
    for (const vendor of ['openai', 'google', 'anthropic'])
      turn(vendor, (res) => sendJson(res, 200, { ...aCompletion(), usage }));
    const long = says('lorem ipsum dolor '.repeat(14_000));
    const session = { 'x-waybill-session': 's-1' };
    turn('openai', failing(500));
    expect(await targetOf(ask(long, session))).toBe('google/gemini-3.8-flash');
    turn('openai', (res) => sendJson(res, 200, { ...aCompletion(), usage }));
    // The failure is forgotten, the cache is not.
    wait(240_000);
    expect(await targetOf(ask(long, session))).toBe('google/gemini-3.8-flash');
    expect(await targetOf(ask(long, { 'x-waybill-session': 's-2' }))).toBe('openai/gpt-5-mini');
    wait(600_000);
    expect(await targetOf(ask(long, session))).toBe('openai/gpt-5-mini');
  });
});

describe('an agent whose tools fail', () => {
  const call = (id: string) => ({
    role: 'assistant',
    content: null,
    tool_calls: [{ id, type: 'function', function: { name: 'run', arguments: '{}' } }],
  });
  const result = (id: string, content: string) => ({ role: 'tool', tool_call_id: id, content });
  const tools = [{ type: 'function', function: { name: 'run', parameters: { type: 'object' } } }];
  const turns = (...results: string[]) => ({
    tools,
    messages: [
      { role: 'user', content: 'Fix the build.' },
      ...results.flatMap((text, index) => [call(`c${index}`), result(`c${index}`, text)]),
    ],
  });

  it('gets a strong model with effort after the second failure in a row, and the everyday one before', async () => {
    const { ask, asked } = await aStory('agents');
    expect(await targetOf(ask(turns('done')))).toBe('anthropic/claude-sonnet-5');
    expect(await targetOf(ask(turns('Error: command failed with exit code 1')))).toBe(
      'anthropic/claude-sonnet-5',
    );
    const stuck = turns('Error: command failed with exit code 1', 'Error: command failed with exit code 1');
    expect(await targetOf(ask(stuck))).toBe('anthropic/claude-opus-5');
    expect(JSON.parse(asked.at(-1)?.body ?? '')).toMatchObject({ reasoning_effort: 'high' });
  });
});

describe('a zero-retention team', () => {
  const zero = { [testSecret]: { ...testCaller, zeroRetention: true } };
  const secret = 'sk-proj-a1B2c3D4e5F6g7H8i9J0k1L2';

  it('reaches only who keeps nothing, without its secrets', async () => {
    const { ask, calls, asked } = await aStory('zero-retention', {
      keys: aKeyDirectory(zero),
      providers: { anthropic: { retention: 'zero' }, openai: { retention: 'retains' } },
    });
    expect(await targetOf(ask(says(`Why does ${secret} not work?`)))).toBe('anthropic/claude-sonnet-5');
    expect(calls).toEqual(['anthropic/claude-sonnet-5']);
    expect(asked[0]?.body).toContain('[secret]');
    expect(asked[0]?.body).not.toContain(secret);
  });

  it('is told no where nobody promises it: unknown counts as kept', async () => {
    const { ask, calls } = await aStory('zero-retention', { keys: aKeyDirectory(zero) });
    const response = await ask();
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('Of 4: 4 may retain.');
    expect(calls).toEqual([]);
  });

  it('leaves all others on the usual way', async () => {
    const { ask } = await aStory('zero-retention');
    expect(await targetOf(ask())).toBe('openai/gpt-5-mini');
  });
});

describe('a canary', () => {
  it('takes about one user in twenty, and each stays where they are', async () => {
    const { ask, calls } = await aStory('canary');
    const armOf = async (user: number) =>
      (await targetOf(ask({}, { 'x-waybill-user': `user-${user}` }))) === 'openai/gpt-5.6-terra';
    const first: boolean[] = [];
    const again: boolean[] = [];
    for (let user = 0; user < 120; user += 1) first.push(await armOf(user));
    for (let user = 119; user >= 0; user -= 1) again.unshift(await armOf(user));
    expect(again).toEqual(first);
    const canaries = first.filter(Boolean).length;
    expect(canaries).toBeGreaterThan(0);
    expect(canaries).toBeLessThan(20);
    expect(calls).toHaveLength(240);
  });

  it('falls back to what is proven when the candidate fails', async () => {
    const { ask, turn, calls } = await aStory('canary', {
      keys: aKeyDirectory({ [testSecret]: { ...testCaller, tags: ['tester'] } }),
    });
    turn('openai', (res, asked) => (asked.model.includes('terra') ? failing(500) : well)(res, asked));
    expect(await targetOf(ask())).toBe('openai/gpt-5.4');
    expect(calls).toEqual(['openai/gpt-5.6-terra', 'openai/gpt-5.4']);
  });
});
