import { setTimeout as pause } from 'node:timers/promises';
import type { Patience } from './patience';
import { ask, type PageAnswer } from './shopper';

/** How a shopper's visit ended. */
export type Visit =
  | 'ordered'
  /** Paid, and closed the window: the order needs no browser. */
  | 'left-after-paying'
  | 'sold-out'
  | 'code-gone';

/** What a shopper wants. */
export interface Wish {
  /** Public id of the variant. */
  variant: number;
  email: string;
  /** A code, and the amount it takes off as the page shows it. */
  code?: { text: string; takesOff: string };
  /** Closes the window once it is paid. */
  leaves: boolean;
  /** Where it is sent, as the checkout's form names it; Berlin unless said otherwise. */
  address?: Record<string, string>;
}

/** Where to buy. */
export interface ShopPlace {
  shopPort: number;
  /** Host without its port. */
  host: string;
  /** The test provider's account in the shop's list. */
  paymentAccountId: string;
}

/** Nobody waits longer before asking again, milliseconds. */
const slowestMs = 2_000;
/** A browser that hears nothing for so long gives a request up. */
const silentMs = 60_000;

/** An answer that a shopper has no use for. */
class Odd extends Error {
  override readonly name = 'Odd';
}

/**
 * A shopper in a browser without scripts, who asks again when nothing comes back: reloads a page, sends a form anew as
 * it was.
 */
export class PersistentShopper {
  /** How often something had to be asked again. */
  repeats = 0;
  /** Milliseconds of each step, by its name; the last time of a step that was repeated. */
  readonly took: Record<string, number> = {};
  private readonly cookies = new Map<string, string>();

  constructor(
    private readonly place: ShopPlace,
    private readonly patience: Patience,
  ) {}

  /** Buys one unit. @throws Error when the shop gives an answer that leads nowhere, or none while patience lasts */
  async buy(wish: Wish): Promise<Visit> {
    const added = await this.step('add to cart', '/cart/add', { id: wish.variant, quantity: 1 });
    this.patience.progressed();
    if (added.status === 422 || added.to.includes('error')) return 'sold-out';
    const begun = await this.step('begin checkout', '/checkout');
    const base = /^(.*\/checkouts\/[\w-]{32})/.exec(begun.to)?.[1];
    if (base === undefined) return this.lookWhySoldOut(begun);
    this.patience.progressed();
    if (wish.code !== undefined) {
      const entered = await this.step('enter a code', `${base}/codes`, { code: wish.code.text });
      if (entered.status === 422) return 'code-gone';
    }
    const form = { ...(wish.address ?? berlin), email: wish.email, intent: 'continue' };
    await this.step('send the address', `${base}/information`, form);
    this.patience.progressed();
    const paid = await this.pay(base, wish);
    if (typeof paid === 'string') return paid;
    this.patience.progressed();
    await this.atProvider(paid.url);
    this.patience.progressed();
    if (wish.leaves) return 'left-after-paying';
    return this.comeBack(base);
  }

  /** Sends the last form until it leads to the provider; amounts that changed are agreed to, a lost code is not. */
  private async pay(base: string, wish: Wish): Promise<{ url: string } | Visit> {
    for (let round = 0; !this.patience.isOver(); round += 1) {
      // Whoever is told to try again does so a little later each time.
      await pause(Math.min(round * 100, slowestMs));
      this.patience.askedInVain();
      const page = await this.step('see the payment page', `${base}/payment`);
      if (page.to.includes('/orders/')) return this.comeBack(base);
      if (page.status === 303) throw new Odd(`The payment page leads to ${page.to}`);
      const isForm = page.text.includes(this.place.paymentAccountId);
      // Else it is the page of an attempt that is under way: its button sends the same form again.
      if (isForm && wish.code !== undefined && !page.text.includes(wish.code.takesOff))
        return 'code-gone';
      const form = {
        payment: this.place.paymentAccountId,
        billing: 'same',
        intent: 'pay',
        pay_key: hidden(page.text, 'pay_key'),
        quote_hash: hidden(page.text, 'quote_hash'),
      };
      const sent = await this.step('pay', `${base}/payment`, form);
      const url = /http:\/\/[\w.]+:\d+\/pay\/tp_\w+/.exec(sent.text)?.[0];
      if (url !== undefined) return { url };
      if (sent.to.includes('/orders/')) return this.comeBack(base);
      if (sent.text.includes('sold out')) return 'sold-out';
      if (sent.text.includes('A discount is no longer available')) return 'code-gone';
    }
    throw new Odd('Paying leads nowhere.');
  }

