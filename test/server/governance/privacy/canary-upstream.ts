import type { ServerResponse } from 'node:http';
import { wires } from '../../../faults/wires.ts';
import { anUpstream, type FakeUpstream, sendJson } from '../../support/servers.ts';
import type { Canary } from './canary.ts';

type Dialect = keyof typeof wires;

/**
 * An upstream of every dialect that answers with canaries, and repeats them in its errors. What goes wrong is asked for
 * by the model's name: `broken` ends in mid-stream, `failing` answers an error, `page` a web page, `babble` no JSON.
 */
export function aTalkativeUpstream(canary: Canary): Promise<FakeUpstream> {
  return anUpstream((res, { url, body }) => {
    if (url === '/labels') return sendJson(res, 200, { label: canary.text('label') });
    const dialect = dialectOf(url);
    const asked = `${url} ${body.slice(0, 4_000)}`;
    const says = (name: string) => asked.includes(`-${name}`);
    if (says('failing')) return fail(res, dialect, canary);
    if (says('page'))
      return void res.writeHead(500, { 'content-type': 'text/html' }).end(canary.text('page'));
    if (says('babble'))
      return void res.writeHead(200, { 'content-type': 'application/json' }).end(canary.text('babble'));
    if (/count|input_tokens/.test(url)) return sendJson(res, 529, wires[dialect].overload);
    const streams = /"stream":\s*true/.test(body) || url.includes('stream');
    if (streams) return stream(res, dialect, canary, says('broken'));
    if (says('judge'))
      return sendJson(
        res,
        200,
        wires[dialect].whole(`{"label": "${canary.text('judge').replaceAll('"', '')}"}`),
      );
    if (says('hangs')) return;
    sendJson(res, 200, wires[dialect].whole(canary.text('answer')));
  });
}

function dialectOf(url: string): Dialect {
  if (url.includes('/chat/completions')) return 'openai-chat';
  if (url.includes('/responses')) return 'openai-responses';
  if (url.includes('/messages')) return 'anthropic-messages';
  if (url.includes('/embeddings')) return 'openai-embeddings';
  if (url.includes('/completions')) return 'openai-completions';
  return 'google-generate';
}

/** An error whose words, code and kind repeat what was asked. */
function fail(res: ServerResponse, dialect: Dialect, { text }: Canary): void {
  const { error } = wires[dialect].overload as { readonly error: object };
  const told = {
    ...error,
    message: text('error'),
    param: text('param'),
    details: [{ reason: text('reason') }],
  };
  sendJson(
    res,
    400,
    { ...wires[dialect].overload, error: told },
    { 'x-note': encodeURIComponent(text('header')) },
  );
}

function stream(res: ServerResponse, dialect: Dialect, { text }: Canary, breaks: boolean): void {
  const { head, part, tail } = wires[dialect];
  res.writeHead(200, { 'content-type': 'text/event-stream' });
  res.write(head + part(text('stream')));
  if (!breaks) return void res.end(tail);
  res.write(part(text('broken')), () => res.destroy());
}
