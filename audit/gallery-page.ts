import { readdirSync } from 'node:fs';
import { join } from 'node:path';

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
  const names = readdirSync(join(folder, theme))
    .map((file) => file.replace(/\.webp$/, ''))
    .sort();
  const presets = names.filter((name) => /^preset-.*-desktop$/.test(name));
  const sections = names.filter((name) => name.startsWith('section-'));
  return [
    `## ${title(theme)}`,
    ...presets.map((name) => {
      const preset = name.replace(/^preset-|-desktop$/g, '');
      const phone = `![${title(preset)} on a phone](${theme}/preset-${preset}-phone.webp)`;
      return `### ${title(preset)}\n\n![${title(preset)}](${theme}/${name}.webp) ${phone}`;
    }),
    `### Sections of ${title(theme)}`,
    ...sections.map((name) => {
      const type = name.replace('section-', '');
      return `#### ${type}\n\n![${type}](${theme}/${name}.webp)`;
    }),
  ].join('\n\n');
}

function slug(preset: string): string {
  const plain = preset.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

function title(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
