import { isolationSuite } from '@testing';
import { AbandonedCarts } from '../src/abandoned-carts/abandoned-carts.service';
import { MarketingConsent } from '../src/abandoned-carts/marketing-consent.service';
import { MailTemplates } from '../src/mails/mail-templates.service';
import { NotificationsModule } from '../src/notifications.module';
import { Webhooks } from '../src/webhooks/webhooks.service';

isolationSuite({
  modules: [NotificationsModule],
  tables: [
    'webhook_subscriptions',
    'webhook_events',
    'webhook_deliveries',
    'webhook_attempts',
    'mail_templates',
    'abandoned_cart_settings',
    'abandoned_cart_mails',
    'marketing_opt_outs',
  ],
  seed: async (lab, storeId) => {
    await lab.db.write(storeId, async (store) => {
      const { id } = await lab
        .get(Webhooks)
        .create(store, { address: 'https://example.com/', topics: ['orders/create'] });
      const words = { subject: 'Thank you', body: '{{#button}}See{{/button}}' };
      await lab.get(MailTemplates).save(store, 'order.confirmed', 'en', words);
      await lab.get(AbandonedCarts).choose(store, { enabled: true, delayHours: 10 });
      await lab.get(MarketingConsent).withdraw(store, `${storeId}@example.test`, 'seed');
      await store.execute(
        `INSERT INTO abandoned_cart_mails (store_id, checkout_id, cart_id, email, locale)
         VALUES ($1, gen_random_uuid(), gen_random_uuid(), 'a@example.test', 'en')`,
        [storeId],
      );
      await store.execute(
        `WITH e AS (INSERT INTO webhook_events (store_id, event_id, topic, resource_id, payload)
           VALUES ($1, gen_random_uuid(), 'ping', '1', '{}') RETURNING event_id),
         d AS (INSERT INTO webhook_deliveries (store_id, delivery_id, subscription_id, event_id, sequence)
           SELECT $1, gen_random_uuid(), $2, event_id, 1 FROM e RETURNING delivery_id)
         INSERT INTO webhook_attempts (store_id, delivery_id, attempt, at, duration_ms, request_headers)
         SELECT $1, delivery_id, 1, now(), 1, '{}' FROM d`,
        [storeId, id],
      );
    });
  },
});
