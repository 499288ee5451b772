import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const PREFIX = '/.well-known/acme-challenge/';

/** Answers as a renderer does on port 80: for a host and a token, whatever `find` returns; 404 otherwise. */
export async function startResponder(
  find: (host: string, token: string) => Promise<string | null>,
): Promise<{ port: number; stop: () => Promise<void> }> {
  const server: Server = createServer((incoming, outgoing) => {
    const host = (incoming.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    const url = incoming.url ?? '';
    const token = url.startsWith(PREFIX) ? url.slice(PREFIX.length) : '';
    find(host, token).then(
      (text) => {
        outgoing.statusCode = text === null ? 404 : 200;
        outgoing.end(text ?? 'not here');
      },
      () => {
        outgoing.statusCode = 500;
        outgoing.end();
      },
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
