import type { DemoApi } from './demo-api';

const description =
  'Stoneware, linen and light for the table and the shelf: a small collection of well-made things for every day, chosen with care.';

/**
 * Says what the store is about, for search engines and for whoever shares a page of it.
 * @throws ApiRefusal
 */
export async function describeStore(api: DemoApi, storeId: string): Promise<void> {
  const { version } = await api.get<{ version: number }>(`/stores/${storeId}`);
  await api.patch(`/stores/${storeId}`, { description, version });
}
