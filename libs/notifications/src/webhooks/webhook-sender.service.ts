import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@libs/kernel';
import { CONFIG, type Config } from '@platform/config';
import { safeFetch } from '@platform/fetch';
import { SigningSecrets, signRequest } from '@platform/secrets';
import type { AttemptResult, ClaimedDelivery } from './delivery-queue.service';
import { signedWebhooks } from './signed-webhooks';

/** The version of the API whose objects the bodies are. */
export const webhookApiVersion = 'v1';

const timeoutMs = 10_000;
const excerptBytes = 2_000;

/** Sends one delivery to its receiver, once. */
@Injectable()
export class WebhookSender {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(SigningSecrets) private readonly secrets: SigningSecrets,
  ) {}

  /**
   * Sends and reads the beginning of the answer. Redirects are not followed, private addresses not reached, and what
   * goes wrong is an answer, too.
   * @param signal the worker stops
   */
  async send(
    storeId: string,
    delivery: ClaimedDelivery,
    signal: AbortSignal,
  ): Promise<AttemptResult> {
    const at = new Date();
    const startedAt = performance.now();
    const requestHeaders = this.headers(storeId, delivery, at);
    const attempt = (result: Pick<AttemptResult, 'status' | 'responseExcerpt' | 'error'>) => ({
      at,
      requestHeaders,
      durationMs: Math.round(performance.now() - startedAt),
      ...result,
    });
    try {
      const { status, body } = await safeFetch(delivery.address, {
        method: 'POST',
        headers: requestHeaders,
        body: delivery.payload,
        timeoutMs,
        maxBytes: excerptBytes,
        cutBody: true,
        maxRedirects: 0,
        anyStatus: true,
        allowPrivate: this.config.fetch.allowPrivate,
        signal,
      });
      const ok = status >= 200 && status < 300;
      const error = ok ? null : `The receiver answered with ${status}.`;
      return attempt({ status, responseExcerpt: printable(body), error });
    } catch (error) {
      if (signal.aborted) throw error;
      if (!(error instanceof AppError)) throw error;
      return attempt({ status: null, responseExcerpt: null, error: error.message });
    }
  }

  private headers(storeId: string, delivery: ClaimedDelivery, at: Date): Record<string, string> {
    const row = { storeId, rowId: delivery.subscriptionId };
    const secrets = this.secrets.open(signedWebhooks, row, delivery);
    const seconds = Math.floor(at.getTime() / 1000);
    return {
      'content-type': 'application/json',
      'user-agent': 'Caravel-Webhooks/1',
      'x-caravel-topic': delivery.topic,
      'x-caravel-event-id': delivery.eventId,
      'x-caravel-delivery-id': delivery.deliveryId,
      'x-caravel-webhook-id': delivery.subscriptionId,
      'x-caravel-store-id': storeId,
      'x-caravel-sequence': String(delivery.sequence),
      'x-caravel-attempt': String(delivery.attempt),
      'x-caravel-triggered-at': delivery.triggeredAt.toISOString(),
      'x-caravel-api-version': webhookApiVersion,
      ...(delivery.test ? { 'x-caravel-test': 'true' } : {}),
      'x-caravel-signature': signRequest(delivery.payload, secrets, seconds),
    };
  }
}

/** The beginning of an answer as PostgreSQL takes it: no zero bytes, no half characters. */
function printable(body: Buffer): string {
  return body.toString('utf8').replaceAll('\0', '�');
}
