import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { RateQuestion } from '../src/shipping/rate-services/rate-question';

interface Got {
  body: string;
  question: RateQuestion;
  headers: IncomingHttpHeaders;
}

/** A service that tells rates, as somebody else would write it. */
export interface RateServer {
  url: string;
  got: Got[];
  /** What it does with a question; changed by tests. */
  answer: (response: ServerResponse, question: RateQuestion) => void;
  close(): Promise<void>;
}

/** An express rate of 7.20, in the currency that is asked for. */
export const express = (priceMinor = 720) => ({
  code: 'express',
  name: 'Express',
  priceMinor,
  currency: 'EUR',
});

/** Answers with these rates. */
export const rates =
  (...list: object[]): RateServer['answer'] =>
  (response) =>
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ rates: list }));

/** Begins to listen on loopback. */
export async function openRateServer(): Promise<RateServer> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const question = JSON.parse(body === '' ? 'null' : body) as RateQuestion;
      made.got.push({ body, question, headers: request.headers });
      made.answer(response, question);
    });
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const made: RateServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/rates`,
    got: [],
    answer: rates(express()),
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => {
        server.close(() => done());
      });
    },
  };
  return made;
}
