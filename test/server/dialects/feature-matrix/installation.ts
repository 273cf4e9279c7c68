import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { aContext } from '../../support/context.ts';
import { testSecret } from '../../support/fakes.ts';
import { aGateway, anUpstream, type SeenRequest, sendJson } from '../../support/servers.ts';
import type { Row } from './rows.ts';
import {
  type Ask,
  type ClientForm,
  type Got,
  type Heard,
  list,
  retryAfter,
  type Said,
  type UpstreamForm,
  type Wire,
} from './words.ts';

/** How the upstream behaves: it answers, refuses, or begins and falls silent. */
export type Behaviour = Said | { readonly status: 400 | 429 } | 'silent';

/** One asking of a client, and what became of it on both sides. */
export interface Exchange {
  readonly got: Got;
  readonly heard: Heard;
  readonly form: UpstreamForm;
  readonly dropped: readonly string[];
  readonly pieces: readonly string[];
}

/** An answer that was an error. */
export interface Refusal {
  readonly status: number;
  readonly body: Wire;
  readonly headers: Headers;
}

/** One real gateway before one upstream that speaks the wire forms of this kind of provider. */
export async function anInstallation(row: Row, client: ClientForm) {
  let behaviour: Behaviour = {};
  const [closed, close] = aSignal();
  const [begun, begin] = aSignal();
  const heard: { readonly form: UpstreamForm; readonly heard: Heard }[] = [];
  const upstream = await anUpstream((res, seen) => {
    if (seen.url.startsWith('/sts')) return sendJson(res, 200, token);
    const form = formOf(row, seen);
    const understood = form.hear(JSON.parse(seen.body));
    heard.push({ form, heard: understood });
    res.on('close', close);
    begin();
    serve(res, seen, form, understood, behaviour);
  });
  const context = aContext({
    sandboxOff: true,
    upstreams: [
      {
        id: 'up',
        baseUrl: upstream.url + row.path,
        ...row.setting,
        ...(row.setting.kind === 'vertex' ? { google: googleAccount(upstream.url) } : {}),
      },
    ],
  });
  const url = await aGateway(context);
  const post = (ask: Ask, signal?: AbortSignal) =>
    fetch(url + client.path(`up/${row.model}`, ask.stream === true), {
      method: 'POST',
      headers: { authorization: `Bearer ${testSecret}`, 'content-type': 'application/json' },
      body: JSON.stringify(client.body(ask, `up/${row.model}`)),
      ...(signal === undefined ? {} : { signal }),
    });
  return {
    closed,
    begun,
    calls: () => heard.length,
    post: (ask: Ask, how: Behaviour, signal?: AbortSignal) => {
      behaviour = how;
      return post(ask, signal);
    },
    /** Asks, and has the upstream behave like this. */
    async ask(ask: Ask, how: Behaviour): Promise<Exchange | Refusal> {
      behaviour = how;
      const response = await post(ask);
      const text = await response.text();
      const record = await context.log.next();
      if (response.status !== 200)
        return { status: response.status, body: JSON.parse(text), headers: response.headers };
      const dropped = record['outcome.dropped'] ?? [];
      // What a stream loses on its way is known too late for its headers.
      if (ask.stream !== true)
        expect(response.headers.get('x-waybill-dropped') ?? '').toBe(dropped.join(', '));
      const last = heard.at(-1);
      if (last === undefined) throw new Error('The upstream was not asked.');
      if (ask.stream !== true) return { ...last, dropped, got: client.read(JSON.parse(text)), pieces: [] };
      const { whole, pieces } = client.join(eventsIn(text));
      return { ...last, dropped, got: client.read(whole), pieces };
    },
  };
}

function aSignal(): readonly [Promise<void>, () => void] {
  let give: () => void = () => {};
  const signal = new Promise<void>((resolve) => {
    give = resolve;
  });
  return [signal, () => give()];
}

export type Installation = Awaited<ReturnType<typeof anInstallation>>;

function formOf(row: Row, { url }: SeenRequest): UpstreamForm {
  const found = row.forms.find(([address]) => address.test(url));
  if (found === undefined) throw new Error(`Nothing of ${row.name} is at ${url}.`);
  return found[1];
}

function serve(
  res: ServerResponse,
  { url, body }: SeenRequest,
  form: UpstreamForm,
  heard: Heard,
  behaviour: Behaviour,
): void {
  const isStream = /stream/i.test(url) || JSON.parse(body).stream === true;
  if (behaviour === 'silent') {
    if (!isStream) return;
    res.writeHead(200, { 'content-type': form.streamType ?? 'text/event-stream' });
    const frames = form.stream({ text: 'Half an answer, and then nothing more.' }, heard);
    for (const frame of frames.slice(0, Math.ceil(frames.length / 2))) res.write(frame);
  } else if ('status' in behaviour) {
    const { body: problem, headers } = form.problem(behaviour.status);
    sendJson(res, behaviour.status, problem, { 'retry-after': retryAfter, ...headers });
  } else if (isStream) {
    res.writeHead(200, { 'content-type': form.streamType ?? 'text/event-stream' });
    for (const frame of form.stream(behaviour, heard)) res.write(frame);
    res.end();
  } else sendJson(res, 200, form.whole(behaviour, heard));
}

/** Server-sent events, their JSON. */
function eventsIn(text: string): readonly Wire[] {
  const data = text
    .split('\n')
    .flatMap((line) => (line.startsWith('data: {') ? [JSON.parse(line.slice(6))] : []));
  return list(data);
}

const token = {
  access_token: 'ya29.test',
  issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  token_type: 'Bearer',
  expires_in: 3600,
};

/** Credentials that are exchanged for an access token at the upstream itself. */
function googleAccount(url: string) {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-vertex-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'subject.jwt');
  writeFileSync(file, 'a.subject.token');
  const credentialsFile = join(folder, 'credentials.json');
  const credentials = {
    type: 'external_account',
    audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/test',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `${url}/sts/v1/token`,
    credential_source: { file },
  };
  writeFileSync(credentialsFile, JSON.stringify(credentials));
  return { project: 'my-project', location: 'europe-west1', credentialsFile };
}
