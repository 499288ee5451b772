import { join } from 'node:path';
import type { PageInput } from '@libs/template-engine';
import { LocalPages, mostShown } from './local-pages';
import { LocalThemeFolder } from './local-theme';

const starter = join(__dirname, '../../../../../themes/starter');

/** Pages of a theme whose only section says a word, which changes between renders. */
async function openPages() {
  const theme = await LocalThemeFolder.open(starter);
  const said = { word: 'one' };
  const input = { sections: [], globals: {} } as unknown as PageInput;
  const data = {
    kind: 'page',
    status: 200,
    statements: 1,
    locale: 'en',
    input,
    cookies: [],
  } as const;
  const store = { page: () => Promise.resolve({ ...data, cookies: [] }) };
  const renderer = {
    render: () =>
      Promise.resolve({
        html: `<html><body><p data-section-id="main">${said.word}</p></body></html>`,
        errors: [],
        steps: 1,
        sections: [],
      }),
  };
  return { pages: new LocalPages(theme, store, renderer), said };
}

test('so many tabs are remembered, those that were refreshed last; the others reload as a whole', async () => {
  const { pages, said } = await openPages();
  for (let tab = 1; tab <= mostShown; tab += 1) await pages.open('/', undefined);
  said.word = 'two';
  // The first tab is looked at, then one more is opened: the second is the one that goes.
  expect(await pages.refresh('1')).toMatchObject({ kind: 'patch' });
  await pages.open('/', undefined);
  said.word = 'three';
  expect(await pages.refresh('2')).toEqual({ kind: 'reload' });
  for (const tab of ['1', '3', String(mostShown + 1)]) {
    const sections = { main: '<p data-section-id="main">three</p>' };
    expect(await pages.refresh(tab)).toMatchObject({ kind: 'patch', sections });
  }
});
