import { defineErrors } from '@libs/kernel';

/** What may go wrong with themes; the findings in a theme stand beside `invalid-theme`. */
export const themesErrors = defineErrors('themes', {
  'theme-not-found': { kind: 'missing', text: 'There is no such theme.' },
  'version-not-found': { kind: 'missing', text: 'The theme has no such version.' },
  'invalid-theme': {
    kind: 'invalid',
    text: 'Errors in the theme: {count}. The first, at {place}: {first}.',
  },
  'too-many-themes': {
    kind: 'conflict',
    text: 'A store has at most {most} themes; delete one first.',
  },
  'version-moved': {
    kind: 'conflict',
    text: 'Somebody else uploaded a version meanwhile: the theme is at number {current}.',
  },
  'live-moved': {
    kind: 'conflict',
    text: 'Somebody else published meanwhile; look at what is live now before you replace it.',
  },
  'theme-is-live': {
    kind: 'conflict',
    text: 'The theme is live; publish another one before you delete it.',
  },
  'theme-not-live': {
    kind: 'conflict',
    text: 'The theme is not live, so there is nothing to take back; name a version to publish it.',
  },
  'nothing-before': {
    kind: 'conflict',
    text: 'No version that still exists was live before this one.',
  },
  'preview-not-found': { kind: 'missing', text: 'There is no such preview, or it has ended.' },
  'too-many-previews': {
    kind: 'conflict',
    text: 'A store has at most {most} open previews; end one first.',
  },
  'not-built': {
    kind: 'unavailable',
    text: 'The theme version has not been built for this release of the platform yet; try again in a moment.',
  },
  busy: { kind: 'unavailable', text: 'Too many themes are being checked; try again in a moment.' },
  'artefact-refused': {
    kind: 'internal',
    text: 'The code of the theme version is missing or is not what was compiled.',
  },
});
