import { createElement as h, type FunctionComponent, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import type { Page, Section } from '../data';
import { assetUrl, t } from '../helpers';
import { reactSections } from './react-sections';
import type { View } from './react-shapes';

function SectionOf({ view, section }: { view: View; section: Section }): ReactNode {
  const component = reactSections[section.type] as FunctionComponent<{
    view: View;
    section: Section;
  }>;
  return h(
    section.tag,
    {
      id: `s-${section.id}`,
      className: section.className,
      'data-section-id': section.id,
      'data-section-type': section.type,
    },
    h(component, { view, section }),
  );
}

function Whole({ view, sections }: { view: View; sections: Section[] }): ReactNode {
  const at = (location: string) =>
    sections
      .filter((section) => section.location === location)
      .map((section) => h(SectionOf, { key: section.id, view, section }));
  return h(
    'html',
    { lang: view.request.locale, dir: view.request.dir },
    h(
      'head',
      null,
      h('meta', { charSet: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width,initial-scale=1' }),
      h('title', null, view.page_meta.title),
      h('meta', { name: 'description', content: view.page_meta.description }),
      h('link', { rel: 'stylesheet', href: assetUrl('base.css') }),
    ),
    h(
      'body',
      { className: `t-${view.template.name}` },
      h('a', { className: 'skip', href: '#main' }, t('general.skip')),
      at('header'),
      h('main', { id: 'main', tabIndex: -1 }, at('template')),
      at('footer'),
    ),
  );
}

/** React's renderToString, production build, elements made without JSX's checks. */
export function react(): (page: Page) => string {
  return ({ globals, sections }) =>
    `<!doctype html>${renderToString(h(Whole, { view: globals as unknown as View, sections }))}`;
}
