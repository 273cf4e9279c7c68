import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anAppAndBrowser } from './support/app-and-browser.ts';
import { startSample } from './support/first-start.ts';
import { holdToAxe as holdTo, wcag21 } from './support/hold-to-axe.ts';
import type { Look } from './support/open-browser.ts';
import { aSignOnProvider, type SignOnProvider } from './support/sign-on-provider.ts';

let provider: SignOnProvider;

const here = anAppAndBrowser(() => startSample({ WAYBILL_ALLOW_PRIVATE_UPSTREAMS: 'on' }));
beforeAll(async () => {
  provider = await aSignOnProvider({
    callback: `${here.url}/api/sign-on/callback`,
    people: { mary: { name: 'Mary Somerville', email: 'mary@example.com', groups: ['finance'] } },
  });
});
afterAll(() => provider?.close());

const ada = { name: 'Ada Lovelace', email: 'ada@example.com', password: 'weaves algebraical patterns' };
const grace = { name: 'Grace Hopper', email: 'grace@example.com', password: 'nanoseconds of copper wire' };

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const room = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Waybill' }).getByRole('link', { name, exact: true });

async function choosePassword(page: Page, password: string): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('The same password again').fill(password);
}

const holdToAxe = (page: Page, where: string) => holdTo(page, where, { rules: wcag21 });

/** What a canvas shows of a node, drawn over and over until it is there. */
const card = (page: Page, text: string) => page.locator('.react-flow__node', { hasText: text });

