import { PaymentsModule } from '@libs/payments';
import { type Lab, openLab } from '@testing';
import { PaymentsWorkerModule } from '@worker/payments';
import { ForgetPayloads } from '../src/worker/forget-payloads.job';
import { anAccount } from './payments-lab';

describe('the texts of webhooks, which name shoppers', () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await openLab({ modules: [PaymentsModule, PaymentsWorkerModule] });
  }, 60_000);
  afterAll(() => lab.close());

  it('go after 30 days, and that the events were had is remembered', async () => {
    const storeId = await lab.aStore();
    const accountId = await anAccount(lab, storeId, { provider: 'manual' });
    await lab.db.write(storeId, (store) =>
      store.execute(
        `INSERT INTO provider_events (store_id, provider, event_id, account_id, type, payload, received_at)
         SELECT $1, 'manual', days::text, $2, 'paid', '{"name": "Ada"}', now() - make_interval(days => days)
         FROM unnest(ARRAY[0, 29, 31]) days`,
        [storeId, accountId],
      ),
    );
    await lab.get(ForgetPayloads).tick();
    const rows = await lab.db.read(storeId, (store) =>
      store.query(
        `SELECT event_id AS id, payload IS NOT NULL AS kept FROM provider_events WHERE store_id = $1 ORDER BY event_id`,
        [storeId],
      ),
    );
    expect(rows).toEqual([
      { id: '0', kept: true },
      { id: '29', kept: true },
      { id: '31', kept: false },
    ]);
  });

  it.each(['payment_facts', 'provider_events', 'payments', 'payment_operations', 'disputes'])(
    'are all that goes: no row of %s is ever taken away',
    async (table) => {
      const storeId = await lab.aStore();
      await expect(
        lab.db.write(storeId, (store) => store.execute(`DELETE FROM ${table}`)),
      ).rejects.toMatchObject({ code: '42501' });
      await expect(
        lab.db.acrossStores('try to delete', (tx) => tx.execute(`DELETE FROM ${table}`)),
      ).rejects.toMatchObject({ code: '42501' });
    },
  );
});
