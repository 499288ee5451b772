import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { newId } from '@libs/kernel';
import { Withdrawals } from '../../orders/src/withdrawals/withdrawals.service';
import { NotificationsWorkerModule } from '@worker/notifications';
import { type OrderLab, openOrderLab, type Shop } from '../../orders/test/order-lab.builder';

describe('mails about a withdrawal', () => {
  let lab: OrderLab;
  let shop: Shop;
  let withdrawals: Withdrawals;

  beforeAll(async () => {
    lab = await openOrderLab([NotificationsWorkerModule]);
    withdrawals = lab.lab.get(Withdrawals);
    shop = await lab.aShop([9]);
  });
  afterAll(() => lab.close());

  const mailsTo = async (to: string): Promise<Email[]> => {
    await lab.lab.drain();
    const folder = join(lab.lab.home, 'mailbox');
    const files = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
    const all = await Promise.all(
      files.map(async (name) => PostalMime.parse(await readFile(join(folder, name)))),
    );
    return all.filter((mail) => mail.to?.[0]?.address === to);
  };
  const declare = (email: string, locale = 'en', name = 'Ada {store} <b>') =>
    shop.write((store) =>
      withdrawals.receive(store, {
        key: newId(),
        orderId: null,
        name,
        reference: '#4711',
        email,
        lines: null,
        goods: null,
        locale,
        submittedAt: new Date(),
        ipHash: null,
        pageVersion: 'test',
      }),
    );

  it('confirm every statement within a minute, with its text, time and fingerprint (I29)', async () => {
    const email = 'ada@example.test';
    const { id, statementText, receiptHash } = await declare(email);
    const [receipt, ...more] = await mailsTo(email);
    expect(more).toEqual([]);
    for (const line of [...statementText.split('\n'), receiptHash])
      expect(receipt?.text).toContain(line);
    expect(receipt?.html).toContain('Ada {store} &lt;b&gt;');
    const kept = await shop.read((store) => withdrawals.get(store, id));
    expect(kept.receiptMessageId).toBe(receipt?.messageId);
    const seconds = (Number(kept.receiptSentAt) - Number(kept.confirmedAt)) / 1_000;
    expect(seconds).toBeLessThan(60);
  });

  it.each([
    ['de', 'Ihr Widerruf W-', 'Widerrufserklärung'],
    ['zh-CN', '撤回声明', '本人撤回'],
    ['ar', 'إعلان العدول', 'أعدل عن عقدي'],
  ])('speak %s', async (locale, subject, sentence) => {
    const email = `${locale}@example.test`;
    await declare(email, locale);
    const [receipt] = await mailsTo(email);
    expect(receipt?.subject).toContain(subject);
    expect(receipt?.text).toContain(sentence);
  });

  it('tell why one has no effect', async () => {
    const email = 'late@example.test';
    const { id } = await declare(email);
    await lab.lab.drain();
    await shop.write((store) => withdrawals.reject(store, id, 'The seal was broken.'));
    const mails = await mailsTo(email);
    expect(mails).toHaveLength(2);
    expect(mails.map(({ text }) => text?.includes('The seal was broken.'))).toContain(true);
  });
});
