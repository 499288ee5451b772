import { PublishTheme, ThemesModule, Themes } from '@libs/themes';
import { type Lab, isolationSuite } from '@testing';
import { ThemeBuilds } from '../src/builds/theme-builds.service';
import { ThemeProblems } from '../src/problems/theme-problems.service';
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
    'theme_problems',
    'theme_builds',
  ],
  seed: async (lab: Lab, storeId) => {
    const { id, versionId } = await uploadTheme(lab, storeId, await zipOf(aTheme()));
    await lab.db.write(storeId, async (store) => {
      await lab.get(PublishTheme).publish(store, id, {});
      await lab.get(ThemeFileKeeper).claim(store, newId(), []);
      await lab.get(ThemePreviews).open(store, { expiresIn: 60 });
      await lab.get(ThemeBuilds).save(store, versionId, { refusal: [] });
      await lab.get(ThemeProblems).record(store, [aProblem(id, versionId)]);
      expect(await lab.get(Themes).list(store)).toHaveLength(1);
    });
  },
});

function aProblem(themeId: string, versionId: string) {
  const place = { themeId, versionId, template: 'templates/index.json', section: 'main' };
  const what = { code: 'R_STEPS', message: 'more than 10 steps', count: 1, leftOut: false };
  return { ...place, ...what, file: 'sections/main.hbs', line: 1, column: 1 };
}
