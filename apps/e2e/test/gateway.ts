import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Method and path of a request, without the query: `POST /api/v1/stores`. */
type Route = string;

/** What stands between a command and the API, and may fail as a network does. */
export class Gateway {
  /** Done before a request goes on. */
  before: (route: Route) => Promise<void> = () => Promise.resolve();
  /** Whether the answer is lost on its way back, after the API has done what it was asked for. */
  loses: (route: Route) => boolean = () => false;
  private readonly server: Server;

  private constructor(private readonly target: string) {
    this.server = createServer((request, response) => {
      this.pass(request, response).catch(() => response.destroy());
    });
  }

  /** @param target the API's address */
  static async open(target: string): Promise<Gateway> {
    const gateway = new Gateway(target);
    await new Promise<void>((done) => {
      gateway.server.listen(0, '127.0.0.1', done);
    });
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Lets everything through again. */
  calm(): void {
    this.before = () => Promise.resolve();
    this.loses = () => false;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((done) => {
      this.server.close(() => done());
    });
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = request;
    const route = `${method} ${url.split('?')[0]}`;
    const body = await buffer(request);
    await this.before(route);
    const { host: _host, connection: _connection, ...headers } = request.headers;
    const answer = await fetch(`${this.target}${url}`, {
      method,
      headers: headers as Record<string, string>,
      body: body.length === 0 ? undefined : new Uint8Array(body),
      redirect: 'manual',
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (this.loses(route)) {
      response.destroy();
      return;
    }
    const type = answer.headers.get('content-type') ?? 'application/octet-stream';
    response.writeHead(answer.status, { 'content-type': type }).end(bytes);
  }
}
