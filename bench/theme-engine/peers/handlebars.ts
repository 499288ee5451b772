import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import Handlebars from 'handlebars';
import type { Page } from '../data';
import { assetUrl, imageUrl, money, number, srcset, t } from '../helpers';

type Options = { hash: Record<string, never> };

/** The helpers of a theme as plain Handlebars takes them. */
export const handlebarsHelpers = {
  money,
  number,
  t: (key: string, { hash }: Options) => t(key, hash),
  image_url: (image: never, { hash }: Options) => imageUrl(image, hash['width'] as never),
  srcset: (image: never, { hash }: Options) => srcset(image, hash['widths'] as never),
  asset_url: assetUrl,
  eq: (a: unknown, b: unknown) => a === b,
  gt: (a: number, b: number) => a > b,
  limit: (list: unknown[], count: number) => (list.length > count ? list.slice(0, count) : list),
};

const folder = join(__dirname, '../theme');

/** Our theme in stock's terms: what stands behind `@` is reached from the root, sections get theirs handed in. */
function translate(markup: string): string {
  return (
    markup
      .replace(/\{\{#schema\}\}[\s\S]*\{\{\/schema\}\}/, '')
      .replaceAll('@section.', 'section.')
      // Stencil puts a name of its own over `template`.
      .replaceAll('@template.name', '@root.page_kind')
      .replace(/@(shop|request|page_meta|routes|menus|collection)\./g, '@root.$1.')
      .replace(/\{\{#each (\S+) limit=(\d+) as/g, '{{#each (limit $1 $2) as')
      .replace(/\{\{#match (\S+) ("\w+")\}\}/g, '{{#if (eq $1 $2)}}')
      .replace(/\{\{else match (\S+) ("\w+")\}\}/g, '{{else if (eq $1 $2)}}')
      .replaceAll('{{/match}}', '{{/if}}')
  );
}

/** Sources by name: the theme's files and one whole page for each of the two. */
export function handlebarsTemplates(pages: readonly Page[]): Record<string, string> {
  const files = ['sections', 'snippets'].flatMap((part) =>
    readdirSync(join(folder, part))
      .filter((file) => file.endsWith('.hbs'))
      .map((file): [string, string] => [
        file.replace('.hbs', ''),
        translate(readFileSync(join(folder, part, file), 'utf8')),
      ]),
  );
  const layout = translate(readFileSync(join(folder, 'layout/theme.hbs'), 'utf8'));
  const whole = pages.map((page): [string, string] => {
    const at = (location: string) =>
      page.sections
        .map(({ id, type, tag, className, location: place }, i) =>
          place === location
            ? `<${tag} id="s-${id}" class="${className}" data-section-id="${id}" data-section-type="${type}">` +
              `{{> ${type} section=sections.[${i}]}}</${tag}>`
            : '',
        )
        .join('');
    return [
      `page-${page.name}`,
      layout
        .replace('{{content}}', at('template'))
        .replace(/\{\{group "(\w+)"\}\}/g, (_, group: string) => at(group))
        .replace(/\{\{content_for_\w+\}\}/g, ''),
    ];
  });
  return Object.fromEntries([...files, ...whole]);
}

/** Stock Handlebars, every template precompiled. */
export function stockHandlebars(pages: readonly Page[]): (page: Page) => string {
  const handlebars = Handlebars.create();
  for (const [name, helper] of Object.entries(handlebarsHelpers))
    handlebars.registerHelper(name, helper as Handlebars.HelperDelegate);
  const templates = new Map(
    Object.entries(handlebarsTemplates(pages)).map(([name, source]) => {
      const code = Handlebars.precompile(source) as string;
      const template = handlebars.template(
        runInThisContext(`(${code})`) as TemplateSpecification,
      ) as Handlebars.TemplateDelegate;
      handlebars.registerPartial(name, template);
      return [name, template];
    }),
  );
  return ({ name, globals, sections }) =>
    templates.get(`page-${name}`)?.({ ...globals, sections, page_kind: name }) ?? '';
}
