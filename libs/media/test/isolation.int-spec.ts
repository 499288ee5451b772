import { Blobs, Images, MediaModule } from '@libs/media';
import { newId } from '@libs/kernel';
import { isolationSuite } from '@testing';

isolationSuite({
  modules: [MediaModule],
  tables: ['blob_refs', 'images'],
  seed: (lab, storeId) =>
    lab.db.write(storeId, async (store) => {
      const bytes = Buffer.from('a file');
      await lab
        .get(Blobs)
        .claim(store, { kind: 'test', id: newId() }, [{ bytes, mime: 'text/plain' }]);
      await lab.get(Images).request(store, ['https://example.com/a.jpg']);
    }),
});