  private async atProvider(url: string): Promise<void> {
    const target = new URL(url);
    await this.insist('at the provider', async () => {
      const answer = await fetch(`http://127.0.0.1:${target.port}${target.pathname}`, {
        method: 'POST',
        body: new URLSearchParams({ choice: 'pay' }),
        redirect: 'manual',
        signal: AbortSignal.timeout(silentMs),
      });
      return { status: answer.status, text: await answer.text(), to: '' };
    });
  }

  private async comeBack(base: string): Promise<Visit> {
    await this.step('come back', `${base}/return`);
    const order = base.replace('/checkouts/', '/orders/');
    for (let round = 1; !this.patience.isOver(); round += 1) {
      this.patience.askedInVain();
      const page = await this.step('see the order', order);
      if (page.status === 200 && /#T?1\d{3}/.test(page.text)) return this.withOrder();
      if (page.status === 303) return this.refusedAfterPaying(base);
      await pause(Math.min(round * 250, slowestMs));
    }
    throw new Odd('The order never came.');
  }

  private withOrder(): Visit {
    this.patience.progressed();
    return 'ordered';
  }

  private refusedAfterPaying(base: string): never {
    throw new Odd(`${base} was paid and gave no order.`);
  }

  private lookWhySoldOut({ to, status }: Answer): Visit {
    if (to.endsWith('/cart')) return 'sold-out';
    throw new Odd(`The checkout does not begin: ${status} ${to}`);
  }

  private step(name: string, path: string, form?: Record<string, unknown>): Promise<Answer> {
    return this.insist(name, () => this.send(path, form));
  }

  /** Asks until something comes back that is not a failure of the server. */
  private async insist(name: string, send: () => Promise<Answer>): Promise<Answer> {
    for (let tries = 1; ; tries += 1) {
      const begun = performance.now();
      const answer = await send().catch((error: Error) => ({
        status: 0,
        text: error.message,
        to: '',
      }));
      this.took[name] = performance.now() - begun;
      const { status } = answer;
      if (status > 0 && status < 500 && status !== 429 && status !== 409) return answer;
      this.patience.askedInVain();
      if (this.patience.isOver())
        throw new Odd(`${name} came to nothing: ${status} ${answer.text.slice(0, 300)}`);
      this.repeats += 1;
      await pause(Math.min(tries * 200, slowestMs) * (0.5 + Math.random()));
    }
  }

  private async send(path: string, form?: Record<string, unknown>): Promise<Answer> {
    const { shopPort, host } = this.place;
    const body = form && new URLSearchParams({ ...form } as Record<string, string>).toString();
    const answer = await ask({ shop: shopPort, tls: 0 }, host, path, {
      method: form === undefined ? 'GET' : 'POST',
      silentMs,
      headers: {
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form === undefined
          ? {}
          : {
              'content-type': 'application/x-www-form-urlencoded',
              'content-length': String(Buffer.byteLength(body ?? '')),
              'sec-fetch-site': 'same-origin',
            }),
      },
      ...(body === undefined ? {} : { body }),
    });
    this.keepCookies(answer);
    const location = answer.headers.location ?? '';
    return { status: answer.status, text: answer.text, to: location };
  }

  private keepCookies({ headers }: PageAnswer): void {
    for (const line of [headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.cookies.set(name, value);
    }
  }
}

interface Answer {
  status: number;
  text: string;
  /** Where it leads; empty when nowhere. */
  to: string;
}

const berlin = {
  shipping_country: 'DE',
  shipping_name: 'Ada Lovelace',
  shipping_address1: 'Torstraße 1',
  shipping_zip: '10119',
  shipping_city: 'Berlin',
};

function hidden(html: string, name: string): string {
  return new RegExp(`name="${name}"\\s+value="([^"]*)"`).exec(html)?.[1] ?? '';
}
