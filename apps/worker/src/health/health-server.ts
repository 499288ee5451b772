import { createServer, type Server, type ServerResponse } from 'node:http';

/** What a supervisor and Prometheus ask for. */
export interface Health {
  /** @throws when the worker cannot do its work at present */
  ready(): Promise<void>;
  /** All numbers in Prometheus' text format. */
  metrics(): Promise<string>;
}

/**
 * Answers `/health/live`, `/health/ready` and `/metrics`.
 * @param port 0 for none
 * @returns how to close it
 * @throws EADDRINUSE when the port is taken
 */
export async function openHealthServer(
  health: Health,
  { port, bind }: { port: number; bind: string },
): Promise<() => Promise<void>> {
  if (port === 0) return () => Promise.resolve();
  const server = createServer((request, response) => {
    answer(health, request.url ?? '/', response).catch(() => send(response, 500, 'error'));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, bind, resolve);
  });
  return () => close(server);
}

async function answer(health: Health, url: string, response: ServerResponse): Promise<void> {
  if (url === '/health/live') return send(response, 200, 'ok');
  if (url === '/metrics') return send(response, 200, await health.metrics());
  if (url !== '/health/ready') return send(response, 404, 'not found');
  const ready = await health.ready().then(
    () => true,
    () => false,
  );
  send(response, ready ? 200 : 503, ready ? 'ok' : 'not ready');
}

function send(response: ServerResponse, status: number, body: string): void {
  response
    .writeHead(status, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })
    .end(body);
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
