import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { loadConfig } from '#server/config/config.ts';
import { providerVariables } from '#server/providers/provider-variables.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const exists = (path: string) => existsSync(new URL(`../../../${path}`, import.meta.url));
const container = read('server/deploy/Containerfile');
const compose = parse(read('server/deploy/compose.yaml'), { merge: true });
const manifests = parseAllDocuments(read('server/deploy/kubernetes.yaml')).map((one) => one.toJS());
const manifestOf = (kind: string) => manifests.find((one) => one.kind === kind);

/** Variables that the settings, or a provider, are read from. */
const known = new Set([
  ...[...read('server/config/config.ts').matchAll(/'([A-Z][A-Z_]+)'/g)].map(([, name]) => name),
  ...providerVariables,
  'NODE_ENV',
]);

it('sets nothing that Waybill does not read', () => {
  const inContainer = [...container.matchAll(/\b([A-Z][A-Z_]+)=/g)].map(([, name]) => name);
  const inCompose = ['gateway-1', 'gateway-2'].flatMap((name) =>
    Object.keys(compose.services[name].environment),
  );
  const inSecret = [...read('server/deploy/kubernetes.yaml').matchAll(/--from-literal=([A-Z_]+)=/g)].map(
    ([, name]) => name,
  );
  expect(inCompose.length).toBeGreaterThan(8);
  expect(inSecret.length).toBeGreaterThan(3);
  for (const name of [...inContainer, ...inCompose, ...inSecret]) expect([...known], name).toContain(name);
});

it('states values that Waybill takes', () => {
  const line = /^ENV (.+)$/m.exec(container)?.[1] ?? '';
  const image = Object.fromEntries(line.split(' ').map((one) => one.split('=')));
  const stated: Record<string, string> = compose.services['gateway-1'].environment;
  const values = Object.entries(stated).map(([name, value]) => [
    name,
    value.replace(/\$\{.*?\}/g, 'x'.repeat(40)),
  ]);
  const { config } = loadConfig({ ...image, ...Object.fromEntries(values) });
  expect(config).toMatchObject({ host: '0.0.0.0', port: 4800, dataFolder: '/data', drainSeconds: 5 });
  expect(config.databaseUrl).toContain('@postgres:5432/waybill');
  expect(config.redisUrl).toBe('redis://redis:6379');
});

it('copies what there is, builds what it starts, and takes the port that is reached', () => {
  const copied = [...container.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) =>
    names.split(' '),
  );
  for (const name of copied) expect(exists(name), name).toBe(true);
  expect(read('server/.vite.config.ts')).toContain('[name].mjs');
  expect(container).toContain('"dist/server/cli.mjs", "start"');
  expect(container).toContain('EXPOSE 4800');
  expect(exists('policies')).toBe(true);
  for (const name of ['gateway-1', 'gateway-2']) {
    const { build, ports } = compose.services[name];
    expect(exists(`server/deploy/${build.context}/${build.dockerfile}`)).toBe(true);
    expect(ports[0]).toMatch(/:4800$/);
  }
  const [node] = /FROM node:(\d+)/.exec(container)?.slice(1) ?? [];
  expect(Number(node)).toBeGreaterThanOrEqual(20);
});

it('asks for readiness where it is told, and waits longer than a gateway drains', () => {
  const { spec } = manifestOf('Deployment').spec.template;
  const [gateway] = spec.containers;
  expect(gateway.ports[0].containerPort).toBe(4800);
  expect(gateway.readinessProbe.httpGet.path).toBe('/readyz');
  expect(read('server/app.ts')).toContain("'/readyz'");
  expect(read('server/app.ts')).toContain("'/healthz'");
  expect(gateway.livenessProbe.httpGet.path).toBe('/healthz');
  const drained = 5 + 30;
  expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(drained);
  expect(Number.parseInt(compose.services['gateway-1'].stop_grace_period, 10)).toBeGreaterThan(drained);
  expect(manifestOf('Service').spec.selector).toEqual(manifestOf('Deployment').spec.selector.matchLabels);
  const mounted = gateway.volumeMounts.map(({ name }: { name: string }) => name);
  expect(spec.volumes.map(({ name }: { name: string }) => name)).toEqual(mounted);
});
