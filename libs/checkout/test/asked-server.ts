import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A service that answers questions, as somebody else would write it. */
export interface AskedServer<Question> {
  url: string;
  got: { body: string; question: Question; headers: IncomingHttpHeaders }[];
  /** What it does with a question; changed by tests. */
  answer: (response: ServerResponse, question: Question) => void;
  close(): Promise<void>;
}

/** Answers with JSON. */
export const json =
  (value: unknown): AskedServer<unknown>['answer'] =>
  (response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));

/** Begins to listen on loopback. */
export async function openAskedServer<Question>(
  path: string,
  answer: AskedServer<Question>['answer'],
): Promise<AskedServer<Question>> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const question = JSON.parse(body === '' ? 'null' : body) as Question;
      made.got.push({ body, question, headers: request.headers });
      made.answer(response, question);
    });
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const made: AskedServer<Question> = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    got: [],
    answer,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => {
        server.close(() => done());
      });
    },
  };
  return made;
}
