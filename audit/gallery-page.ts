import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { presetsOf } from './theme-files';

/** The themes that merchants choose from; the starter is what developers begin with. */
export const galleryThemes = ['atelier', 'flash'] as const;

/** The file names, without their ending, of the pictures of a preset and of a section. */
export const pictureOf = {
  preset: (preset: string, screen: 'desktop' | 'phone'): string =>
    `preset-${slug(preset)}-${screen}`,
  section: (type: string): string => `section-${type}`,
};

/** The page of docs/gallery: every picture that lies there, by theme, presets first. */
export function galleryPage(folder: string): string {
  const themes = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  return [
    '# Gallery',
    'Every preset and every section of the first-party themes, as a browser shows them on the demo store.',
    '    npm run gallery',
    ...themes.map((theme) => chapter(folder, theme)),
  ]
    .join('\n\n')
    .concat('\n');
}

function chapter(folder: string, theme: string): string {
  const sections = readdirSync(join(folder, theme))
    .filter((file) => file.startsWith('section-'))
    .sort();
  return [
    `## ${title(theme)}`,
    ...presetsOf(theme).map((preset) => {
      const [desktop, phone] = (['desktop', 'phone'] as const).map(
        (screen) => `${theme}/${pictureOf.preset(preset, screen)}.webp`,
      );
      return `### ${preset}\n\n![${preset}](${desktop}) ![${preset} on a phone](${phone})`;
    }),
    `### Sections of ${title(theme)}`,
    'Each in the preset whose front page lets it say most; what is on none of them, in the first.',
    ...sections.map((file) => {
      const type = file.replace(/^section-|\.webp$/g, '');
      return `#### ${type}\n\n![${type}](${theme}/${file})`;
    }),
  ].join('\n\n');
}

function slug(preset: string): string {
  const plain = preset.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

function title(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
