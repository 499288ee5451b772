import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoApi } from './demo-api';

/** Uploads a picture of the demo. @param name its file in `pictures/` @returns its id @throws ApiRefusal */
export async function uploadPicture(api: DemoApi, storeId: string, name: string): Promise<string> {
  const { id } = await api.upload<{ id: string }>(`/stores/${storeId}/images`, {
    name,
    type: 'image/webp',
    content: readFileSync(join(__dirname, 'pictures', name)),
  });
  return id;
}
