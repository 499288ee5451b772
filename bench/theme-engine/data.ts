/**
 * The data of both pages: plain JSON, the same objects for every engine. `accents` puts letters beyond ASCII into texts
 * as a real shop's have; without them every engine's output is ASCII.
 */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Fields = { [key: string]: Json };

/** A section of a page with its resources filled in. */
export interface Section {
  id: string;
  type: string;
  tag: string;
  className: string;
  location: string;
  index: number;
  settings: Fields;
  blocks: { id: string; type: string; settings: Fields }[];
}

/** One page: what stands around, and its sections in order. */
export interface Page {
  name: 'collection' | 'index';
  globals: Fields;
  sections: Section[];
}

type Say = (plain: string, accented: string) => string;

function image(name: string, say: Say, width = 1600): Fields {
  const height = Math.round(width * 1.25);
  const alt = say(`Front of ${name}`, `Vue de ${name} côté façade`);
  return { id: name, src: `/media/${name}.jpg`, width, height, alt, aspect_ratio: 0.8 };
}

function product(n: number, say: Say): Fields {
  const handle = `linen-shirt-${n}`;
  const value = (colour: string, i: number): Fields => ({
    value: colour,
    handle: colour.toLowerCase(),
    selected: i === 0,
    available: (n + i) % 5 !== 0,
    swatch: null,
    url: `/products/${handle}?variant=${n * 10 + i}&colour=${i}`,
    variant_id: String(n * 10 + i),
  });
  const colours = ['Ink', 'Sand', say('Off-white', 'Écru'), 'Moss', 'Clay'];
  return {
    id: String(1000 + n),
    title: say(`Linen shirt "No. ${n}" & belt`, `Chemise d’été "No. ${n}" & ceinture`),
    handle,
    url: `/products/${handle}`,
    vendor: n % 3 === 0 ? "Tailor's Row" : 'Northern Mill',
    type: 'Shirts',
    price: 4900 + n * 150,
    compare_at_price: n % 4 === 0 ? 7900 + n * 150 : null,
    on_sale: n % 4 === 0,
    available: n % 7 !== 6,
    featured_image: image(`${handle}-a`, say),
    hover_image: image(`${handle}-b`, say),
    rating: n % 5 === 1 ? null : { value: 4 + (n % 10) / 10, count: 3 + n },
    tags: ['linen', 'summer'],
    options_with_values: [{ name: 'Colour', position: 1, values: colours.map(value) }],
    first_variant_id: String(n * 10),
    variants_count: 5,
  };
}

function menu(say: Say): Fields {
  const leaf = (a: number, b: number, c: number): Fields => ({
    title: say(`Leaf ${a}.${b}.${c}`, `Élément ${a}.${b}.${c}`),
    url: `/collections/l-${a}-${b}-${c}`,
    active: false,
    links: [],
  });
  const group = (a: number, b: number): Fields => ({
    title: `Group ${a}.${b}`,
    url: `/collections/g-${a}-${b}`,
    active: false,
    links: a > 3 ? [] : [1, 2, 3, 4, 5].map((c) => leaf(a, b, c)),
  });
  const links = [1, 2, 3, 4, 5].map((a) => ({
    title: `Menu ${a}`,
    url: `/collections/m-${a}`,
    active: a === 2,
    links: a > 3 ? [] : [1, 2, 3, 4].map((b) => group(a, b)),
  }));
  return { handle: 'main', title: 'Main', links };
}

function filters(): Fields[] {
  return ['Colour', 'Size', 'Material', 'Brand'].map((label, a) => ({
    id: `f${a}`,
    label,
    active_count: a === 1 ? 2 : 0,
    values: [1, 2, 3, 4, 5, 6, 7, 8].map((b) => ({
      value: `v${b}`,
      label: `${label} ${b}`,
      count: (a + 1) * b,
      active: a === 1 && b < 3,
      url: `/collections/summer?filter.v.option.${label.toLowerCase()}=v${b}&sort_by=price`,
    })),
  }));
}

