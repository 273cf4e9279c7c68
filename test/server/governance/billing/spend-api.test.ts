import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { RequestRecord } from '#engine/signals/index.ts';
import type { Principal } from '#server/contract/index.ts';
import { askUsage, scopeOf } from '#server/governance/billing/ask-spend.ts';
import { exportSpend } from '#server/governance/billing/export-rows.ts';
import { makeMemoryRecordLog } from '#server/store/memory/make-memory-record-log.ts';
import { aServer, aStoreWithDraft } from '../../api/a-server.ts';
import { aRecord } from '../../store/builders.ts';

const now = Date.now();
const hour = 3_600_000;

function someRecords(): readonly Partial<RequestRecord>[] {
  return [
    { 'caller.team': 'search', 'cost.nano_usd': 3_000_000_001, 'time.at': now - hour },
    { 'caller.team': 'ops', 'cost.nano_usd': 1_500_000_000, 'time.at': now - 26 * hour },
    { 'caller.team': 'ops', 'cost.nano_usd': null, 'time.at': now - 2 * hour },
    {
      'caller.team': '=HYPERLINK("http://x","y")',
      'caller.project': 'a "quoted", name',
      'cost.nano_usd': 7,
      'time.at': now - 2 * hour,
    },
    { 'caller.team': 'play', 'cost.nano_usd': 9, 'time.at': now - hour, sandbox: true },
  ];
}

async function aServerWithSpend() {
  const server = await aServer({ store: await aStoreWithDraft() });
  for (const [index, record] of someRecords().entries())
    server.log.append(aRecord({ id: `r${index}`, ...record }));
  return server;
}

describe('the spend call', () => {
  it('cuts, sorts, keeps a rest, and adds up', async () => {
    const { call } = await aServerWithSpend();
    const { status, body } = await call('GET', '/api/spend?by=team&limit=2');
    expect(status).toBe(200);
    expect(body.total).toMatchObject({ costNanoUsd: 4_500_000_017, requests: 5, unpriced: 1 });
    expect(body.rows.map(({ values }: { values: string[] }) => values[0])).toEqual(['search', 'ops']);
    expect(body.rest).toMatchObject({ rows: 2, costNanoUsd: 16 });
    const filtered = await call('GET', '/api/spend?team=ops&by=model,origin&grain=day&zone=Europe/Berlin');
    expect(filtered.body.total).toMatchObject({ costNanoUsd: 1_500_000_000, requests: 2 });
  });

  it('says what is wrong with a question', async () => {
    const { call } = await aServerWithSpend();
    expect((await call('GET', '/api/spend?by=colour')).body.error.message).toContain('query.by');
    expect((await call('GET', '/api/spend?zone=Mars/Base')).body.error.message).toContain('IANA time zone');
    expect((await call('GET', '/api/spend?from=5&to=4')).body.error.message).toContain('before it begins');
  });

  it('gives an overview whose parts are the total', async () => {
    const { call } = await aServerWithSpend();
    const { status, body } = await call('GET', '/api/spend-overview');
    expect(status).toBe(200);
    expect(body.days.reduce((sum: number, { nanoUsd }: { nanoUsd: number }) => sum + nanoUsd, 0)).toBe(
      body.total.costNanoUsd,
    );
    expect(body.byOrigin).toEqual([
      { origin: 'real', nanoUsd: 4_500_000_008 },
      { origin: 'sandbox', nanoUsd: 9 },
    ]);
    expect(body.movers.find((mover: { by: string }) => mover.by === 'team')).toEqual({
      by: 'team',
      value: 'search',
      before: 0,
      after: 3_000_000_001,
    });
    expect(body.month.rest).toBeNull();
  });

  it('compares with a named policy through the simulator, net of what routing costs itself', async () => {
    const { call } = await aServerWithSpend();
    const { status, body } = await call('GET', '/api/spend-comparison?policy=draft');
    expect(status).toBe(200);
    expect(body.saved.net).toBe(body.other.cost - body.actual);
    expect(body.saved.gross).toBe(body.saved.net + body.routing);
    expect(body.saved.low).toBeLessThanOrEqual(body.saved.net);
    const replayed = (await call('GET', '/api/spend-comparison?policy=draft&looked=draft')).body;
    // A policy against itself saves nothing, less what routing cost.
    expect(replayed.saved.gross).toBe(0);
    expect(replayed.saved.net + replayed.routing).toBe(0);
    expect((await call('GET', '/api/spend-comparison?policy=draft&looked=none')).status).toBe(404);
    expect((await call('GET', '/api/spend-comparison?policy=none')).status).toBe(404);
  });
});

