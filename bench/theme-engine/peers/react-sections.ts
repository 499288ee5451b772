import { createElement as h, type FunctionComponent, type ReactNode } from 'react';
import type { Fields, Section } from '../data';
import { imageUrl, number, t } from '../helpers';
import { Cards, Picture } from './react-card';
import type { Filter, Image, Link, Product, View } from './react-shapes';

interface Props {
  view: View;
  section: Section;
}

const html = (text: string) => ({ className: 'rte', dangerouslySetInnerHTML: { __html: text } });

function Header({ view }: Props): ReactNode {
  const leaf = (link: Link) => h('li', { key: link.url }, h('a', { href: link.url }, link.title));
  const group = (link: Link) =>
    h(
      'div',
      { key: link.url, className: 'mega-group' },
      h('a', { href: link.url }, link.title),
      h('ul', null, link.links.map(leaf)),
    );
  return [
    h('a', { key: 1, className: 'logo', href: view.routes.root }, view.shop.name),
    h(
      'nav',
      { key: 2, 'aria-label': t('general.menu') },
      h(
        'ul',
        { className: 'menu' },
        view.menus.main.links.map((link) =>
          h(
            'li',
            { key: link.url, className: `menu-item${link.active ? ' is-active' : ''}` },
            h('a', { href: link.url }, link.title),
            link.links.length > 0 && h('div', { className: 'mega' }, link.links.map(group)),
          ),
        ),
      ),
    ),
    h('a', { key: 3, className: 'search-link', href: view.routes.search }, t('general.search')),
  ];
}

function Footer({ view }: Props): ReactNode {
  const column = (link: Link) =>
    h(
      'div',
      { key: link.url },
      h('h2', null, link.title),
      h(
        'ul',
        null,
        link.links.map(({ url, title }) => h('li', { key: url }, h('a', { href: url }, title))),
      ),
    );
  return [
    h('div', { key: 1, className: 'footer-grid' }, view.menus.main.links.map(column)),
    h('p', { key: 2, className: 'copyright' }, `${view.shop.name} - ${t('general.rights')}`),
  ];
}

function Banner({ view: { collection } }: Props): ReactNode {
  return [
    h('h1', { key: 1 }, collection.title),
    h('div', { key: 2, ...html(collection.description) }),
    h('p', { key: 3 }, t('collection.count', { number: collection.products_count })),
  ];
}

function Facet({ filter }: { filter: Filter }): ReactNode {
  const count = filter.active_count > 0 ? ` (${filter.active_count})` : '';
  return h(
    'details',
    { className: 'facet' },
    h('summary', null, `${filter.label}${count}`),
    h(
      'ul',
      null,
      filter.values.map((value) =>
        h(
          'li',
          { key: value.value },
          h(
            'a',
            { href: value.url, 'aria-current': value.active ? 'true' : undefined },
            `${value.label} `,
            h('span', null, `(${value.count})`),
          ),
        ),
      ),
    ),
  );
}

function Listing({ view: { collection }, section: { settings } }: Props): ReactNode {
  const pages = settings['pages'] as { number: number; url: string }[];
  return [
    h(
      'div',
      { key: 1, className: 'facets' },
      collection.filters.map((filter) => h(Facet, { key: filter.id, filter })),
    ),
    h(Cards, { key: 2, products: collection.products, columns: settings['columns'] as number }),
    h(
      'nav',
      { key: 3, className: 'pages', 'aria-label': t('collection.pages') },
      pages.map((page) =>
        page.number === 1
          ? h('span', { key: 1, 'aria-current': 'page' }, page.number)
          : h('a', { key: page.number, href: page.url }, page.number),
      ),
    ),
  ];
}

type Typed<T> = { settings: T; blocks: { id: string; type: string; settings: Fields }[] };

function Hero({ section }: Props): ReactNode {
  const { settings, blocks } = section as never as Typed<{
    image: Image;
    title: string;
    text: string;
  }>;
  const widths = '400,800,1200,1600,2000';
  return [
    h(Picture, { key: 1, image: settings.image, width: 2000, widths, sizes: '100vw' }),
    h(
      'div',
      { key: 2, className: 'hero-text' },
      settings.title && h('h1', null, settings.title),
      settings.text && h('p', null, settings.text),
      blocks.map(({ id, settings: { style, url, label } }) =>
        h(
          'a',
          { key: id, className: `button button-${style as string}`, href: url as string },
          label as string,
        ),
      ),
    ),
  ];
}

