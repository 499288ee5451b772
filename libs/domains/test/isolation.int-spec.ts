import { DomainsModule, Hostnames } from '@libs/domains';
import { newId } from '@libs/kernel';
import { isolationSuite } from '@testing';

isolationSuite({
  modules: [DomainsModule],
  tables: ['hostnames', 'host_history', 'cert_orders', 'certificates'],
  seed: async (lab, storeId) => {
    await lab.db.write(storeId, async (store) => {
      const { id } = await lab.get(Hostnames).connectHostname(store, 'seed.example.test');
      const [orderId, certificateId] = [newId(), newId()];
      await store.execute(
        `INSERT INTO host_history (store_id, host_ascii, held_from) VALUES ($1, 'seed.example.test', now())`,
        [storeId],
      );
      await store.execute(
        `INSERT INTO cert_orders (store_id, id, hostname_id, purpose, state, names, csr, directory_url)
         VALUES ($1, $2, $3, 'first', 'stored', '{seed.example.test}', '', 'https://ca.test/dir')`,
        [storeId, orderId, id],
      );
      await store.execute(
        `INSERT INTO certificates (store_id, id, hostname_id, order_id, serial, names, issuer, chain_pem, not_before, not_after, renew_at)
         VALUES ($1, $2, $3, $4, '01', '{seed.example.test}', 'CA', '', now(), now(), now())`,
        [storeId, certificateId, id, orderId],
      );
    });
  },
});
