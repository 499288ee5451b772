import { Customers } from '@libs/customers';
import { MailboxMailer, Mailer } from '@platform/mail';
import type { Lab } from '@testing';
import { NotificationsWorkerModule } from '@worker/notifications';
import {
  aSellingStore,
  openCheckoutLab,
  type SellingStore,
} from '../../checkout/test/checkout-lab.builder';
import { AbandonedCarts } from '../src/abandoned-carts/abandoned-carts.service';
import { MarketingConsent } from '../src/abandoned-carts/marketing-consent.service';
import { FindAbandonedCarts } from '../src/worker/abandoned-carts/find-abandoned-carts.job';
import { ForgetCartMails } from '../src/worker/abandoned-carts/forget-cart-mails.job';
import { RunRemindOfCart } from '../src/worker/abandoned-carts/run-remind-of-cart.job';

const yes = { marketing: true, terms: true };

describe('reminders of carts that were left', () => {
  let lab: Lab;
  let shop: SellingStore;
  let people = 0;

  beforeAll(async () => {
    lab = await openCheckoutLab([NotificationsWorkerModule]);
    shop = await aSellingStore(lab, 500);
  });
  afterAll(() => lab.close());

  const choose = (enabled: boolean, delayHours = 10) =>
    lab.db.write(shop.storeId, (store) =>
      lab.get(AbandonedCarts).choose(store, { enabled, delayHours }),
    );
  /** Somebody who agreed, and their checkout. */
  const leave = async (consent = yes) => {
    people += 1;
    const email = `ada${people}@example.test`;
    const shopper = await shop.shopper([{ variant: shop.goods.medium.id }], { email, consent });
    return { ...shopper, email };
  };
  /** As if nobody had touched the checkouts for so long; they began after the store chose. */
  const pass = async (hours: number) => {
    await shop.sql(
      `UPDATE abandoned_cart_settings SET enabled_at = enabled_at - $2 * interval '1 hour' WHERE store_id = $1`,
      [hours],
    );
    await shop.sql(
      `UPDATE checkouts SET created_at = created_at - $2 * interval '1 hour',
         updated_at = updated_at - $2 * interval '1 hour',
         consent = jsonb_set(consent, '{at}', to_jsonb(to_char((consent ->> 'at')::timestamptz AT TIME ZONE 'UTC'
           - $2 * interval '1 hour', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))
       WHERE store_id = $1 AND state = 'open'`,
      [hours],
    );
  };
  const look = async () => {
    await lab.get(FindAbandonedCarts).tick();
    await lab.drain();
  };
  const mailsTo = async (address: string) =>
    (await (lab.get(Mailer) as MailboxMailer).list()).filter(
      ({ to, messageId }) => to === address && messageId?.includes('.cart@'),
    );

  it('are off until the store wants them, and then about later checkouts only', async () => {
    const before = await leave();
    await pass(11);
    await look();
    await choose(true);
    await look();
    expect(await mailsTo(before.email)).toEqual([]);
  });

  it('come once, after the delay, with a link to the checkout and a way out', async () => {
    await choose(true);
    const { email, token } = await leave();
    await pass(9);
    await look();
    expect(await mailsTo(email)).toEqual([]);
    await pass(2);
    await look();
    await pass(11);
    await look();
    const [mail, ...more] = await mailsTo(email);
    expect(more).toEqual([]);
    expect(mail?.text).toContain(`/checkouts/${token}`);
    expect(mail?.text).toContain('1 × Linen shirt, M');
    const out = /<(http[^>]+\/unsubscribe\/[^>]+)>/.exec(mail?.headers?.['List-Unsubscribe'] ?? '');
    expect(mail?.headers?.['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    expect(mail?.text).toContain(out?.[1]);
    expect(mail?.html).toContain(out?.[1]);
    const { expiresAt } = await shop.read(token);
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(47 * 3_600_000);
  });

  it('are forgotten when their time is over, and not before', async () => {
    await choose(true);
    const [{ email: old }, { email: fresh }] = [await leave(), await leave()];
    await pass(11);
    await look();
    const kept = async () => {
      const rows = await shop.query<{ email: string }>(
        'SELECT email FROM abandoned_cart_mails WHERE store_id = $1',
      );
      return rows.map(({ email }) => email);
    };
    await shop.sql(
      `UPDATE abandoned_cart_mails SET kept_until = kept_until - interval '90 days'
       WHERE store_id = $1 AND email = $2`,
      [old],
    );
    expect(await kept()).toEqual(expect.arrayContaining([old, fresh]));
    await lab.get(ForgetCartMails).tick();
    expect(await kept()).toContain(fresh);
    expect(await kept()).not.toContain(old);
  });

  it('come to nobody who did not agree, or who took it back since', async () => {
    await choose(true);
    const silent = await leave({ marketing: false, terms: true });
    const gone = await leave();
    await pass(11);
    await lab.db.write(shop.storeId, (store) =>
      lab.get(MarketingConsent).withdraw(store, gone.email.toUpperCase(), 'a test'),
    );
    await look();
    expect(await mailsTo(silent.email)).toEqual([]);
    expect(await mailsTo(gone.email)).toEqual([]);
    const again = await shop.shopper([{ variant: shop.goods.medium.id }], {
      email: gone.email,
      consent: yes,
    });
    await shop.sql(
      `UPDATE marketing_opt_outs SET at = at - interval '12 hours' WHERE store_id = $1`,
    );
    await pass(11);
    await look();
    const [mail] = await mailsTo(gone.email);
    expect(mail?.text).toContain(again.token);
  });

  it('lead a customer who signed in on the way to where it is now, and nobody else', async () => {
    await choose(true);
    const account = (email: string) =>
      lab.db.write(shop.storeId, (store) =>
        lab.get(Customers).findOrCreateByEmail(store, {
          email,
          firstName: 'Ada',
          lastName: 'Lovelace',
          phone: null,
          locale: 'en',
        }),
      );
    const own = await leave();
    const token = await shop.start(own.cartToken, await account(own.email));
    expect(token).not.toBe(own.token);
    // A friend's address was typed before; the link would show them where the customer lives.
    const friends = await leave();
    await shop.start(friends.cartToken, await account('ada@home.test'));
    await pass(11);
    await look();
    const [mail] = await mailsTo(own.email);
    expect(mail?.text).toContain(`/checkouts/${token}`);
    expect(await mailsTo(friends.email)).toEqual([]);
  });

  it('come to nobody who bought, with this cart or with another', async () => {
    await choose(true);
    const first = await leave();
    const other = await shop.shopper([{ variant: shop.goods.medium.id }], {
      email: first.email,
      paymentAccountId: shop.goods.accounts.manual,
    });
    await pass(11);
    expect((await shop.pay(other.token)).kind).toBeDefined();
    await shop.settle(other.token);
    expect((await shop.read(other.token)).state).toBe('completed');
    await look();
    expect(await mailsTo(first.email)).toEqual([]);
  });

  it('are not sent when the purchase comes between the finding and the sending', async () => {
    await choose(true);
    const { email, token } = await leave();
    await pass(11);
    const { checkoutId } = await shop.read(token);
    await lab.get(FindAbandonedCarts).tick();
    let release = (): void => undefined;
    let locked = (): void => undefined;
    const isLocked = new Promise<void>((resolve) => (locked = resolve));
    // Who pays holds the checkout; the reminder waits for the lock and then sees what became of it.
    const paying = lab.db.write(shop.storeId, async (store) => {
      await store.execute(
        `UPDATE checkouts SET state = 'paying', pay_key = 'key' WHERE store_id = $1 AND checkout_id = $2`,
        [shop.storeId, checkoutId],
      );
      locked();
      await new Promise<void>((resolve) => (release = resolve));
    });
    await isLocked;
    const context = { storeId: shop.storeId, jobId: checkoutId, attempt: 1 };
    const { signal } = new AbortController();
    const reminding = lab.get(RunRemindOfCart).run({ checkoutId }, { ...context, signal });
    await waitsForLock();
    release();
    await Promise.all([paying, reminding]);
    expect(await mailsTo(email)).toEqual([]);
  });

  it('are sent once by many workers at once', async () => {
    await choose(true);
    const { email, token } = await leave();
    await pass(11);
    const { checkoutId } = await shop.read(token);
    const context = { storeId: shop.storeId, jobId: checkoutId, attempt: 1 };
    const { signal } = new AbortController();
    const run = () => lab.get(RunRemindOfCart).run({ checkoutId }, { ...context, signal });
    await Promise.all([run(), run(), run(), run()]);
    await look();
    expect(await mailsTo(email)).toHaveLength(1);
  });

  /** Until PostgreSQL says that somebody waits for a row. */
  const waitsForLock = async () => {
    for (let tries = 0; tries < 100; tries += 1) {
      const waiting = await lab.db.acrossStores('see who waits in a test', (tx) =>
        tx.query(`SELECT FROM pg_locks WHERE NOT granted`),
      );
      if (waiting.length > 0) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('Nobody waits.');
  };
});
