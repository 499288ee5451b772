import { z } from 'zod';
import { defineEvent, tag } from '@platform/outbox';

/** Another version is live, by publishing or by rolling back: every page of the store looks different. */
export const ThemePublished = defineEvent('themes.theme-published', {
  version: 1,
  payload: z.object({
    themeId: z.uuid(),
    versionId: z.uuid(),
    previousVersionId: z.uuid().nullable(),
  }),
  makesStale: () => [tag('theme')],
});
