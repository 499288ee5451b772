import { reviewHandles } from './demo-reviews';

interface Template {
  sections: Record<string, { type: string; settings?: Record<string, unknown> }>;
  order: string[];
}

/** Settings of first-party sections that only the demo's data can fill. */
const settings: Record<string, Record<string, unknown>> = {
  testimonials: { reviews: reviewHandles.slice(0, 3) },
  reviews: { reviews: reviewHandles },
  'journal-teaser': { blog: 'journal' },
};

/**
 * A theme's files with the demo's reviews and journal chosen in its templates; a front page that ends with the newsletter
 * gets the journal before it.
 * @param files by path inside the theme
 */
export function withDemoSettings(files: ReadonlyMap<string, Buffer>): Map<string, Buffer> {
  const journal = files.has('sections/journal-teaser.hbs');
  return new Map(
    [...files].map(([path, bytes]) => {
      if (!/^templates\/(index|product)\.json$/.test(path)) return [path, bytes];
      const template = JSON.parse(bytes.toString('utf8')) as Template;
      if (journal && path === 'templates/index.json') addJournal(template);
      for (const section of Object.values(template.sections)) {
        const own = settings[section.type];
        if (own) section.settings = { ...section.settings, ...own };
      }
      return [path, Buffer.from(`${JSON.stringify(template, null, 2)}\n`)];
    }),
  );
}

function addJournal({ sections, order }: Template): void {
  if (Object.values(sections).some(({ type }) => type === 'journal-teaser')) return;
  const last = order.findIndex((id) => sections[id]?.type === 'newsletter');
  if (last === -1) return;
  sections['journal'] = { type: 'journal-teaser' };
  order.splice(last, 0, 'journal');
}
