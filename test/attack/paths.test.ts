import { describe, expect, it } from 'vitest';
import { anAttackedServer, ours } from './a-target.ts';
import { aRequest, sendRaw } from './raw-request.ts';

const behindTheGateway = [
  '/v1/../api/keys',
  '/v1/%2e%2e/api/keys',
  '/v1/..%2fapi%2fkeys',
  '/v1/models/../../api/keys',
  '/v1//api/keys',
  '/v1/./../api/keys',
  '/v1beta/..;/api/keys',
];
const besideTheGuard = [
  '//api/keys',
  '/./api/keys',
  '/x/../api/keys',
  '/%61pi/keys',
  '/api%2fkeys',
  '/api/%6beys',
  '/API/keys',
  '/api/keys/',
  '/api//keys',
  '/api/./keys',
  '/api;/keys',
  '/api/keys;x=1',
  '/api/keys%00',
  '/api/keys%20',
  '/\\api\\keys',
  'http://127.0.0.1/api/keys',
  'http://evil.example/api/keys',
];
const outOfTheFolder = [
  '/assets/../../../package.json',
  '/assets/%2e%2e/%2e%2e/%2e%2e/package.json',
  '/assets/..%2f..%2f..%2fpackage.json',
  '/..%2fpackage.json',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/....//....//etc/passwd',
  '/assets/..%5c..%5cpackage.json',
  '/assets/%c0%ae%c0%ae/package.json',
  '/.waybill/waybill.json',
];

describe('a path written in another way', () => {
  it.each([...behindTheGateway, ...besideTheGuard])(
    'lets nobody in who has no business there: %s',
    async (path) => {
      const { base } = await anAttackedServer();
      for (const headers of [[], [`Authorization: Bearer ${ours}`]]) {
        const { statuses, text } = await sendRaw(
          base,
          aRequest('GET', path, [...headers, 'Connection: close']),
        );
        expect(statuses).toHaveLength(1);
        expect(text).not.toContain('"prefix"');
        expect(text).not.toContain('wb-attack');
        expect(statuses[0]).not.toBe(500);
        // The studio's page answers paths it does not know; it holds nothing of anybody's.
        if (statuses[0] === 200)
          expect(text).toMatch(/<!doctype html|Waybill is running|"object":\s*"list"/i);
      }
    },
  );

  it.each(outOfTheFolder)('leads to no file outside the studio’s folder: %s', async (path) => {
    const { base } = await anAttackedServer();
    const { statuses, text } = await sendRaw(base, aRequest('GET', path, ['Connection: close']));
    expect(statuses).toHaveLength(1);
    expect(statuses[0]).not.toBe(500);
    expect(text).not.toContain('"dependencies"');
    expect(text).not.toContain('root:');
    expect(text).not.toContain('"salt"');
  });

  it('says of a path that cannot be read that it cannot, not that we failed', async () => {
    const { base } = await anAttackedServer();
    for (const path of ['/api/policies/%', '/api/policies/%ff', '/%', '/assets/%', '/v1/models/%']) {
      const { statuses } = await sendRaw(base, aRequest('GET', path, ['Connection: close']));
      expect([path, (statuses[0] ?? 500) < 500]).toEqual([path, true]);
    }
  });
});
