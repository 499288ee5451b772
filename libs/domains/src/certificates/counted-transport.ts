import type { Metrics } from '@platform/telemetry';
import { AcmeError } from '../acme/acme-error';
import type { AcmeAnswer, AcmeCall, AcmeTransport } from '../acme/acme-transport';

/** Counts what the authority answers: operation, and HTTP status or kind of fault. */
export class CountedTransport implements AcmeTransport {
  private readonly counter: ReturnType<Metrics['counter']>;

  constructor(
    private readonly inner: AcmeTransport,
    metrics: Metrics,
  ) {
    this.counter = metrics.counter({
      name: 'acme_requests_total',
      help: 'Requests to the certificate authority.',
      labels: ['operation', 'outcome'],
    });
  }

  async exchange(call: AcmeCall): Promise<AcmeAnswer> {
    const { operation } = call;
    try {
      const answer = await this.inner.exchange(call);
      this.counter.inc({ operation, outcome: String(answer.status) });
      return answer;
    } catch (error) {
      this.counter.inc({ operation, outcome: error instanceof AcmeError ? error.type : 'fault' });
      throw error;
    }
  }

  close(): void {
    this.inner.close();
  }
}
