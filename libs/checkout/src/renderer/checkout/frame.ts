import { fieldScript } from './field';
import { type Child, type Html, html, raw } from './html';
import { lookCss } from './look';
import type { Notice, PageBody, PageSetting } from './page-input';
import { policyFoot } from './policy-links';
import { script } from './script';
import { style } from './style';

const rightToLeft = /^(ar|fa|he|ur|ps|ckb|dv|yi)(-|$)/;

/** Of which checkout a page is, and how it was asked for. */
interface PageMore {
  token?: string;
  /** Whether no money moves: with any way to pay that is offered, or with some of them. */
  testMode?: 'all' | 'some' | null;
  /** What staff agreed on with the shopper came out of no cart. */
  agreed?: boolean;
  /** Whether anything is sent: without that there is no step of delivery. */
  delivers?: boolean;
  /** It answers a form: going back to it or loading it again must not send that again. */
  posted?: boolean;
}

/** A whole page of our own: no code of a theme, nothing from another host. */
export function frame(body: PageBody, setting: PageSetting, more: PageMore = {}): string {
  const { words, lang, shop, look, prefix, nonce } = setting;
  const { title, aside, refresh, fields = [] } = body;
  const home = prefix === '' ? '/' : prefix;
  const again =
    refresh && html`<meta http-equiv="refresh" content="${refresh.seconds};url=${refresh.url}" />`;
  // Scripts wait in their own way; nobody waits where the way leads on at once.
  const meta = again && (refresh.seconds === 0 ? again : html`<noscript>${again}</noscript>`);
  const page = html`<!doctype html>
    <html lang="${lang}" dir="${rightToLeft.test(lang) ? 'rtl' : 'ltr'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex" />
        ${meta}
        <title>${title} · ${shop.name}</title>
        <style nonce="${nonce}">
          ${raw(style + lookCss(look))}
        </style>
      </head>
      <body${aside === null && html` class="single"`}>
        <a class="skip" href="#main">${words.skip}</a>
        ${more.testMode && html`<p class="test" role="status">${more.testMode === 'all' ? words.testMode : words.testModeSome}</p>`}
        <header class="top">
          <a class="shop" href="${home}">${brand(setting)}</a>
          <a href="${prefix}/cart">${words.cart}</a>
        </header>
        <div class="page">
          ${mainOf(body, setting, more)} ${aside && html`<aside>${aside}</aside>`}
        </div>
        ${policyFoot(setting)}
        <script nonce="${nonce}">
          ${fields.length > 0 && raw(fieldScript(fields))};
          ${raw(script)};
        </script>
      </body>
    </html>`;
  return page.text;
}

function mainOf(
  { step, notices, main, poll }: PageBody,
  setting: PageSetting,
  { token, posted, agreed = false, delivers = true }: PageMore,
): Html {
  const known = step !== null && token !== undefined;
  const told = notices.filter(({ beside = false }) => !beside);
  const address = known && posted === true && `${setting.prefix}/checkouts/${token}/${step}`;
  return html`<main
    id="main"
    ${poll !== undefined && html` data-poll="${poll}"`}
    ${address !== false && html` data-posted="${address}"`}
  >
    ${known && steps(step, setting, { token, agreed, delivers })} ${told.map(noticeBox)} ${main}
  </main>`;
}

function brand({ look, shop }: PageSetting): Child {
  const { logo } = look;
  if (!logo) return html`<bdi>${shop.name}</bdi>`;
  const { src, width, height } = logo;
  return html`<img src="${src}" alt="${shop.name}" width="${width}" height="${height}" />`;
}

function steps(
  step: NonNullable<PageBody['step']>,
  setting: PageSetting,
  { token, agreed, delivers }: { token: string; agreed: boolean; delivers: boolean },
): Html {
  const { words, prefix } = setting;
  const all = ['information', 'delivery', 'payment'] as const;
  const order = all.filter((name) => delivers || name !== 'delivery');
  const here = order.indexOf(step);
  const items = order.map((name, at) => {
    if (at === here) return html`<li><span aria-current="step">${words[name]}</span></li>`;
    if (at > here) return html`<li><span>${words[name]}</span></li>`;
    return html`<li><a href="${prefix}/checkouts/${token}/${name}">${words[name]}</a></li>`;
  });
  return html`<nav class="steps" aria-label="${words.steps}">
    <ol>
      ${!agreed && html`<li><a href="${prefix}/cart">${words.cart}</a></li>`} ${items}
    </ol>
  </nav>`;
}

function noticeBox({ kind, title, items = [], action }: Notice): Html {
  const list = items.map(({ text, href }) =>
    href === undefined ? html`<li>${text}</li>` : html`<li><a href="${href}">${text}</a></li>`,
  );
  const role = kind === 'error' ? 'alert' : 'status';
  return html`<div
    class="notice ${kind}"
    role="${role}"
    ${kind === 'error' && html` tabindex="-1" data-focus`}
  >
    <p>${title}</p>
    ${
      list.length > 0 &&
      html`<ul>
        ${list}
      </ul>`
    }
    ${action && html`<a class="action" href="${action.href}">${action.label}</a>`}
  </div>`;
}
