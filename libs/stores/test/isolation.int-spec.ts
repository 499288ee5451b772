import { StoresModule } from '@libs/stores';
import { isolationSuite } from '@testing';

isolationSuite({
  modules: [StoresModule],
  // A lab's store has a row in each of these from the start; audit lines and stamps come with its first change.
  tables: ['stores', 'audit_log', 'store_stamps'],
  seed: async (lab, storeId) => {
    await lab.db.write(storeId, async (store) => {
      store.record({ action: 'store.created', target: { kind: 'store', id: storeId } });
      await store.execute(
        'INSERT INTO store_stamps (store_id, v) VALUES ($1, 1) ON CONFLICT DO NOTHING',
        [storeId],
      );
    });
  },
});
