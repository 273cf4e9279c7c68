import { describe, expect, it } from 'vitest';
import { momentAt, spanOf } from '#engine/simulate/clock/incident.ts';
import { Incident, incidentForms, readIncident } from '#engine/simulate/index.ts';

describe('an incident in one line', () => {
  it.each([
    [
      'outage:anthropic/*@14:00-15:00',
      { kind: 'outage', target: 'anthropic/*', error: 'server_error', from: '14:00', to: '15:00' },
    ],
    ['outage:*', { kind: 'outage', target: '*', error: 'server_error' }],
    [
      'timeout:openai/gpt-5@+2h-+3h',
      { kind: 'outage', target: 'openai/gpt-5', error: 'timeout', from: '+2h', to: '+3h' },
    ],
    [
      '429:openai/gpt-5*x5@09:00-12:00',
      { kind: 'rate_limited', target: 'openai/gpt-5*', factor: 5, from: '09:00', to: '12:00' },
    ],
    ['429:openai/gpt-5.5=30%', { kind: 'rate_limited', target: 'openai/gpt-5.5', share: 0.3 }],
    [
      'slow:google/*x2.5@2026-11-22T14:00Z',
      { kind: 'slow', target: 'google/*', factor: 2.5, from: '2026-11-22T14:00Z' },
    ],
    [
      'price:openai/gpt-5x2@2026-11-22-2026-11-24',
      { kind: 'price', target: 'openai/gpt-5', factor: 2, from: '2026-11-22', to: '2026-11-24' },
    ],
    ['traffic:x3@10:00-11:00', { kind: 'traffic', factor: 3, from: '10:00', to: '11:00' }],
  ])('%s', (text, incident) => {
    expect(readIncident(text)).toEqual({ kind: 'ok', incident });
  });

  it('is read in every form that help texts show', () => {
    for (const form of incidentForms) expect([form, readIncident(form).kind]).toEqual([form, 'ok']);
  });

  it.each([
    ['', 'is no incident'],
    ['anthropic/*', 'is no incident'],
    ['flood:openai/*', '"flood" is none of 429, outage, timeout, slow, price, traffic'],
    ['constructor:openai/*', 'is none of'],
    ['outage:x5', 'target'],
    ['outage:openai/*x5', 'factor'],
    ['429:openai/*', 'needs either a share of calls (0–1) or a factor'],
    ['429:openai/*=130%', 'share'],
    ['slow:openai/*x0.5', 'factor'],
    ['traffic:openai/*x3', 'target'],
    ['traffic:x300', 'factor'],
    ['outage:openai/*@noon', 'from is no moment'],
    ['outage:openai/*@14:00-25:00', 'to is no moment'],
    ['outage:openai/*@2026-13-45', 'from is no moment'],
  ])('%s is refused with a sentence', (text, part) => {
    const read = readIncident(text);
    expect(read).toMatchObject({ kind: 'bad', message: expect.stringContaining(part) });
    expect(read.kind === 'bad' && read.message).toMatch(/Write it like outage:/);
  });
});

describe('a moment', () => {
  const start = Date.UTC(2026, 10, 22, 9, 30);

  it.each([
    ['14:00', Date.UTC(2026, 10, 22, 14)],
    ['+90m', start + 5_400_000],
    ['+1d', start + 86_400_000],
    ['2026-11-23', Date.UTC(2026, 10, 23)],
    ['2026-11-23T07:30', Date.UTC(2026, 10, 23, 7, 30)],
    ['24:00', undefined],
    ['+1w', undefined],
  ])('%s', (text, at) => {
    expect(momentAt(text, start)).toBe(at);
  });

  it('by the clock that ends before it begins ends on the next day', () => {
    expect(spanOf({ from: '23:00', to: '01:00' }, start)).toEqual({
      from: Date.UTC(2026, 10, 22, 23),
      to: Date.UTC(2026, 10, 23, 1),
    });
  });

  it('is bounded in every incident', () => {
    expect(Incident.safeParse({ kind: 'outage', target: 'a/b', from: -1 }).success).toBe(false);
  });
});
