import { consentOf, requiresShipping } from '../../checkouts/checkout';
import { providerMinor } from '../../checkouts/provider-minor';
import { type Child, html } from './html';
import type { CheckoutView, PageSetting } from './page-input';
import { say } from './words';

/** Ways to check out at a provider that tells us who the shopper is; nothing where there is none. */
export function expressSlot(view: CheckoutView, { words, prefix }: PageSetting): Child {
  const { checkout, methods, token } = view;
  const ways = methods.filter(({ express }) => express === true);
  const agreed = ways.some(({ accountId }) => consentOf(checkout, accountId) !== null);
  // Only an address saves the shopper anything, and only money is agreed to.
  const helps = requiresShipping(checkout) && providerMinor(checkout) > 0;
  if (ways.length === 0 || agreed || !helps) return false;
  const buttons = ways.map(
    ({ accountId, title }) =>
      html`<button class="second" type="submit" name="account" value="${accountId}">
        ${say(words.expressWith, { title })}
      </button>`,
  );
  return html`<section class="express" aria-labelledby="express">
    <h2 id="express">${words.expressTitle}</h2>
    <form method="post" action="${prefix}/checkouts/${token}/express">${buttons}</form>
    <p class="soft">${words.expressOr}</p>
  </section>`;
}