function globals(name: Page['name'], say: Say): Fields {
  return {
    shop: { name: say('Maison', 'Maison d’Été'), currency: 'EUR', url: 'https://shop.example' },
    request: {
      locale: 'en',
      dir: 'ltr',
      path: '/',
      query: {},
      page: 1,
      design_mode: false,
      currency: 'EUR',
    },
    page_meta: {
      title: say('Summer - Maison', 'Été – Maison'),
      description: 'Linen for long days',
      image: null,
    },
    template: { name, suffix: null },
    routes: { root: '/', search: '/search', cart: '/cart' },
    menus: { main: menu(say) },
    collection:
      name === 'index'
        ? null
        : {
            title: say('Summer', 'L’été'),
            description: '<p>Light and <b>airy</b>.</p>',
            products_count: 240,
            products: Array.from({ length: 24 }, (_, n) => product(n, say)),
            filters: filters(),
          },
  };
}

const tags: Readonly<Record<string, string>> = { header: 'header', footer: 'footer' };

function section(index: number, given: Partial<Section> & { type: string }): Section {
  return {
    id: given.id ?? given.type,
    type: given.type,
    tag: tags[given.type] ?? 'section',
    className: `hbt-section section-${given.type}`,
    location: given.location ?? 'template',
    index,
    settings: given.settings ?? {},
    blocks: given.blocks ?? [],
  };
}

function blocks(type: string, count: number, settings: (n: number) => Fields): Section['blocks'] {
  return Array.from({ length: count }, (_, n) => ({ id: `b${n}`, type, settings: settings(n) }));
}

/** The lower half of the home page. */
function lowerSections(say: Say, list: Fields): (Partial<Section> & { type: string })[] {
  const text = say('A coat for the coast.', 'Un manteau pour la côte d’Azur.');
  const collection = (n: number): Fields => ({
    title: `Collection ${n}`,
    url: `/collections/c-${n}`,
    image: image(`c-${n}`, say),
    products_count: n * 7,
  });
  return [
    {
      type: 'columns',
      blocks: [
        ...blocks('text', 3, (n) => ({ title: `Why ${n}`, text })),
        ...blocks('number', 1, () => ({ value: 12500, text: 'happy "owners"' })),
      ],
    },
    { id: 'more', type: 'featured', settings: { title: 'Most loved', collection: list } },
    {
      type: 'quotes',
      blocks: blocks('quote', 4, (n) => ({
        text,
        author: `Ada O'${n}`,
        place: n % 2 ? 'Turin' : '',
      })),
    },
    {
      type: 'collections',
      settings: { title: 'Browse', collections: [1, 2, 3, 4, 5, 6].map(collection) },
    },
    {
      type: 'faq',
      settings: { title: 'Questions' },
      blocks: blocks('question', 6, (n) => ({
        question: say(`How to wash ${n}?`, `Comment laver ${n} à l’eau ?`),
        answer: '<p>Cold.</p>',
      })),
    },
    { type: 'newsletter', settings: { title: 'Letters' } },
  ];
}

function homeSections(say: Say): (Partial<Section> & { type: string })[] {
  const products = Array.from({ length: 8 }, (_, n) => product(n + 30, say));
  const list = { title: 'New', url: '/collections/new', products };
  const text = say('A coat for the coast.', 'Un manteau pour la côte d’Azur.');
  return [
    {
      type: 'hero',
      settings: {
        image: image('hero', say, 2000),
        title: say('Sea & sky', 'Mer & ciel d’été'),
        text,
      },
      blocks: blocks('button', 2, (n) => ({ style: `s${n}`, url: `/b/${n}`, label: `Shop ${n}` })),
    },
    {
      type: 'logos',
      settings: { title: 'As seen in' },
      blocks: blocks('logo', 6, (n) => ({ image: image(`logo-${n}`, say, 400) })),
    },
    { type: 'featured', settings: { title: 'New in', collection: list } },
    {
      type: 'story',
      settings: {
        image: image('story', say),
        title: 'Our mill',
        text: '<p>Since <i>1887</i>.</p>',
        url: '/pages/mill',
        reverse: true,
      },
    },
    ...lowerSections(say, list),
  ];
}

/** Builds a page's data. */
export function pageData(name: Page['name'], accents: boolean): Page {
  const say: Say = (plain, accented) => (accents ? accented : plain);
  const pages = Array.from({ length: 10 }, (_, n) => ({
    number: n + 1,
    url: `/collections/summer?page=${n + 1}`,
  }));
  const own =
    name === 'index'
      ? homeSections(say)
      : [{ type: 'banner' }, { type: 'listing', settings: { columns: 4, pages } }];
  const sections = [
    section(0, { type: 'header', location: 'header' }),
    ...own.map((one, i) => section(i, one)),
    section(0, { type: 'footer', location: 'footer' }),
  ];
  return { name, globals: globals(name, say), sections };
}
