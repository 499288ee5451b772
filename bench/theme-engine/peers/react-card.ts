import { createElement as h, type ReactNode } from 'react';
import { imageUrl, money, srcset, t } from '../helpers';
import type { Image, Product } from './react-shapes';

/** An image at several widths. */
export function Picture(props: {
  image: Image;
  width: number;
  widths: string;
  sizes: string;
  className?: string;
}): ReactNode {
  const { image, width, widths, sizes, className } = props;
  return h('img', {
    className,
    src: imageUrl(image, width),
    srcSet: srcset(image, widths),
    sizes,
    alt: image.alt,
    width: image.width,
    height: image.height,
    loading: 'lazy',
  });
}

const ladder = {
  width: 800,
  widths: '200,400,800,1200,1600',
  sizes: '(min-width:990px) 25vw,50vw',
};

function Swatches({ product }: { product: Product }): ReactNode {
  return h(
    'ul',
    { className: 'swatches' },
    product.options_with_values.slice(0, 1).map((option) =>
      option.values.slice(0, 4).map((value) =>
        h(
          'li',
          { key: value.url },
          h(
            'a',
            {
              className: `swatch${value.available ? '' : ' swatch-out'}`,
              href: value.url,
              title: value.value,
            },
            value.value,
          ),
        ),
      ),
    ),
  );
}

function Card({ product }: { product: Product }): ReactNode {
  const { rating } = product;
  return h(
    'article',
    { className: `card${product.on_sale ? ' card-sale' : ''}` },
    h(
      'a',
      { className: 'card-media', href: product.url },
      h(Picture, { image: product.featured_image, ...ladder }),
      product.hover_image &&
        h(Picture, { image: product.hover_image, ...ladder, className: 'card-hover' }),
    ),
    product.on_sale && h('span', { className: 'badge' }, t('product.sale')),
    !product.available && h('span', { className: 'badge' }, t('product.sold_out')),
    h('p', { className: 'card-vendor' }, product.vendor),
    h('h3', { className: 'card-title' }, h('a', { href: product.url }, product.title)),
    rating &&
      h(
        'p',
        { className: 'card-rating', title: String(rating.value) },
        `${rating.value} / 5 (${rating.count})`,
      ),
    h(
      'p',
      { className: 'card-price' },
      product.compare_at_price ? h('s', null, money(product.compare_at_price)) : null,
      product.compare_at_price ? ' ' : null,
      h('b', null, money(product.price)),
    ),
    h(Swatches, { product }),
    h(
      'form',
      { action: '/cart/add', method: 'post', className: 'card-form' },
      h('input', { type: 'hidden', name: 'id', value: product.first_variant_id }),
      h('button', { type: 'submit' }, t('product.add', { name: product.title })),
    ),
  );
}

/** A grid of product cards. */
export function Cards({ products, columns }: { products: Product[]; columns: number }): ReactNode {
  return h(
    'ul',
    { className: `grid cols-${columns}` },
    products.length === 0
      ? h('li', null, t('collection.empty'))
      : products.map((product, i) =>
          h(
            'li',
            { key: product.id, className: 'grid-item', 'data-index': i },
            h(Card, { product }),
          ),
        ),
  );
}
