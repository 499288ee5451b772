import { requiresShipping } from '../../checkouts/checkout';
import { addressLine } from './format';
import { type Html, html } from './html';
import type { CheckoutView, PageSetting } from './page-input';

/** What was said on the pages before, with the ways back. */
export function recap(
  { token, checkout }: CheckoutView,
  { words, lang, prefix }: PageSetting,
  upTo: 'delivery' | 'payment',
): Html {
  const back = (step: string): string => `${prefix}/checkouts/${token}/${step}`;
  const row = (label: string, value: string, link: { href: string; label: string }): Html =>
    html`<div>
      <dt>${label}</dt>
      <dd><bdi>${value}</bdi></dd>
      <dd class="go"><a href="${link.href}" aria-label="${link.label}">${words.change}</a></dd>
    </div>`;
  const sent = requiresShipping(checkout);
  const address = sent ? checkout.shippingAddress : checkout.billingAddress;
  const delivery = checkout.deliveryOptions.find(
    ({ rateId }) => rateId === checkout.deliveryRateId,
  );
  return html`<dl class="recap">
    ${row(words.contact, checkout.email ?? '', { href: back('information'), label: words.changeContact })}
    ${
      address &&
      row(sent ? words.shipTo : words.billTo, addressLine(address, lang), {
        href: back('information'),
        label: words.changeAddress,
      })
    }
    ${
      upTo === 'payment' &&
      sent &&
      delivery &&
      row(words.method, delivery.title, { href: back('delivery'), label: words.changeDelivery })
    }
  </dl>`;
}
