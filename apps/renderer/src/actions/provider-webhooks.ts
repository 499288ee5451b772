import { Inject, Injectable } from '@nestjs/common';
import { PaymentWebhooks } from '@renderer/payments';
import { Log } from '@platform/telemetry';
import type { ShopRequest, ShopResponse } from '../shop-request';

/** `/webhooks/<provider>/<account key>`, as a provider was told it. */
const address = /^\/webhooks\/([a-z_]{1,40})\/([\w-]{1,80})$/;

/** The door of payment providers' webhooks: on every name of a store, whoever may see it, and never redirected. */
@Injectable()
export class ProviderWebhooks {
  constructor(
    @Inject(PaymentWebhooks) private readonly webhooks: PaymentWebhooks,
    @Inject(Log) private readonly log: Log,
  ) {}

  /** The answer for a path of webhooks; null for another path. */
  async answer(
    { storeId }: { storeId: string },
    path: string,
    { method, headers, body }: ShopRequest,
  ): Promise<ShopResponse | null> {
    if (!path.startsWith('/webhooks/')) return null;
    const [, provider, accountKey] = address.exec(path) ?? [];
    if (provider === undefined || accountKey === undefined) return plain(404);
    if (method !== 'POST')
      return { ...plain(405), headers: { ...plain(405).headers, allow: 'POST' } };
    const { status, reason } = await this.webhooks.receive(storeId, {
      provider,
      accountKey,
      rawBody: body,
      headers,
    });
    if (reason !== undefined) {
      this.log.warn({ storeId, provider, status, reason }, 'A webhook was not taken.');
    }
    return plain(status);
  }
}

function plain(status: number): ShopResponse {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    body: Buffer.alloc(0),
  };
}
