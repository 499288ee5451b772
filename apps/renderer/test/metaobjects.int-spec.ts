import { aTheme } from '../../../libs/themes/test/theme.builder';
import { Stamps } from '../src/page-cache/stamps';
import { type ShopLab, openShopLab } from './shop-lab';

const schema = (settings: object[]) =>
  `{{#schema}}${JSON.stringify({ name: 'Section', settings })}{{/schema}}`;
const kind = { metaobject_type: 'review', label: 'Reviews' };

const theme = aTheme({
  'sections/reviews.hbs': `<ul>{{#each @section.settings.reviews as |review|}}<li>{{review.title}}|{{review.fields.rating}}|{{review.fields.date}}|{{review.fields.product.title}}|{{review.fields.secret}}</li>{{/each}}</ul>
<p>{{@section.settings.best.handle}}</p>${schema([
    { type: 'metaobject_list', id: 'reviews', ...kind },
    { type: 'metaobject', id: 'best', ...kind },
  ])}`,
  'sections/product.hbs': `<p>{{@product.rating.value}} of {{@product.rating.count}}</p>${schema([])}`,
  'templates/index.json': JSON.stringify({
    sections: {
      main: {
        type: 'reviews',
        settings: { reviews: ['second', 'gone', 'first', 'draft'], best: 'first' },
      },
    },
    order: ['main'],
  }),
  'templates/product.json': JSON.stringify({
    sections: { main: { type: 'product' } },
    order: ['main'],
  }),
});

const fields = [
  { key: 'author', name: 'Author', type: 'single_line_text_field', required: true },
  { key: 'text', name: 'Text', type: 'multi_line_text_field' },
  { key: 'rating', name: 'Rating', type: 'rating' },
  { key: 'date', name: 'Date', type: 'date' },
  { key: 'product', name: 'Product', type: 'product_reference' },
  { key: 'secret', name: 'Secret', type: 'single_line_text_field' },
];

describe('metaobjects', () => {
  let lab: ShopLab;
  let definition: { id: string; version: number };

  beforeAll(async () => {
    lab = await openShopLab(theme);
    const made = await lab.call('POST /metaobject-definitions', {
      type: 'review',
      name: 'Review',
      displayField: 'author',
      fields,
    });
    expect(made.status).toBe(201);
    definition = made.body;
    await lab.call('POST /products', {
      title: 'Clay cup',
      handle: 'cup',
      status: 'active',
      metafields: [
        {
          namespace: 'reviews',
          key: 'rating',
          type: 'rating',
          value: { value: '4.6', scale_max: '5.0' },
        },
        { namespace: 'reviews', key: 'rating_count', type: 'number_integer', value: 17 },
      ],
    });
  }, 120_000);
  afterAll(() => lab.close());

  const write = (handle: string, values: Record<string, unknown>, published = true) =>
    lab.call('POST /metaobjects', { type: 'review', handle, fields: values, published });
  const home = async (path = '/') => {
    lab.renderer.get(Stamps).forget();
    return (await lab.visit(path)).body.toString();
  };

  it('are shown in the order of the setting, with ratings and products read', async () => {
    const rating = { value: 5, scale_min: 1, scale_max: 5 };
    const first = await write('first', {
      author: 'Ada <L>',
      rating,
      date: '2026-05-01',
      product: 'cup',
      secret: 'shh',
    });
    expect([first.status, first.body.fields.author, first.body.type]).toEqual([
      201,
      'Ada <L>',
      'review',
    ]);
    expect((await write('second', { author: 'Grace' })).status).toBe(201);
    await write('draft', { author: 'Nobody' }, false);
    const html = await home();
    expect(html).toContain(
      '<ul><li>Grace||||</li><li>Ada &lt;L&gt;|5|2026-05-01|Clay cup|shh</li></ul>',
    );
    expect(html).toContain('<p>first</p>');
  });

  it('give a product its rating', async () => {
    const html = await home('/products/cup');
    expect(html).toContain('<p>4.6 of 17</p>');
    expect(html).toContain('"ratingValue":4.6,"ratingCount":17');
  });

  it.each([
    [{ author: 'A', rating: 5 }, 'content.bad-field-value', 'fields.rating'],
    [{ author: 'A', date: 'May' }, 'content.bad-field-value', 'fields.date'],
    [{ text: 'No author' }, 'content.field-missing', 'fields.author'],
    [{ author: 'A', colour: 'red' }, 'content.unknown-field', 'fields.colour'],
  ])('are refused with the name of the field: %j', async (values, code, field) => {
    const { status, body } = await write('bad', values);
    expect([status, body.code, body.errors[0].field]).toEqual([422, code, field]);
  });

  it('are of kinds that exist, and handles are free', async () => {
    const lost = await lab.call('POST /metaobjects', { type: 'nothing', fields: {} });
    expect(lost.body.code).toBe('content.unknown-metaobject-type');
    expect((await write('first', { author: 'Twin' })).body.code).toBe('content.handle-taken');
  });

  it('are changed by versions, field by field', async () => {
    const { items } = (await lab.call('GET /metaobjects?type=review')).body;
    expect(items).toHaveLength(3);
    const [{ id }] = items;
    const path = `/metaobjects/${id}`;
    const changed = await lab.call(`PATCH ${path}`, {
      fields: { text: 'Good', secret: null },
      version: 1,
    });
    expect(changed.body).toMatchObject({ version: 2, fields: { author: 'Ada <L>', text: 'Good' } });
    expect(changed.body.fields.secret).toBeUndefined();
    expect((await lab.call(`PATCH ${path}`, { published: false, version: 1 })).status).toBe(409);
    await lab.call(`PATCH ${path}`, { published: false });
    expect(await home()).not.toContain('Ada');
    await lab.call(`PATCH ${path}`, { published: true });
    expect(await home()).toContain('Ada');
  });

  it('keep to the fields of their kind', async () => {
    const path = `/metaobject-definitions/${definition.id}`;
    const other = fields.map((field) => (field.key === 'date' ? { ...field, type: 'url' } : field));
    expect((await lab.call(`PATCH ${path}`, { fields: other })).body.code).toBe(
      'content.field-type-fixed',
    );
    const twice = [...fields, ...fields.slice(0, 1)];
    expect((await lab.call(`PATCH ${path}`, { fields: twice })).body.code).toBe(
      'content.field-twice',
    );
    const odd = [{ key: 'x', name: 'X', type: 'spell' }];
    const unknown = await lab.call('POST /metaobject-definitions', {
      type: 'odd',
      name: 'Odd',
      fields: odd,
    });
    expect([unknown.body.code, unknown.body.errors[0].field]).toEqual([
      'content.unknown-field-type',
      'fields.0.type',
    ]);
    const fewer = fields.filter(({ key }) => key !== 'date');
    expect((await lab.call(`PATCH ${path}`, { fields: fewer, version: 1 })).status).toBe(200);
    expect(await home()).not.toContain('2026-05-01');
    expect((await lab.call(`DELETE ${path}`)).status).toBe(204);
    expect(await home()).toContain('<ul></ul>');
  });
});
