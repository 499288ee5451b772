import { Eta } from 'eta';
import type { Page } from '../data';
import * as helpers from '../helpers';
import { etaSections } from './eta-templates';

const layout = (body: (location: string) => string) => `<!doctype html>
<html lang="<%= it.request.locale %>" dir="<%= it.request.dir %>">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width,initial-scale=1">
  <title><%= it.page_meta.title %></title>
  <meta name="description" content="<%= it.page_meta.description %>">
  <link rel="stylesheet" href="<%= it.h.assetUrl("base.css") %>">
</head>
<body class="t-<%= it.template.name %>">
  <a class="skip" href="#main"><%= it.h.t("general.skip") %></a>
  ${body('header')}
  <main id="main" tabindex="-1">${body('template')}</main>
  ${body('footer')}
</body>
</html>`;

/** Eta: templates are JavaScript, compiled once; no sandbox of any kind. */
export function eta(pages: readonly Page[]): (page: Page) => string {
  const engine = new Eta({ autoTrim: false });
  for (const [name, source] of Object.entries(etaSections)) engine.loadTemplate(`@${name}`, source);
  for (const page of pages) {
    const at = (location: string) =>
      page.sections
        .map(({ id, type, tag, className, location: place }, i) =>
          place === location
            ? `<${tag} id="s-${id}" class="${className}" data-section-id="${id}" data-section-type="${type}">` +
              `<%~ include("@${type}", { ...it, section: it.sections[${i}] }) %></${tag}>`
            : '',
        )
        .join('');
    engine.loadTemplate(`@page-${page.name}`, layout(at));
  }
  return ({ name, globals, sections }) =>
    engine.render(`@page-${name}`, { ...globals, sections, h: helpers });
}
