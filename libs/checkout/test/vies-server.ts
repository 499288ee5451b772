import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What the stand-in for VIES says of the next numbers; null never answers. */
export type ViesSays = { status: number; body: unknown } | null;

/** A stand-in for the register of VAT numbers. */
export interface ViesServer {
  url: string;
  asked: Record<string, string>[];
  /** Changed by tests. */
  says: ViesSays;
  close(): void;
}

/** It knows the number. */
export const validNumber = {
  status: 200,
  body: { valid: true, requestIdentifier: 'WAPIAAAAY1', name: 'SARL EXEMPLE', userError: 'VALID' },
};

/** Begins to listen on loopback. */
export async function openViesServer(): Promise<ViesServer> {
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      vies.asked.push({ path: request.url ?? '', ...(body as Record<string, string>) });
      const { says } = vies;
      if (says === null) return;
      response.writeHead(says.status, { 'content-type': 'application/json' });
      response.end(typeof says.body === 'string' ? says.body : JSON.stringify(says.body));
    });
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const vies: ViesServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    says: validNumber,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return vies;
}
