import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Customers } from '@libs/customers';

const theirs = 'WHERE store_id = $1 AND lower(email) = $2';

/**
 * What came of it at a receiver stands there; here the words go, except of what is still to be delivered. What a
 * shopper typed into a checkout before or beside the address goes with what has it.
 */
const forgetEvents = `DELETE FROM webhook_events e WHERE store_id = $1 AND topic <> 'customers/delete'
  AND (resource_id = $2 OR strpos(lower(payload), $3) > 0
    OR resource_id IN (SELECT named.resource_id FROM webhook_events named WHERE named.store_id = $1
      AND named.topic LIKE 'checkouts/%' AND (strpos(named.payload, $2) > 0 OR strpos(lower(named.payload), $3) > 0)))
  AND NOT EXISTS (SELECT FROM webhook_deliveries d
    WHERE d.store_id = $1 AND d.event_id = e.event_id AND d.state = 'pending')`;

/**
 * What mails and webhooks keep of a customer. Who wants no mail is remembered by their address also after an erasure:
 * otherwise they might get some again.
 */
@Injectable()
export class MailRecords implements OnModuleInit {
  constructor(@Inject(Customers) private readonly customers: Customers) {}

  onModuleInit(): void {
    this.customers.alsoKeep({
      name: 'abandonedCartMails',
      read: (store, { email }) =>
        store.query(
          `SELECT email, locale, sent_at AS "sentAt" FROM abandoned_cart_mails ${theirs} ORDER BY claimed_at`,
          [store.storeId, email],
        ),
      erase: async (store, { customerId, email }) => {
        await store.execute(`DELETE FROM abandoned_cart_mails ${theirs}`, [store.storeId, email]);
        await store.execute(forgetEvents, [store.storeId, customerId, email]);
      },
    });
    this.customers.alsoKeep({
      name: 'marketingOptOuts',
      read: (store, { email }) =>
        store.query(`SELECT email, source, at FROM marketing_opt_outs ${theirs}`, [
          store.storeId,
          email,
        ]),
    });
  }
}
