import { type Child, type Html, html } from './html';
import type { PageSetting } from './page-input';
import { say } from './words';

type Policy = NonNullable<PageSetting['policies']>[number];

/** A policy of the store, beside the page that it is read from: what was typed there stays. */
export function policyLink({ url }: Policy, label: string, prefix: string): Html {
  return html`<a href="${prefix}${url}" target="_blank" rel="noopener">${label}</a>`;
}

/** The store's policies below every page; nothing where it names none. */
export function policyFoot({ words, prefix, policies = [] }: PageSetting): Child {
  if (policies.length === 0) return null;
  return html`<footer class="foot">
    <nav class="after" aria-label="${words.policies}">
      ${policies.map((policy) => policyLink(policy, policy.name, prefix))}
    </nav>
  </footer>`;
}

/** What is agreed to by ordering; nothing where the store names no terms that could be read. */
export function agreement({ words, prefix, shop, policies = [] }: PageSetting): Child {
  const terms = policies.find(({ kind }) => kind === 'terms');
  if (!terms) return null;
  const mark = '\uE000';
  const [before = '', after = ''] = say(words.agree, { shop: shop.name, terms: mark }).split(mark);
  return html`<p class="soft agree">
    ${before}${policyLink(terms, words.agreeTerms, prefix)}${after}
  </p>`;
}
