import { PaymentsModule } from '@libs/payments';
import { type Lab, openLab } from '@testing';
import { aPayment, anAccount, tell } from './payments-lab';

const tables = [
  'payments',
  'payment_attempts',
  'payment_facts',
  'provider_events',
  'payment_operations',
  'disputes',
];

describe('what providers told, and what was asked of them', () => {
  let lab: Lab;
  let storeId: string;

  beforeAll(async () => {
    lab = await openLab({ modules: [PaymentsModule] });
    storeId = await lab.aStore();
    const accountId = await anAccount(lab, storeId, { provider: 'manual' });
    const paymentId = await aPayment(lab, storeId, accountId);
    const money = { amountMinor: 1000, currency: 'EUR' };
    const at = new Date().toISOString();
    await tell(lab, storeId, paymentId, [
      { kind: 'auth', objectId: 'first try', status: 'failed', money, at, reason: 'card_declined' },
    ]);
  });
  afterAll(() => lab.close());

  /** Refused to the application in its store, and to the application across all of them. */
  const refused = async (sql: string) => {
    const inStore = lab.db.write(storeId, (store) => store.execute(sql, [storeId]));
    await expect(inStore).rejects.toThrow('permission denied');
    const across = lab.db.acrossStores('try it', (tx) => tx.execute(sql, [storeId]));
    await expect(across).rejects.toThrow('permission denied');
  };

  it.each(tables)('is not taken away by the application: %s', (table) =>
    refused(`DELETE FROM ${table} WHERE store_id = $1`),
  );

  it('keeps a try that failed as it was told', async () => {
    await refused('UPDATE payment_attempts SET failure_code = NULL WHERE store_id = $1');
    const told = await lab.db.read(storeId, (store) =>
      store.query('SELECT attempt_no AS no, failure_code AS why FROM payment_attempts'),
    );
    expect(told).toEqual([{ no: 1, why: 'card_declined' }]);
  });
});