describe('whose spend somebody sees', () => {
  const inOps: Principal = { id: 'olga', grants: [{ role: 'viewer', team: 'ops' }] };

  it('is that of their teams, in calls and exports alike', async () => {
    const log = makeMemoryRecordLog();
    for (const [index, record] of someRecords().entries())
      log.append(aRecord({ id: `r${index}`, ...record }));
    const scope = scopeOf({ zone: 'UTC' }, inOps, now);
    expect(scope.teams).toEqual(['ops']);
    expect((await askUsage(log, scope, { by: ['team'] })).map(({ values }) => values)).toEqual([['ops']]);
    expect((await askUsage(log, scopeOf({ zone: 'UTC', team: 'search' }, inOps, now))).length).toBe(0);
    let text = '';
    for await (const piece of exportSpend(log, scope, 'csv')) text += piece;
    const rows: Record<string, string>[] = parse(text, { columns: true });
    expect(new Set(rows.map(({ team }) => team))).toEqual(new Set(['ops']));
  });
});

describe('the export', () => {
  it('is CSV that adds up, with names that cannot become formulas, and is on record', async () => {
    const { call, open } = await aServerWithSpend();
    const { status, body, headers } = await call('GET', '/api/spend-export?format=csv');
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="waybill-csv-[\d-]+-to-[\d-]+\.csv"$/,
    );
    const rows: Record<string, string>[] = parse(body, { columns: true });
    const nano = rows.reduce((sum, { cost_usd }) => sum + Math.round(Number(cost_usd) * 1e9), 0);
    expect(nano).toBe(4_500_000_017);
    expect(rows.map(({ team }) => team)).toContain(`'=HYPERLINK("http://x","y")`);
    expect(rows.find(({ project }) => project?.startsWith('a '))?.project).toBe('a "quoted", name');
    expect(rows.some(({ unpriced_calls }) => unpriced_calls === '1')).toBe(true);
    expect(open.installation.store.read()).toBeDefined();
    const refused = await call('GET', '/api/spend-export?format=xlsx');
    expect([refused.status, refused.body.error.code]).toEqual([400, 'invalid_request']);
  });

  it('is FOCUS 1.2: every mandatory column, by its name, never null where it may not be, in its format', async () => {
    const { call } = await aServerWithSpend();
    const { body } = await call('GET', '/api/spend-export?format=focus&zone=Europe/Berlin');
    const rows: Record<string, string>[] = parse(body, { columns: true });
    expect(rows.length).toBeGreaterThan(2);
    const names = Object.keys(rows[0] ?? {});
    for (const [name, rule] of Object.entries(mandatoryInFocus)) {
      expect(names).toContain(name);
      for (const row of rows) expect(row[name], name).toMatch(rule);
    }
    for (const name of names) expect(isFocusColumn(name), name).toBe(true);
    const nano = rows.reduce((sum, { BilledCost }) => sum + Math.round(Number(BilledCost) * 1e9), 0);
    // Neither the sandbox's 9 nor the call without a price.
    expect(nano).toBe(4_500_000_008);
    for (const { Tags = '' } of rows) {
      for (const value of Object.values(JSON.parse(Tags)))
        expect(['string', 'object']).toContain(typeof value);
    }
  });
});

const text = /\S/;
const anything = /^/;
const decimal = /^-?\d+(\.\d+)?$/;
const time = /^\d{4}-\d\d-\d\dT\d\d:00:00Z$/;

/** Feature level “Mandatory” in FOCUS 1.2, with what a value must be. */
const mandatoryInFocus: Readonly<Record<string, RegExp>> = {
  BilledCost: decimal,
  BillingAccountId: text,
  BillingAccountName: anything,
  BillingCurrency: /^USD$/,
  BillingPeriodEnd: time,
  BillingPeriodStart: time,
  ChargeCategory: /^(Usage|Purchase|Tax|Credit|Adjustment)$/,
  ChargeClass: /^(Correction)?$/,
  ChargeDescription: anything,
  ChargePeriodEnd: time,
  ChargePeriodStart: time,
  ContractedCost: decimal,
  EffectiveCost: decimal,
  InvoiceIssuerName: text,
  ListCost: decimal,
  PricingQuantity: decimal,
  PricingUnit: text,
  ProviderName: text,
  PublisherName: text,
  ServiceCategory: /^AI and Machine Learning$/,
  ServiceName: text,
};

const otherInFocus = [
  'ChargeFrequency',
  'ConsumedQuantity',
  'ConsumedUnit',
  'PricingCategory',
  'ServiceSubcategory',
  'SkuId',
  'SubAccountId',
  'SubAccountName',
  'Tags',
];

function isFocusColumn(name: string): boolean {
  return name in mandatoryInFocus || otherInFocus.includes(name) || /^x_[A-Z]\w+$/.test(name);
}
