import { Liquid } from 'liquidjs';
import type { Page } from '../data';
import { assetUrl, imageUrl, money, number, srcset, t } from '../helpers';
import { liquidSections } from './liquid-templates';

const layout = (body: (location: string) => string) => `<!doctype html>
<html lang="{{request.locale}}" dir="{{request.dir}}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width,initial-scale=1">
  <title>{{page_meta.title}}</title>
  <meta name="description" content="{{page_meta.description}}">
  <link rel="stylesheet" href="{{"base.css" | asset_url}}">
</head>
<body class="t-{{template.name}}">
  <a class="skip" href="#main">{{"general.skip" | t}}</a>
  ${body('header')}
  <main id="main" tabindex="-1">${body('template')}</main>
  ${body('footer')}
</body>
</html>`;

type Picture = Parameters<typeof imageUrl>[0];

/** LiquidJS, escaping by default, its templates parsed once. */
export function liquid(pages: readonly Page[]): (page: Page) => string {
  const templates: Record<string, string> = { ...liquidSections };
  const engine = new Liquid({ cache: true, outputEscape: 'escape', templates });
  engine.registerFilter('money', money);
  engine.registerFilter('number', number);
  engine.registerFilter('asset_url', assetUrl);
  engine.registerFilter('image_url', (image: Picture, [, width]: [string, number]) =>
    imageUrl(image, width),
  );
  engine.registerFilter('srcset', (image: Picture, widths: string) => srcset(image, widths));
  engine.registerFilter('t', (key: string, ...args: [string, string][]) =>
    t(key, Object.fromEntries(args)),
  );
  const parsed = new Map(
    pages.map((page) => {
      const at = (location: string) =>
        page.sections
          .map(({ id, type, tag, className, location: place }, i) =>
            place === location
              ? `<${tag} id="s-${id}" class="${className}" data-section-id="${id}" data-section-type="${type}">` +
                `{% render "${type}", section: sections[${i}] %}</${tag}>`
              : '',
          )
          .join('');
      return [page.name, engine.parse(layout(at))];
    }),
  );
  return ({ name, globals, sections }) => {
    const template = parsed.get(name);
    return template
      ? String(engine.renderSync(template, { ...globals, sections }, { globals }))
      : '';
  };
}
