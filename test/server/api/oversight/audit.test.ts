import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportAudit, listAudit, verifyAudit } from '#server/api/oversight/audit.ts';
import { changeKey, createKey, deleteKey, listKeys, rotateKey } from '#server/api/teams/keys.ts';
import { listTeams, writeTeam } from '#server/api/teams/teams.ts';
import type { Principal } from '#server/contract/index.ts';
import { verifyChain } from '#server/governance/audit/verify-chain.ts';
import { aFolder } from '../../store/builders.ts';
import { aServer, aVisit } from '../a-server.ts';

describe('the audit in the API', () => {
  it('lists who did what, verifies, and puts its own export on record', async () => {
    const { call } = await aServer();
    await call('POST', '/api/keys', { id: 'bot', team: 'search' });
    await call('DELETE', '/api/keys/bot');
    const listed = (await call('GET', '/api/audit?limit=2')).body;
    expect(listed.entries).toMatchObject([
      { action: 'key.revoke', subject: 'bot', before: { team: 'search' }, after: null },
      { action: 'key.create', subject: 'bot' },
    ]);
    expect(listed.next).toBe(listed.entries[1].sequence);
    expect(listed.actions).toContain('key.revoke');
    expect((await call('GET', '/api/audit/verify')).body).toMatchObject({ ok: true, broken: null });
    const exported = (await call('POST', '/api/audit/export', { action: 'key.', format: 'jsonl' })).body;
    expect(exported.content.trim().split('\n')).toHaveLength(exported.entries);
    expect((await call('GET', '/api/audit?limit=1')).body.entries).toMatchObject([
      { action: 'audit.export', after: { format: 'jsonl', action: 'key.', entries: exported.entries } },
    ]);
  });

  it('exports lines whose chain can be verified anywhere', async () => {
    const { call } = await aServer();
    await call('POST', '/api/keys', { id: 'bot' });
    const { content, entries } = (await call('POST', '/api/audit/export', {})).body;
    const path = join(aFolder(), 'audit.jsonl');
    writeFileSync(path, content);
    const lines = content.trimEnd().split('\n');
    expect(await verifyChain(lines, null)).toMatchObject({ ok: true, entries });
    expect(await verifyChain(lines.slice(1), null)).toMatchObject({
      broken: { sequence: 1, kind: 'missing' },
    });
  });

  it('writes a CSV whose cells no spreadsheet takes for formulas', async () => {
    const { call } = await aServer();
    await call('POST', '/api/keys', { id: 'bot' });
    await call('PUT', '/api/keys/bot', { reason: '=HYPERLINK("http://evil")' });
    const { content, fileName } = (await call('POST', '/api/audit/export', { format: 'csv' })).body;
    expect(fileName).toMatch(/^waybill-audit-\d{4}-\d\d-\d\d\.csv$/);
    expect(content).toContain("'=HYPERLINK");
    expect(content).not.toMatch(/[,"]=HYPERLINK/);
  });
});

describe('roles in one team', () => {
  const inSearch = (role: 'admin' | 'auditor'): Principal => ({
    id: 'ann',
    grants: [{ role, team: 'search' }],
  });

  async function twoTeams() {
    const { call, open } = await aServer();
    await call('POST', '/api/keys', { id: 'mine', team: 'search' });
    await call('POST', '/api/keys', { id: 'theirs', team: 'ops' });
    const given = {
      query: {},
      params: {},
      body: {},
      actor: 'ann',
      principal: inSearch('admin'),
      visit: aVisit,
    } as const;
    return { installation: open.installation, given };
  }

  it('show keys, teams and audit entries of that team alone', async () => {
    const { installation, given } = await twoTeams();
    const keys = await listKeys({ ...given, query: { limit: 100 } }, installation);
    expect(keys).toMatchObject({ total: 1, keys: [{ id: 'mine' }] });
    const { teams } = await listTeams(given, installation);
    expect(teams.map(({ id }) => id)).toEqual(['search']);
    const asAuditor = { ...given, principal: inSearch('auditor') };
    const { entries } = await listAudit({ ...asAuditor, query: { limit: 50 } }, installation);
    expect(entries.map(({ subject }) => subject)).toEqual(['mine']);
    const exported = await exportAudit({ ...asAuditor, body: { format: 'jsonl' } }, installation);
    expect(exported.entries).toBe(1);
    expect(() => verifyAudit(asAuditor, installation)).toThrow('in all teams');
  });

  it('do nothing to keys of others, which are not there for them', async () => {
    const { installation, given } = await twoTeams();
    const params = { id: 'theirs' };
    const wanted = { team: 'search', project: '', tags: [] };
    await expect(deleteKey({ ...given, params }, installation)).rejects.toThrow('There is no key "theirs"');
    await expect(rotateKey({ ...given, params, body: { overlapHours: 1 } }, installation)).rejects.toThrow(
      'There is no key',
    );
    await expect(changeKey({ ...given, params, body: wanted }, installation)).rejects.toThrow(
      'There is no key',
    );
    const moved = changeKey(
      { ...given, params: { id: 'mine' }, body: { ...wanted, team: 'ops' } },
      installation,
    );
    await expect(moved).rejects.toThrow('in the team "ops"');
    const made = createKey(
      { ...given, body: { id: 'new', team: 'ops', project: '', tags: [] } },
      installation,
    );
    await expect(made).rejects.toThrow('in the team "ops"');
    const team = { name: 'X', description: '', archived: false, revision: 0 };
    await expect(writeTeam({ ...given, params: { id: 'x' }, body: team }, installation)).rejects.toThrow(
      'in all teams',
    );
    expect(installation.store.read().keys.map(({ id }) => id)).toContain('theirs');
  });
});
