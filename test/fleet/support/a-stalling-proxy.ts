import { connect, createServer, type Socket } from 'node:net';

/** A way to a server on which nothing gets through for as long as it is told: connections stay, and nobody answers. */
export interface StallingProxy {
  readonly port: number;
  stall(stalled: boolean): void;
  close(): void;
}

export async function aStallingProxy(to: {
  readonly port: number;
  readonly host: string;
}): Promise<StallingProxy> {
  let stalled = false;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket, other: Socket) => {
    sockets.add(socket);
    if (stalled) socket.pause();
    socket.on('data', (bytes) => other.write(bytes));
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      sockets.delete(socket);
      other.destroy();
    });
  };
  const server = createServer((client) => {
    const upstream = connect(to.port, to.host);
    keep(client, upstream);
    keep(upstream, client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    stall: (now) => {
      stalled = now;
      for (const socket of sockets) now ? socket.pause() : socket.resume();
    },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
