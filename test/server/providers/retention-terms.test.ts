import { expect, it } from 'vitest';
import { kindFacts, providerKinds } from '#server/providers/kinds.ts';
import { retentionTermsOf } from '#server/providers/retention-terms.ts';

it('knows the terms of whoever answers at an address, and of nobody who only looks like it', () => {
  expect(retentionTermsOf('https://api.openai.com/v1')?.keeps).toContain('30 days');
  expect(retentionTermsOf('https://eu.api.openai.com/v1')?.source).toContain('openai.com');
  expect(retentionTermsOf('https://bedrock-runtime.eu-west-1.amazonaws.com')?.keeps).toContain('none');
  expect(retentionTermsOf('https://europe-west4-aiplatform.googleapis.com')?.keeps).toContain('limited');
  for (const other of ['', 'https://proxy.example.com/v1', 'https://myapi.openai.com.evil.example/v1'])
    expect(retentionTermsOf(other)).toBeNull();
});

it('is dated and sourced wherever a kind of provider has an address of its own', () => {
  const known = providerKinds.flatMap((kind) => retentionTermsOf(kindFacts[kind].baseUrl ?? '') ?? []);
  expect(known.length).toBeGreaterThanOrEqual(3);
  for (const { source, readOn } of known) {
    expect(new URL(source).protocol).toBe('https:');
    expect(readOn).toMatch(/^\d{4}-\d\d-\d\d$/);
  }
});
