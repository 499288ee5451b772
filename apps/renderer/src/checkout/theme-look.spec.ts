import type { ThemeMeta } from '@libs/template-engine';
import { themeLook } from './theme-look';

const meta = (settings: object, fonts: object = {}): ThemeMeta =>
  ({
    settingsSchema: [
      { name: 'Brand', settings: [{ type: 'image', id: 'logo' }] },
      {
        name: 'Look',
        settings: [
          { type: 'color_scheme_group', id: 'schemes' },
          { type: 'font', id: 'font_head' },
          { type: 'font', id: 'font_body' },
        ],
      },
    ],
    settings,
    fonts,
  }) as unknown as ThemeMeta;

describe('the look of a theme', () => {
  it('is its first colour scheme, the font of its text and its logo', () => {
    const schemes = {
      base: { paper: '#f4f0e9', ink: '#22201c', accent: '#97482a' },
      dark: { paper: '#000000', ink: '#ffffff', accent: '#ff0000' },
    };
    const settings = { schemes, font_head: 'a', font_body: 'b', logo: 'an-image' };
    const fonts = { a: { stack: 'Georgia, serif' }, b: { stack: 'system-ui, sans-serif' } };
    expect(themeLook(meta(settings, fonts))).toEqual({
      logo: 'an-image',
      colours: schemes.base,
      family: 'system-ui, sans-serif',
    });
  });

  it('is ours where the theme says nothing that is certainly a colour', () => {
    const none = { logo: null, colours: null, family: null };
    expect(themeLook(meta({}))).toEqual(none);
    for (const schemes of [
      null,
      [],
      {},
      { a: {} },
      { a: { paper: 'red;}', ink: '#000000', accent: '#000' } },
    ])
      expect(themeLook(meta({ schemes, font_body: 'unknown', logo: '' }))).toEqual(none);
  });
});
