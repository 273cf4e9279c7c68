import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { anAppAndBrowser } from './support/app-and-browser.ts';
import { draftOf } from './support/calls.ts';
import { holdBothToAxe } from './support/hold-to-axe.ts';
import { addByKey, thing as card, choose, edge, openEmptyPolicy } from './support/on-canvas.ts';

const here = anAppAndBrowser();

const draft = (id: string) => draftOf(here.url, id);
const saved = (id: string, node: string) => expect.poll(async () => (await draft(id)).nodes[node]);

const palette = (page: Page, kind: string) => page.locator(`[aria-label="Palette"] [data-kind="${kind}"]`);
const field = (page: Page, name: string) => page.locator(`[data-field="${name}"]`);

const mustBeClean = (page: Page, what: string) => holdBothToAxe(page, what, { seriousOnly: true });

describe('limit, transform, cascade and pool', () => {
  it('are drawn with the mouse, set, tested and published', async () => {
    const { page, id, errors } = await openEmptyPolicy(here);

    // Each click in the palette goes on behind the selected node's first open exit.
    await palette(page, 'limit').click();
    await card(page, 'limit').waitFor();
    await palette(page, 'cascade').click();
    await card(page, 'cascade').waitFor();
    await palette(page, 'pool').click();
    await card(page, 'best-of-several').waitFor();
    await card(page, 'best-of-several').filter({ hasText: 'Cheapest of 3 models' }).waitFor();
    await card(page, 'limit').filter({ hasText: '100 requests/min per team' }).waitFor();

    // The open exits get models, by a click on them.
    await card(page, 'cascade').locator('.react-flow__handle[data-handleid="then"]').click();
    await page.getByRole('combobox', { name: 'Add a node' }).fill('claude-opus-4-5');
    await page
      .getByRole('option', { name: /^anthropic\/claude-opus-4-5 / })
      .first()
      .click();
    await card(page, 'limit').locator('.react-flow__handle[data-handleid="over"]').click();
    await page.getByRole('combobox', { name: 'Add a node' }).fill('gpt-5-nano');
    await page
      .getByRole('option', { name: /^openai\/gpt-5-nano / })
      .first()
      .click();
    // A transform goes into an edge, by its plus.
    await edge(page, 'limit:within').hover({ force: true });
    await page.locator('[data-insert="limit:within"]').click({ force: true });
    await page.getByRole('option', { name: /^Transform/ }).click();
    await saved(id, 'transform').toMatchObject({ kind: 'transform', to: 'cascade' });

    // The drawing is wider than its view by now.
    await page.getByRole('button', { name: 'Show everything (1)' }).click();
    await setLimit(page, id);
    await setTransform(page, id);
    await setCascade(page, id);
    await setPool(page, id);
    await mustBeClean(page, 'the settings of a pool');
    await testRequest(page);
    await mustBeClean(page, 'a tested pool');
    await publish(page);
    expect(errors).toEqual([]);
  });

  it('are drawn with the keyboard alone, and a pool’s candidates put in order', async () => {
    const { page, id, errors } = await openEmptyPolicy(here);
    await addByKey(page, 'limit', 'limit');
    await addByKey(page, 'transform', 'transform');
    await addByKey(page, 'cascade', 'cascade');
    await addByKey(page, 'pool', 'best-of-several');
    await expect
      .poll(() => card(page, 'best-of-several').getAttribute('aria-label'))
      .toMatch(/^Pool “Best of several”, Cheapest of 3 candidates/);

    // Into the settings, past the name and the note, to the first candidate; the grip moves it down.
    await page.keyboard.press('Enter');
    await page.getByLabel('Name', { exact: true }).waitFor();
    await page.getByRole('button', { name: /^Move openai\/gpt-5-mini, 1 of 3/ }).focus();
    await page.keyboard.press('ArrowDown');
    await saved(id, 'best-of-several').toMatchObject({
      candidates: ['anthropic/claude-haiku-4-5', 'openai/gpt-5-mini', 'google/gemini-2.5-flash'],
    });
    const candidate = page.getByRole('combobox', { name: 'Add a candidate' });
    const found = page.getByRole('option').filter({ hasText: 'mistral/' });
    await expect
      .poll(
        async () => {
          await candidate.focus();
          await candidate.fill('');
          await page.keyboard.type('mistral/');
          return found.first().isVisible();
        },
        { interval: 1_000 },
      )
      .toBe(true);
    await page.keyboard.press('ArrowDown');
    await page.locator('[role="option"][data-combobox-selected]').waitFor();
    await page.keyboard.press('Enter');
    await saved(id, 'best-of-several').toMatchObject({ candidates: { length: 4 } });

    // One gesture was one step: two undos bring the first order back.
    await page.keyboard.press('Escape');
    await page.locator('.react-flow__node:focus').waitFor();
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await saved(id, 'best-of-several').toMatchObject({
      candidates: ['openai/gpt-5-mini', 'anthropic/claude-haiku-4-5', 'google/gemini-2.5-flash'],
    });
    expect(errors).toEqual([]);
  });
});

