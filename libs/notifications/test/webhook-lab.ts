import { CatalogApiModule } from '@api/catalog';
import { CustomersApiModule } from '@api/customers';
import { IdentityApiModule } from '@api/identity';
import { NotificationsApiModule } from '@api/notifications';
import { StoresApiModule } from '@api/stores';
import { type ApiAnswer, type ApiLab, type Merchant, openApiLab } from '@testing';
import { NotificationsWorkerModule } from '@worker/notifications';
import { openReceiver, type Receiver } from './webhook-receiver';

/** A store, somebody who listens to it, and a clock that tests move. */
export interface WebhookLab {
  readonly lab: ApiLab;
  merchant: Merchant;
  receiver: Receiver;
  /** The store's API. @param route such as `GET /webhooks` */
  call(route: string, body?: unknown): Promise<ApiAnswer>;
  /** A webhook to the receiver; `path` stands before its own routes. */
  listen(topics: string[], address?: string): Promise<{ id: string; secret: string; path: string }>;
  aCustomer(name: string): Promise<string>;
  /** As if so much time had gone by for everything that waits. */
  pass(hours: number): Promise<void>;
  /** A new store and a new receiver. */
  renew(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a lab; `renew` before each test. */
export async function openWebhookLab(): Promise<WebhookLab> {
  const lab = await openApiLab([
    IdentityApiModule,
    StoresApiModule,
    CatalogApiModule,
    CustomersApiModule,
    NotificationsApiModule,
    NotificationsWorkerModule,
  ]);
  const made: WebhookLab = {
    lab,
    merchant: await lab.aMerchant(),
    receiver: await openReceiver(),
    call: (route, body) => {
      const [method, path] = route.split(' ');
      const { storeId, token } = made.merchant;
      return lab.call(`${method} /stores/${storeId}${path}`, { token, body });
    },
    listen: async (topics, address = made.receiver.address) => {
      const { status, text, body } = await made.call('POST /webhooks', { address, topics });
      if (status !== 201) throw new Error(text);
      return { id: body.id, secret: body.secret, path: `/webhooks/${body.id}` };
    },
    aCustomer: async (name) => {
      const email = `${name}@example.test`;
      const { status, text, body } = await made.call('POST /customers', { email, firstName: name });
      if (status !== 201) throw new Error(text);
      return body.id;
    },
    pass: (hours) => pass(lab, made.merchant.storeId, hours),
    renew: async () => {
      await made.receiver.close();
      made.receiver = await openReceiver();
      made.merchant = await lab.aMerchant();
      await lab.drain();
    },
    close: async () => {
      await made.receiver.close();
      await lab.close();
    },
  };
  return made;
}

async function pass(lab: ApiLab, storeId: string, hours: number): Promise<void> {
  const past = (column: string) => `${column} = ${column} - $2 * interval '1 hour'`;
  await lab.db.acrossStores('let time pass in a test', async (tx) => {
    await tx.execute(
      `UPDATE webhook_subscriptions SET ${past('resting_until')}, ${past('failing_since')},
         ${past('previous_until')} WHERE store_id = $1`,
      [storeId, hours],
    );
    await tx.execute(
      `UPDATE webhook_deliveries SET ${past('next_attempt_at')}, ${past('lease_until')},
         ${past('trying_since')} WHERE store_id = $1`,
      [storeId, hours],
    );
    const sql = `UPDATE webhook_events SET ${past('triggered_at')} WHERE store_id = $1`;
    await tx.execute(sql, [storeId, hours]);
    await tx.execute(`UPDATE jobs SET ${past('run_at')} WHERE store_id = $1`, [storeId, hours]);
  });
}
