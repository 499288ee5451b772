import { PaymentsModule, StoredValue } from '@libs/payments';
import { isolationSuite } from '@testing';
import { noteReport } from '../src/reconciliation/reports.queries';
import { anAccount, aPayment, tell } from './payments-lab';

isolationSuite({
  modules: [PaymentsModule],
  tables: [
    'payment_accounts',
    'payments',
    'payment_attempts',
    'payment_facts',
    'provider_events',
    'payment_operations',
    'disputes',
    'stored_value_accounts',
    'stored_value_holds',
    'stored_value_entries',
    'payment_reconciliations',
  ],
  seed: async (lab, storeId) => {
    const accountId = await anAccount(lab, storeId, { provider: 'manual' });
    const paymentId = await aPayment(lab, storeId, accountId);
    const money = { amountMinor: 1000, currency: 'EUR' };
    const at = new Date().toISOString();
    await tell(lab, storeId, paymentId, [
      { kind: 'auth', objectId: `a${storeId}`, status: 'failed', money, at },
      { kind: 'dispute', objectId: `d${storeId}`, status: 'open', money, at },
    ]);
    await lab.db.write(storeId, async (store) => {
      const value = lab.get(StoredValue);
      const card = await value.issueGiftCard(store, { money, ref: 'seed' });
      const held = [{ accountId: card.accountId, amountMinor: 1 }];
      await value.hold(store, crypto.randomUUID(), held);
      await noteReport(store, accountId, { looked: 1, findings: [] });
      await store.execute(
        `INSERT INTO provider_events (store_id, provider, event_id, account_id, type)
         VALUES ($1, 'manual', 'e1', $2, 'paid')`,
        [storeId, accountId],
      );
      await store.execute(
        `INSERT INTO payment_operations (store_id, operation_id, payment_id, kind, key, amount_minor, currency)
         VALUES ($1, gen_random_uuid(), $2, 'cancel', 'k', 0, 'EUR')`,
        [storeId, paymentId],
      );
    });
  },
});
