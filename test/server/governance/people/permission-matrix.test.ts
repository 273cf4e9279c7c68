import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import express, { type ErrorRequestHandler, type Express } from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { setPrincipal } from '#server/api/actor.ts';
import { makeApi } from '#server/api/index.ts';
import { makeTrafficStreams } from '#server/api/traffic/traffic-streams.ts';
import { setEntry } from '#server/api/visit.ts';
import {
  type AnyCall,
  calls,
  changesCsvPath,
  columnOctetsPath,
  mayCall,
  permissionsOf,
  type Role,
  type RoleGrant,
  roles,
  spendExportPath,
  trafficStreamPath,
} from '#server/contract/index.ts';
import { ApiFailure } from '#server/errors.ts';
import { makeMemoryConfigStore } from '#server/store/memory/make-memory-config-store.ts';
import { makeTrafficFeed } from '#server/telemetry/traffic-feed.ts';
import { aServer } from '../../api/a-server.ts';
import { anInvited, anOwner } from './a-person.ts';

const readme = fileURLToPath(new URL('../../../../server/governance/README.md', import.meta.url));
const place = /(<!-- generated: roles -->\n)[\s\S]*?(<!-- end -->)/;
const all: readonly (readonly [string, AnyCall])[] = Object.entries(calls);

function isAllowed({ needs }: AnyCall, role: Role): boolean {
  return needs === 'anyone' || needs === 'signed_in' || permissionsOf[role].includes(needs);
}

/** Whether a role in one team is enough to be let into a call at all. */
function isForTeams({ needs }: AnyCall, grant: RoleGrant): boolean {
  if (needs === 'anyone' || needs === 'signed_in') return true;
  return mayCall({ id: 'somebody', grants: [grant] }, needs);
}

const pathOf = ({ path }: AnyCall) => path.replaceAll(/:\w+/g, 'nothing');

/** The calls of a real installation on a free port, for somebody with just this grant. */
async function anApiFor(grant: RoleGrant): Promise<(call: AnyCall) => Promise<boolean>> {
  const { open } = await aServer();
  const base = await listen(grant, (app) => app.use(makeApi(open.installation)));
  return async (call) => {
    const response = await fetch(`${base}${pathOf(call)}`, { method: call.method });
    const { error } = (await response.json()) as { error?: { code: string } };
    expect(error?.code, `${call.method} ${call.path}`).not.toBe('internal');
    return error?.code !== 'not_permitted';
  };
}

/** Routes on a free port that take everybody for somebody with just this grant; answers their address. */
async function listen(grant: RoleGrant, mount: (app: Express) => void): Promise<string> {
  const answerFailure: ErrorRequestHandler = (error, _, response, _next) => {
    const failure = error instanceof ApiFailure ? error : new ApiFailure(500, 'internal', String(error));
    response.status(failure.status).json(failure);
  };
  const app = express();
  app.use(express.json(), (_, response, next) => {
    setEntry(response, { kind: 'open' });
    setPrincipal(response, { id: 'somebody', grants: [grant] });
    next();
  });
  mount(app);
  app.use(answerFailure);
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
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

test('a role in one team changes nothing that belongs to no team, and everything of the team that the role may', async () => {
  const isLetIn = await anApiFor({ role: 'owner', team: 'theirs' });
  const forAll = [
    'policies.edit',
    'policies.publish',
    'models.manage',
    'providers.manage',
    'privacy.read',
    'privacy.manage',
  ];
  for (const [name, call] of all)
    if (forAll.includes(call.needs)) expect(await isLetIn(call), name).toBe(false);
  for (const name of [
    'listKeys',
    'createKey',
    'listBudgets',
    'listTeams',
    'listAccounts',
    'inviteAccount',
  ] as const)
    expect(await isLetIn(calls[name]), name).toBe(true);
});

const finished = {
  policy: 'support',
  version: 1,
  path: 'a>b',
  target: 'openai/gpt-5-mini',
  status: 'served',
  costNanoUsd: 5,
  latencyMs: 12.5,
  at: 1,
  sandbox: true,
} as const;

test.each([
  { team: null, heard: ['of-ours', 'of-theirs', 'of-nobody'] },
  { team: 'theirs', heard: ['of-theirs'] },
])('a viewer of team $team hears of the requests $heard', async ({ team, heard }) => {
  const feed = makeTrafficFeed();
  const streams = makeTrafficStreams({ feed, store: makeMemoryConfigStore(), clock: Date.now });
  const base = await listen({ role: 'viewer', team }, (app) => app.get(trafficStreamPath, streams.handler));
  const response = await fetch(`${base}${trafficStreamPath}`);
  expect(response.status).toBe(200);
  for (const [id, of] of [
    ['of-ours', 'ours'],
    ['of-theirs', 'theirs'],
    ['of-nobody', ''],
  ] as const)
    feed.publish({ id, team: of, ...finished });
  streams.endAll();
  const told = [...(await response.text()).matchAll(/^id: (.*)$/gm)].map(([, id]) => id);
  expect(told).toEqual(heard);
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
  const closed = all.filter(([, { needs }]) => needs !== 'anyone');
  const routes = [
    ...closed.map(([, one]) => [one.method, pathOf(one)]),
    ...others.map((path) => ['GET', path]),
  ];
  for (const [method = '', path = ''] of routes) {
    const { status, body } = await call(method, path);
    expect([status, body.error?.code], `${method} ${path}`).toEqual([401, 'not_authenticated']);
  }
});

/** Somebody whom the owner of a real server has invited with just this grant, in a session of their own. */
async function aSessionFor(grant: RoleGrant): Promise<(call: AnyCall) => Promise<boolean>> {
  const server = await aServer();
  const owner = await anOwner(server);
  await owner.call('PUT', '/api/teams/theirs', { name: 'Theirs', revision: 0 });
  const person = await anInvited(server, owner, [grant]);
  return async (call) => {
    const body = call.method === 'POST' || call.method === 'PUT' ? {} : undefined;
    const { body: answer } = await person.call(call.method, pathOf(call), body);
    const code = answer.error?.code;
    expect(['internal', 'not_authenticated', 'csrf_missing'], `${call.method} ${call.path}`).not.toContain(
      code,
    );
    return code !== 'not_permitted';
  };
}

// Last, since it ends the session that the walk goes by.
const walk = [...all.filter(([name]) => name !== 'signOut'), ['signOut', calls.signOut] as const];

test.each(roles)(
  'a real session of a %s everywhere gets just what the table names, by every route',
  async (role) => {
    const isLetIn = await aSessionFor({ role, team: null });
    for (const [name, call] of walk)
      expect([name, await isLetIn(call)]).toEqual([name, isAllowed(call, role)]);
  },
);

test.each(roles)(
  'a real session of a %s in one team gets nothing that the table does not name',
  async (role) => {
    const isLetIn = await aSessionFor({ role, team: 'theirs' });
    const grant: RoleGrant = { role, team: 'theirs' };
    for (const [name, call] of walk)
      if (!isAllowed(call, role) || !isForTeams(call, grant))
        expect([name, await isLetIn(call)]).toEqual([name, false]);
  },
);

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
