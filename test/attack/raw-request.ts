import { connect } from 'node:net';

/** What came back over a bare connection: the status of every answer, and all bytes. */
export interface RawAnswer {
  readonly statuses: readonly number[];
  readonly text: string;
}

/** Sends bytes as they are, which no HTTP client would, and reads until the server closes or has been silent for a while. */
export function sendRaw(base: string, bytes: string | readonly string[], silentMs = 400): Promise<RawAnswer> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    const done = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve({
        statuses: [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status)),
        text,
      });
    };
    const timer = setTimeout(done, 30_000);
    let silence: NodeJS.Timeout | undefined;
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      clearTimeout(silence);
      silence = setTimeout(done, silentMs);
    });
    socket.on('end', done);
    socket.on('close', done);
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') done();
      else reject(error);
    });
    for (const part of typeof bytes === 'string' ? [bytes] : bytes) socket.write(part);
  });
}

/** The head of a request, line by line, and its body. */
export function aRequest(method: string, path: string, headers: readonly string[], body = ''): string {
  return [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', ...headers, '', body].join('\r\n');
}