describe('people', () => {
  let owner: Page;
  let editor: Page;
  const opened = async (path: string, look?: Look) => (await here.open(path, look)).page;

  it('begin with an owner, after whom the studio asks everybody to sign in', async () => {
    owner = await opened('/people');
    const form = owner.getByRole('form', { name: 'Create the owner account' });
    await form.getByLabel('Name').fill(ada.name);
    await form.getByLabel('E-mail').fill(ada.email);
    await choosePassword(owner, ada.password);
    await button(owner, 'Create the owner account').click();
    await owner
      .getByRole('table', { name: 'People' })
      .getByRole('row')
      .filter({ hasText: ada.email })
      .waitFor();
    const stranger = await opened('/traffic?team=search');
    await stranger.getByRole('heading', { name: 'Sign in to Waybill' }).waitFor();
    await holdToAxe(stranger, 'sign-in, light');
    await stranger.getByLabel('E-mail').fill(ada.email);
    await stranger.getByLabel('Password', { exact: true }).fill('a wrong password');
    await button(stranger, 'Sign in').click();
    await stranger.getByRole('alert').waitFor();
    await stranger.getByLabel('Password', { exact: true }).fill(ada.password);
    await button(stranger, 'Sign in').click();
    await stranger.getByRole('heading', { name: 'Traffic' }).waitFor();
    expect(new URL(stranger.url()).search).toBe('?team=search');
    await stranger.context().close();
  });

  it('are invited by a link, and find switched off what their role does not do', async () => {
    await button(owner, 'Invite').click();
    const dialog = owner.getByRole('dialog', { name: 'Invite somebody' });
    await dialog.getByLabel('Name').fill(grace.name);
    await dialog.getByLabel('E-mail').fill(grace.email);
    await dialog.getByRole('combobox', { name: 'Role 1', exact: true }).click();
    await owner.getByRole('option', { name: /^editor/ }).click();
    await button(owner, 'Make the invitation').click();
    const link = (await owner.getByTestId('invite-link').textContent()) ?? '';
    await button(owner, 'Done').click();

    editor = await opened(new URL(link).pathname);
    await editor.getByText(`Choose a password, ${grace.name}, and your account is ready.`).waitFor();
    expect(await editor.getByLabel('E-mail').inputValue()).toBe(grace.email);
    await choosePassword(editor, grace.password);
    await button(editor, 'Start').click();
    await room(editor, 'Policies').waitFor();
    await editor.getByRole('button', { name: `Account: ${grace.name}` }).waitFor();
    const late = await opened(new URL(link).pathname);
    await late.getByRole('heading', { name: 'This link does not open' }).waitFor();
    await holdToAxe(late, 'a link that was used');
    await late.getByRole('link', { name: 'Sign in' }).click();
    await late.getByRole('heading', { name: 'Sign in to Waybill' }).waitFor();
    await late.context().close();
    await room(editor, 'Budgets').click();
    const off = button(editor, 'New budget');
    await off.waitFor();
    await expect.poll(() => off.getAttribute('aria-disabled')).toBe('true');
    await off.hover({ force: true });
    await editor.getByText('To set budgets takes the role owner or admin.').waitFor();
    for (const name of ['People', 'Audit', 'Privacy'])
      await room(editor, name).waitFor({ state: 'detached' });
    await editor.goto(`${here.url}/people`);
    await editor.getByText('people.read').waitFor();
  });

  it('sign in where they work when somebody ends their session, and lose nothing', async () => {
    await editor.goto(`${here.url}/policies/support`);
    await card(editor, 'Too long').click();
    await editor.locator('.react-flow__node:focus', { hasText: 'Too long' }).waitFor();
    await editor.keyboard.press('F2');
    const name = editor.getByRole('textbox', { name: 'Name of the node' });
    await name.fill('Far too long');
    await owner.getByRole('row').filter({ hasText: grace.email }).click();
    await button(owner, 'End it').first().click();
    await owner.getByText('Nowhere at the moment.').waitFor();
    // Saving it is refused, unless something that looks by itself was refused before.
    await name.press('Enter');
    const again = editor.getByRole('dialog', { name: 'Sign in again' });
    await again.waitFor();
    await card(editor, 'Far too long').waitFor();
    expect(await again.getByLabel('E-mail').inputValue()).toBe(grace.email);
    await again.getByLabel('Password', { exact: true }).fill(grace.password);
    await again.getByRole('button', { name: 'Sign in', exact: true }).click();
    await again.waitFor({ state: 'detached' });
    await editor.getByText('Saved').first().waitFor();
    await editor.reload();
    await card(editor, 'Far too long').waitFor();
  });

  it('come in by single sign-on with the role their group has', async () => {
    await owner.goto(`${here.url}/people`);
    await owner.getByLabel('Issuer').fill(provider.issuer);
    await owner.getByLabel('Client id').fill(provider.clientId);
    await owner.getByLabel('Client secret').fill(provider.clientSecret);
    await owner.getByRole('textbox', { name: 'Name' }).fill('Example');
    await button(owner, 'Add a group').click();
    await owner.getByLabel('Group 1', { exact: true }).fill('finance');
    await owner.getByRole('combobox', { name: 'Role 1', exact: true }).click();
    await owner.getByRole('option', { name: /^auditor/ }).click();
    await owner.getByRole('switch', { name: 'People may sign in by it' }).click({ force: true });
    await button(owner, 'Save single sign-on').click();
    await owner.getByText('Single sign-on is saved').waitFor();

    const auditor = await opened('/audit', { scheme: 'dark' });
    await auditor.getByRole('link', { name: 'Continue with Example' }).waitFor();
    await holdToAxe(auditor, 'sign-in, dark');
    await auditor.getByRole('link', { name: 'Continue with Example' }).click();
    await provider.signInAs(auditor, 'mary');
    await auditor.getByText('The chain holds').waitFor();
    await auditor.getByRole('row').filter({ hasText: 'mary@example.com' }).first().waitFor();
    await room(auditor, 'People').click();
    await auditor.getByRole('row').filter({ hasText: 'mary@example.com' }).getByText('auditor').waitFor();
    await expect.poll(() => button(auditor, 'Invite').getAttribute('aria-disabled')).toBe('true');
    await holdToAxe(auditor, 'people, dark');
    await holdToAxe(owner, 'people, light');
  });

  it('sign out, and their cookie is worth nothing any more', async () => {
    await owner.goto(`${here.url}/people`);
    await owner.getByRole('button', { name: `Account: ${ada.name}` }).click();
    await owner.getByRole('menuitem', { name: 'Sign out' }).click();
    await owner.getByRole('heading', { name: 'Sign in to Waybill' }).waitFor();
    expect(await owner.evaluate(async () => (await fetch('/api/policies')).status)).toBe(401);
  });
});
