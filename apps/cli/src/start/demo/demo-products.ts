import { setTimeout as wait } from 'node:timers/promises';
import type { DemoApi } from './demo-api';
import { readDemoCatalogue } from './demo-catalogue';

/** How long the worker may take over a few dozen products, in milliseconds. */
const patience = 120_000;

interface ImportState {
  status: 'queued' | 'running' | 'completed' | 'failed';
  counts: { products: { failed: number } };
  problems: { message: string }[];
}

/**
 * Imports the demo's product file through the same door that merchants use, and waits for the worker to finish.
 * @throws Error when the import fails or a product is refused
 */
export async function importProducts(api: DemoApi, storeId: string): Promise<void> {
  const { id } = await api.upload<{ id: string }>(`/stores/${storeId}/product-imports`, {
    name: 'products.csv',
    type: 'text/csv',
    content: readDemoCatalogue().csv,
  });
  const deadline = Date.now() + patience;
  for (;;) {
    const state = await api.get<ImportState>(`/stores/${storeId}/product-imports/${id}`);
    if (state.status === 'failed' || state.counts.products.failed > 0) {
      throw new Error(state.problems[0]?.message ?? 'the import failed');
    }
    if (state.status === 'completed') return;
    if (Date.now() > deadline) throw new Error('the import did not finish in time');
    await wait(200);
  }
}