function Logos({ section }: Props): ReactNode {
  const { settings, blocks } = section as never as Typed<{ title: string }>;
  const logo = (image: Image) =>
    h('img', {
      src: imageUrl(image, 400),
      alt: image.alt,
      width: image.width,
      height: image.height,
      loading: 'lazy',
    });
  return [
    h('h2', { key: 1 }, settings.title),
    h(
      'ul',
      { key: 2, className: 'logos' },
      blocks.map(({ id, settings: { image } }) =>
        h('li', { key: id }, logo(image as unknown as Image)),
      ),
    ),
  ];
}

function Featured({ section }: Props): ReactNode {
  const { settings } = section as never as Typed<{
    title: string;
    collection: { url: string; products: Product[] };
  }>;
  const { collection } = settings;
  return [
    h('h2', { key: 1 }, settings.title),
    h(Cards, { key: 2, products: collection.products.slice(0, 8), columns: 4 }),
    h('a', { key: 3, className: 'button', href: collection.url }, t('collection.all')),
  ];
}

function Story({ section }: Props): ReactNode {
  const { settings } = section as never as Typed<{
    image: Image;
    title: string;
    text: string;
    url: string;
    reverse: boolean;
  }>;
  const { image, title, text, url, reverse } = settings;
  return h(
    'div',
    { className: `story${reverse ? ' story-reverse' : ''}` },
    h(Picture, { image, width: 1200, widths: '400,800,1200', sizes: '50vw' }),
    h(
      'div',
      null,
      h('h2', null, title),
      h('div', html(text)),
      url && h('a', { href: url }, t('general.more')),
    ),
  );
}

function Columns({ section: { blocks } }: Props): ReactNode {
  return h(
    'div',
    { className: 'columns' },
    blocks.map(({ id, type, settings }, i) =>
      h(
        'div',
        { key: id + type, className: `column column-${i}` },
        type === 'text' && h('h3', null, settings['title'] as string),
        type === 'number' && h('b', null, number(settings['value'] as number)),
        h('p', null, settings['text'] as string),
      ),
    ),
  );
}

function Quotes({ section: { blocks } }: Props): ReactNode {
  const author = ({ author: name, place }: Fields) =>
    `${name as string}${place ? `, ${place as string}` : ''}`;
  return h(
    'ul',
    { className: 'quotes' },
    blocks.map(({ id, settings }) =>
      h(
        'li',
        { key: id },
        h(
          'figure',
          null,
          h('blockquote', null, settings['text'] as string),
          h('figcaption', null, author(settings)),
        ),
      ),
    ),
  );
}

function Collections({ section }: Props): ReactNode {
  const { settings } = section as never as Typed<{
    title: string;
    collections: { title: string; url: string; image: Image; products_count: number }[];
  }>;
  return [
    h('h2', { key: 1 }, settings.title),
    h(
      'ul',
      { key: 2, className: 'grid cols-3' },
      settings.collections.map(({ title, url, image, products_count: count }) =>
        h(
          'li',
          { key: url },
          h(
            'a',
            { href: url },
            h(Picture, { image, width: 800, widths: '200,400,800', sizes: '33vw' }),
            `${title} `,
            h('span', null, t('collection.count', { number: count })),
          ),
        ),
      ),
    ),
  ];
}

function Questions({ section: { settings, blocks } }: Props): ReactNode {
  return [
    h('h2', { key: 'title' }, settings['title'] as string),
    ...blocks.map(({ id, settings: { question, answer } }, i) =>
      h(
        'details',
        { key: id, open: i === 0 },
        h('summary', null, question as string),
        h('div', html(answer as string)),
      ),
    ),
  ];
}

function Newsletter({ section: { settings } }: Props): ReactNode {
  return [
    h('h2', { key: 1 }, settings['title'] as string),
    h(
      'form',
      { key: 2, action: '/newsletter', method: 'post' },
      h('label', { htmlFor: 'n-email' }, t('newsletter.email')),
      h('input', { id: 'n-email', type: 'email', name: 'email', autoComplete: 'email' }),
      h('button', { type: 'submit' }, t('newsletter.send')),
    ),
  ];
}

/** The sections as components. */
export const reactSections: Readonly<Record<string, FunctionComponent<Props>>> = {
  header: Header,
  footer: Footer,
  banner: Banner,
  listing: Listing,
  hero: Hero,
  logos: Logos,
  featured: Featured,
  story: Story,
  columns: Columns,
  quotes: Quotes,
  collections: Collections,
  faq: Questions,
  newsletter: Newsletter,
};
