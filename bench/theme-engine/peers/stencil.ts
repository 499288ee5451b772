import HandlebarsRenderer from '@bigcommerce/stencil-paper-handlebars';
import type { Page } from '../data';
import { handlebarsHelpers, handlebarsTemplates } from './handlebars';

/** BigCommerce's renderer on its newest Handlebars, kept between pages, its templates precompiled. */
export function stencil(pages: readonly Page[]): (page: Page) => Promise<string> {
  const quiet = { info() {}, log() {}, warn() {}, error() {} };
  // It puts its logger in place of the console's.
  const { log } = console;
  const renderer = new HandlebarsRenderer({}, {}, 'v4', quiet, 'error');
  console.log = log;
  for (const [name, helper] of Object.entries(handlebarsHelpers))
    renderer.handlebars.registerHelper(name, helper);
  renderer.addTemplates(renderer.getPreProcessor()(handlebarsTemplates(pages)));
  return ({ name, globals, sections }) =>
    renderer.render(`page-${name}`, { ...globals, sections, page_kind: name });
}
