import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the reference answers to everything. */
export interface ReferenceAnswer {
  headers: Record<string, string>;
  body: string;
}

/** A bare `node:http` that answers the same bytes: the least that a page can cost. The body comes in base64. */
process.once('message', ({ headers, body }: ReferenceAnswer) => {
  const bytes = Buffer.from(body, 'base64');
  const server = createServer((_request, response) => {
    response.writeHead(200, headers);
    response.end(bytes);
  });
  server.listen(0, '127.0.0.1', () => {
    process.send?.({ port: (server.address() as AddressInfo).port });
  });
});
process.once('disconnect', () => process.exit());
