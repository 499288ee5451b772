import { Agent, request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { rootCertificates } from 'node:tls';
import { AcmeError } from './acme-error';

export interface AcmeAnswer {
  status: number;
  headers: Readonly<Record<string, string | undefined>>;
  text: string;
}

export interface AcmeCall {
  operation: string;
  method: 'GET' | 'HEAD' | 'POST';
  url: string;
  body?: string;
  accept?: string;
  signal?: AbortSignal;
}

/** One HTTPS exchange with the authority. A port, so that tests can put faults between. */
export interface AcmeTransport {
  /** Returns any answer, whatever its status. Throws `AcmeError` (`network`, `timeout`, `aborted`, `protocol`). */
  exchange(call: AcmeCall): Promise<AcmeAnswer>;
  close(): void;
}

/** A certificate chain of ten names is about 10 kB; anything near this bound is not an ACME answer. */
const MAX_ANSWER_BYTES = 1_000_000;

/** Talks HTTPS on kept-alive connections, trusting the public roots and one more when it is given. */
export class HttpsTransport implements AcmeTransport {
  private readonly agent: Agent;

  /** `caPem`: root of a private or test authority; `timeoutMs`: for one whole exchange. */
  constructor(private readonly options: { caPem: string | null; timeoutMs: number }) {
    const { caPem } = options;
    const trust = caPem === null ? {} : { ca: [...rootCertificates, caPem] };
    this.agent = new Agent({ keepAlive: true, maxSockets: 8, ...trust });
  }

  async exchange(call: AcmeCall): Promise<AcmeAnswer> {
    const deadline = AbortSignal.timeout(this.options.timeoutMs);
    const signal = call.signal ? AbortSignal.any([call.signal, deadline]) : deadline;
    try {
      return await this.send(call, signal);
    } catch (error) {
      if (error instanceof AcmeError) throw error;
      const type = call.signal?.aborted ? 'aborted' : deadline.aborted ? 'timeout' : 'network';
      const detail = error instanceof Error ? error.message : String(error);
      throw failure(call, type, detail, error);
    }
  }

  close(): void {
    this.agent.destroy();
  }

  private send(call: AcmeCall, signal: AbortSignal): Promise<AcmeAnswer> {
    const { body } = call;
    return new Promise((resolve, reject) => {
      const outgoing = request(call.url, {
        method: call.method,
        agent: this.agent,
        signal,
        headers: {
          'User-Agent': 'caravel-acme/1',
          ...(call.accept ? { Accept: call.accept } : {}),
          ...(body === undefined
            ? {}
            : {
                'Content-Type': 'application/jose+json',
                'Content-Length': Buffer.byteLength(body),
              }),
        },
      });
      outgoing.once('error', reject);
      outgoing.once('response', (incoming) => {
        read(call, incoming).then(resolve, reject);
      });
      outgoing.end(body);
    });
  }
}

async function read(call: AcmeCall, incoming: IncomingMessage): Promise<AcmeAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > MAX_ANSWER_BYTES) {
      incoming.destroy();
      throw failure(call, 'protocol', `answer larger than ${MAX_ANSWER_BYTES} bytes`);
    }
    chunks.push(bytes);
  }
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    status: incoming.statusCode ?? 0,
    headers,
    text: Buffer.concat(chunks).toString('utf8'),
  };
}

function failure(call: AcmeCall, type: string, detail: string, cause?: unknown): AcmeError {
  const { operation } = call;
  return new AcmeError({
    operation,
    type,
    status: 0,
    detail,
    retryAfter: null,
    subproblems: [],
    cause,
  });
}
