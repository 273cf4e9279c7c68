import { expect, it } from 'vitest';
import { costOfRecord } from '#engine/catalogue/index.ts';
import { aServer } from '../api/a-server.ts';

it('the cost of every request of the sample traffic can be worked out again from its record', async () => {
  const { log, open } = await aServer({ records: 400 });
  const { records } = await log.page({ limit: 400 });
  expect(records.length).toBe(400);
  const billedTwice = records.filter((record) => JSON.parse(record['outcome.attempts']).length > 1);
  expect(billedTwice.length).toBeGreaterThan(0);
  for (const record of records)
    expect(costOfRecord(record, open.installation.priceBook), record.id).toBe(record['cost.nano_usd']);
});
