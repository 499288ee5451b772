import { PublishTheme, ThemesModule, Themes } from '@libs/themes';
import { type Lab, isolationSuite } from '@testing';
import { ThemePreviews } from '../src/previews/theme-previews.service';
import { ThemeFileKeeper } from '../src/theme-file-keeper.service';
import { newId } from '@libs/kernel';
import { aTheme, uploadTheme, zipOf } from './theme.builder';

isolationSuite({
  modules: [ThemesModule],
  tables: [
    'themes',
    'theme_versions',
    'live_themes',
    'theme_publications',
    'theme_uploads',
    'theme_previews',
  ],
  seed: async (lab: Lab, storeId) => {
    const { id } = await uploadTheme(lab, storeId, await zipOf(aTheme()));
    await lab.db.write(storeId, async (store) => {
      await lab.get(PublishTheme).publish(store, id, {});
      await lab.get(ThemeFileKeeper).claim(store, newId(), []);
      await lab.get(ThemePreviews).open(store, { expiresIn: 60 });
      expect(await lab.get(Themes).list(store)).toHaveLength(1);
    });
  },
});
