import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import express, { type ErrorRequestHandler } from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { setPrincipal } from '#server/api/actor.ts';
import { makeApi } from '#server/api/index.ts';
import {
  type AnyCall,
  calls,
  changesCsvPath,
  columnOctetsPath,
  permissionsOf,
  type Role,
  type RoleGrant,
  roles,
  spendExportPath,
  trafficStreamPath,
} from '#server/contract/index.ts';
import { ApiFailure } from '#server/errors.ts';
import { aServer } from '../../api/a-server.ts';

const readme = fileURLToPath(new URL('../../../../server/governance/README.md', import.meta.url));
const place = /(<!-- generated: roles -->\n)[\s\S]*?(<!-- end -->)/;
const all: readonly (readonly [string, AnyCall])[] = Object.entries(calls);

function isAllowed({ needs }: AnyCall, role: Role): boolean {
  return needs === 'anyone' || needs === 'signed_in' || permissionsOf[role].includes(needs);
}

const pathOf = ({ path }: AnyCall) => path.replaceAll(/:\w+/g, 'nothing');

/** The calls of a real installation on a free port, for somebody with just this grant. */
async function anApiFor(grant: RoleGrant): Promise<(call: AnyCall) => Promise<boolean>> {
  const { open } = await aServer();
  const answerFailure: ErrorRequestHandler = (error, _, response, _next) => {
    const failure = error instanceof ApiFailure ? error : new ApiFailure(500, 'internal', String(error));
    response.status(failure.status).json(failure);
  };
  const app = express();
  app.use(express.json(), (_, response, next) => {
    setPrincipal(response, { id: 'somebody', grants: [grant] });
    next();
  });
  app.use(makeApi(open.installation), answerFailure);
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return async (call) => {
    const response = await fetch(`http://127.0.0.1:${port}${pathOf(call)}`, { method: call.method });
    const { error } = (await response.json()) as { error?: { code: string } };
    expect(error?.code, `${call.method} ${call.path}`).not.toBe('internal');
    return error?.code !== 'not_permitted';
  };
}

test.each(roles)('who is %s everywhere is let into just the calls that the table names', async (role) => {
  const isLetIn = await anApiFor({ role, team: null });
  const found: Record<string, boolean> = {};
  for (const [name, call] of all) found[name] = await isLetIn(call);
  expect(found).toEqual(Object.fromEntries(all.map(([name, call]) => [name, isAllowed(call, role)])));
});

test.each(roles)('who is %s in one team is let into no call that the table does not name', async (role) => {
  const isLetIn = await anApiFor({ role, team: 'theirs' });
  for (const [name, call] of all) if (!isAllowed(call, role)) expect(await isLetIn(call), name).toBe(false);
});

test('who is not let in gets nothing of the API, by no route', async () => {
  const { call } = await aServer({ config: { adminToken: 'a-token-that-nobody-here-has' } });
  const others = [
    '/api/openapi.json',
    '/api/policy.schema.json',
    trafficStreamPath,
    spendExportPath,
    columnOctetsPath,
    changesCsvPath,
  ];
  const routes = [...all.map(([, one]) => [one.method, pathOf(one)]), ...others.map((path) => ['GET', path])];
  for (const [method = '', path = ''] of routes) {
    const { status, body } = await call(method, path);
    expect([status, body.error?.code], `${method} ${path}`).toEqual([401, 'not_authenticated']);
  }
});

test('the README prints the matrix as the table has it', () => {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rows = all.map(([, call]) =>
    line([
      `${call.method} ${call.path}`,
      call.needs,
      ...roles.map((role) => (isAllowed(call, role) ? 'yes' : '–')),
    ]),
  );
  const head = [line(['call', 'needs', ...roles]), line(['---', '---', ...roles.map(() => '---')])];
  const text = readFileSync(readme, 'utf8');
  expect(text).toMatch(place);
  const anew = text.replace(
    place,
    (_, start: string, end: string) => `${start}\n${[...head, ...rows].join('\n')}\n\n${end}`,
  );
  if (process.env.WAYBILL_WRITE_README === '1') writeFileSync(readme, anew);
  expect(readFileSync(readme, 'utf8'), 'Write it anew with WAYBILL_WRITE_README=1.').toBe(anew);
});
