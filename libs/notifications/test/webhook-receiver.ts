import { once } from 'node:events';
import { type IncomingHttpHeaders, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One request that a receiver got. */
export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
  /** The header of that name after `x-caravel-`. */
  said(name: string): string;
}

/** A receiver of webhooks on this machine. */
export interface Receiver {
  readonly address: string;
  readonly got: Received[];
  /** How it answers; 200 unless a test says otherwise. */
  answer: (response: ServerResponse, request: Received) => void;
  /** The most requests that it had at the same time. */
  mostAtOnce: number;
  close(): Promise<void>;
}

/** Opens a receiver; close it at the end. */
export async function openReceiver(): Promise<Receiver> {
  let now = 0;
  const server = createServer((request, response) => {
    now += 1;
    receiver.mostAtOnce = Math.max(receiver.mostAtOnce, now);
    response.on('close', () => {
      now -= 1;
    });
    void text(request).then((body) => {
      const { headers } = request;
      const received = { headers, body, said: (name: string) => one(headers[`x-caravel-${name}`]) };
      receiver.got.push(received);
      receiver.answer(response, received);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const receiver: Receiver = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    got: [],
    answer: (response) => response.end('thanks'),
    mostAtOnce: 0,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}

function one(value: string | string[] | undefined): string {
  return String(value ?? '');
}