async function setLimit(page: Page, id: string): Promise<void> {
  await choose(page, 'limit');
  await page.getByRole('spinbutton', { name: 'At most' }).or(page.getByLabel('At most')).first().fill('5');
  await field(page, 'window').getByText('hour', { exact: true }).click();
  await field(page, 'window')
    .getByRole('status')
    .getByText('5 requests an hour, counted apart for each team.')
    .waitFor();
  await saved(id, 'limit').toMatchObject({ amount: 5, window: 'hour', per: 'caller.team' });
}

async function setTransform(page: Page, id: string): Promise<void> {
  await choose(page, 'transform');
  await page.getByLabel('Longest answer').fill('800');
  await page.getByLabel('Put before the system prompt').fill('Answer in English.');
  await saved(id, 'transform').toMatchObject({
    parameters: { max_output_tokens: 800 },
    system: 'Answer in English.',
  });
}

async function setCascade(page: Page, id: string): Promise<void> {
  await choose(page, 'cascade');
  await page.getByRole('checkbox', { name: /A model judges it good enough/ }).check();
  await page.getByLabel('It is asked').fill('Is it right?');
  await page.getByRole('checkbox', { name: /It is long enough/ }).uncheck();
  await saved(id, 'cascade').toMatchObject({
    accept: { no_refusal: true, judge: { target: 'openai/gpt-5-mini', question: 'Is it right?' } },
  });
  expect((await draft(id)).nodes.cascade).not.toHaveProperty('accept.min_characters');
}

async function setPool(page: Page, id: string): Promise<void> {
  await choose(page, 'best-of-several');
  await page.getByRole('combobox', { name: 'Add a candidate' }).fill('openai/gpt-4.1*');
  await page.getByRole('option', { name: /^openai\/gpt-4\.1\*/ }).click();
  await field(page, 'candidates')
    .first()
    .getByRole('status')
    .getByText(/^6 models, all reachable$/)
    .waitFor();
  await page.getByRole('button', { name: 'Show all 6 models' }).click();
  await expect
    .poll(() => page.getByRole('list', { name: 'Models of the pool' }).getByRole('listitem').count())
    .toBe(6);

  await field(page, 'objective').getByRole('combobox').click();
  await page.getByRole('option', { name: /balanced/ }).click();
  const slider = page.getByRole('slider', { name: 'Weight of cost' });
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('50 % of the score');
  await page.getByLabel('Quality at least').fill('5');
  await saved(id, 'best-of-several').toMatchObject({
    weights: { cost: 2, latency: 1, quality: 1 },
    floors: { quality: 5 },
  });
}

async function testRequest(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Test', exact: true }).click();
  await page.getByLabel('Message', { exact: true }).fill('What is the capital of Portugal?');
  await page.getByRole('combobox', { name: 'Dialect' }).click();
  await page.getByRole('option', { name: 'Google Gemini' }).click();
  await page.getByRole('button', { name: /^Run/ }).click();
  const decision = page.getByRole('region', { name: 'Decision' });
  const candidates = decision.getByRole('table', { name: /Candidates of Best of several/ });
  await candidates.waitFor();
  const first = async () =>
    (await candidates.locator('tr[data-place="first"] th span').first().textContent()) ?? '';
  const best = await first();
  expect(best).toMatch(/^[a-z]+\//);
  await expect.poll(() => card(page, 'best-of-several').locator('[data-tone="taken"]').count()).toBe(1);

  // Its breaker opens: the answer is marked as the one before, and after another run somebody else is first.
  await page.getByRole('button', { name: /^Pretend/ }).click();
  await page.getByRole('combobox', { name: 'The breaker is open for' }).click();
  await page.getByRole('option', { name: best, exact: true }).click();
  await decision.getByText('The request was changed since. Run it again.').waitFor();
  await page.getByRole('button', { name: /^Run/ }).click();
  await decision.getByText('The request was changed since. Run it again.').waitFor({ state: 'detached' });
  await expect.poll(first).not.toBe(best);
  await candidates.getByText('its breaker is open').waitFor();

  // The limit is used up: the request leaves by “over the limit”.
  await page.getByLabel('Used of “Limit”').fill('5');
  await page.getByRole('button', { name: /^Run/ }).click();
  await candidates.waitFor({ state: 'detached' });
  await expect.poll(() => card(page, 'gpt-5-nano').locator('[data-tone="taken"]').count()).toBe(1);

  // Everything as it is, in a conversation that is warm elsewhere: the arithmetic is told.
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.getByRole('combobox', { name: 'Conversation is at' }).click();
  await page.getByRole('option', { name: 'openai/gpt-5-mini', exact: true }).click();
  await page.getByRole('button', { name: /^Run/ }).click();
  await decision
    .getByText(/The conversation .*openai\/gpt-5-mini/)
    .first()
    .waitFor();
}

async function publish(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Publish…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /^Publish/ }).click();
  await page.getByText('Published, v1').waitFor();
}
