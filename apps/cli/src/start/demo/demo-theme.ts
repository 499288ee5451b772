import { zipTheme } from '../../theme/files/archive';
import { firstPartyTheme } from '../../theme/files/first-party';
import { readThemeFolder } from '../../theme/files/theme-folder';
import type { DemoApi } from './demo-api';
import { withDemoSettings } from './demo-settings';

/**
 * Uploads and publishes a first-party theme.
 * @param name its folder in `themes/`
 * @throws ApiRefusal with the findings when the platform finds a fault in it
 */
export async function publishDemoTheme(api: DemoApi, storeId: string, name: string): Promise<void> {
  const { files } = await readThemeFolder(firstPartyTheme(name));
  const { id } = await api.upload<{ id: string }>(`/stores/${storeId}/themes`, {
    name: `${name}.zip`,
    type: 'application/zip',
    content: await zipTheme(withDemoSettings(files)),
  });
  await api.post(`/stores/${storeId}/themes/${id}/publish`);
}
