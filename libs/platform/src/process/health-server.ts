import { createServer, type Server, type ServerResponse } from 'node:http';

/** What a supervisor and Prometheus ask for. */
export interface Health {
  /** @throws when the worker cannot do its work at present */
  ready(): Promise<void>;
  /** All numbers in Prometheus' text format. */
  metrics(): Promise<string>;
}

/** Answers `/health/live`, `/health/ready` and `/metrics`. */
export class HealthServer {
  private readonly server: Server;

  constructor(health: Health) {
    this.server = createServer((request, response) => {
      answer(health, request.url ?? '/', response).catch(() => send(response, 500, 'error'));
    });
  }

  /**
   * Begins to answer.
   * @param port 0 to stay silent
   * @throws EADDRINUSE when the port is taken
   */
  async listen(port: number, bind: string): Promise<void> {
    if (port === 0) return;
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, bind, resolve);
    });
  }

  async close(): Promise<void> {
    if (!this.server.listening) return;
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
    });
  }
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
