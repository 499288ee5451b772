import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '@libs/kernel';
import { type ApiLab, openApiLab } from '@testing';
import { CatalogWorkerModule } from '@worker/catalog';
import { ContentWorkerModule } from '@worker/content';
import { MediaWorkerModule } from '@worker/media';
import { NotificationsWorkerModule } from '@worker/notifications';
import { slices } from '../src/slices';
import { type FurnishedMerchant, furnishMerchant } from './furnished-merchant.builder';
import {
  type ApiDocument,
  type Operation,
  address,
  operationsOf,
  readDocument,
} from './operations';
import { draftOf, requestFor, transferOf } from './route-inputs';
import { declareWithdrawal, sellOrder } from './sold-order.builder';

/** What must be true of the world before some of the POSTs can succeed. */
interface Stage {
  lab: ApiLab;
  merchant: FurnishedMerchant;
}

/** Bodies that hold what only this merchant knows: a password, or the token of a mail. */
const bodies: Record<string, (stage: Stage) => Promise<unknown>> = {
  'POST /api/v1/sign-in': ({ merchant: { email } }) =>
    Promise.resolve({ email, password: 'a long enough password' }),
  // Somebody else's: a new password ends all sessions.
  'POST /api/v1/password-resets/confirm': async ({ lab }) => {
    const { email } = await lab.aMerchant();
    await lab.call('POST /password-resets', { body: { email } });
    return { token: await tokenFromMail(lab, 'reset'), password: 'a brand new password' };
  },
  'POST /api/v1/invitations/accept': async ({ lab, merchant }) => {
    const host = await lab.aMerchant();
    const organization = `/organizations/${host.organizationId}`;
    const roles = await lab.call(`GET ${organization}/roles`, { token: host.token });
    const body = { email: merchant.email, roleId: roles.body.items[0].id };
    await lab.call(`POST ${organization}/invitations`, { token: host.token, body });
    return { token: await tokenFromMail(lab, 'invite') };
  },
};

/** What must have happened before a POST can succeed. */
const preparations: Record<string, (stage: Stage) => Promise<void>> = {
  ...ordersFor({
    cancel: 'captured',
    capture: 'authorized',
    'edit-previews': 'captured',
    'payment-links': 'none',
    edits: 'captured',
    'mark-paid': 'none',
    parcels: 'captured',
    refunds: 'captured',
    'refund-proposals': 'captured',
  }),
  'POST /api/v1/stores/{storeId}/orders/{orderId}/gift-cards/{lineId}/send': async ({
    lab,
    merchant: { storeId, ids, word },
  }) => {
    Object.assign(ids, await sellOrder(lab, storeId, { word, gifts: true }));
  },
  'POST /api/v1/stores/{storeId}/orders/{orderId}/exchange-previews': (stage) =>
    sendBack(stage, ''),
  ...Object.fromEntries(
    (['', '/{returnId}/receive', '/{returnId}/refund', '/{returnId}/exchange'] as const).map(
      (part) => [
        `POST /api/v1/stores/{storeId}/orders/{orderId}/returns${part}`,
        (stage: Stage) => sendBack(stage, part),
      ],
    ),
  ),
  ...Object.fromEntries(
    ['match', 'reject', 'complete'].map((verb) => [
      `POST /api/v1/stores/{storeId}/withdrawals/{withdrawalId}/${verb}`,
      async ({ lab, merchant: { storeId, ids, word } }: Stage) => {
        const { orderId } = await sellOrder(lab, storeId, { word });
        ids.withdrawalId = await declareWithdrawal(lab, storeId, { word, orderId });
      },
    ]),
  ),
  ...Object.fromEntries(
    ['invoice', 'mark-paid'].map((part) => [
      `POST /api/v1/stores/{storeId}/draft-orders/{draftId}/${part}`,
      async ({ lab, merchant: { token, storeId, ids, word } }: Stage) => {
        const body = draftOf(word);
        const made = await lab.call(`POST /stores/${storeId}/draft-orders`, { token, body });
        ids.draftId = String(made.body.id);
      },
    ]),
  ),
  ...Object.fromEntries(
    ['ship', 'receive', 'cancel'].map((part) => [
      `POST /api/v1/stores/{storeId}/transfers/{transferId}/${part}`,
      async ({ lab, merchant: { token, storeId, ids, word } }: Stage) => {
        const body = transferOf(word, ids);
        const transfers = `POST /stores/${storeId}/transfers`;
        const made = await lab.call(transfers, { token, body, headers: aKey() });
        ids.transferId = String(made.body.id);
        if (part === 'receive')
          await lab.call(`${transfers}/${ids.transferId}/ship`, { token, headers: aKey() });
      },
    ]),
  ),
  'POST /api/v1/stores/{storeId}/hostnames/{hostnameId}/primary': ({ lab, merchant: { ids } }) =>
    lab.db.write(ids.storeId ?? '', async (store) => {
      await store.execute(`UPDATE hostnames SET state = 'active' WHERE id = $1`, [ids.hostnameId]);
    }),
  'POST /api/v1/stores/{storeId}/images/{imageId}/retry': ({ lab, merchant: { ids } }) =>
    lab.db.write(ids.storeId ?? '', async (store) => {
      await store.execute(`UPDATE images SET state = 'failed' WHERE image_id = $1`, [ids.imageId]);
    }),
  'POST /api/v1/stores/{storeId}/themes/{themeId}/rollback': async ({ lab, merchant }) => {
    const { token, storeId, ids } = merchant;
    // Live already by the POST before this one: something else goes live, and this theme again.
    const file = (await requestFor(uploadRoute, { ...nothing, ids, word: 'grapefruit' })).file;
    const themes = `/stores/${storeId}/themes`;
    const { body } = await lab.call(`POST ${themes}`, { token, file });
    for (const id of [body.id, ids.themeId]) {
      await lab.call(`POST ${themes}/${id}/publish`, { token });
    }
  },
};

const aKey = () => ({ 'idempotency-key': newId() });

/** Where the same request twice cannot be seen: the session that asked is gone. */
const unrepeatable = ['POST /api/v1/sign-out'];

const uploadRoute = { name: 'POST /api/v1/stores/{storeId}/themes' } as Operation;
const nothing = { document: { openapi: '', paths: {}, components: { schemas: {} } } };

describe('Idempotency-Key', () => {
  let lab: ApiLab;
  let document: ApiDocument;
  let posts: Operation[];
  let merchant: FurnishedMerchant;

  beforeAll(async () => {
    lab = await openApiLab([
      ...slices,
      CatalogWorkerModule,
      ContentWorkerModule,
      MediaWorkerModule,
      NotificationsWorkerModule,
    ]);
    document = await readDocument(lab);
    posts = operationsOf(document).filter(({ method }) => method === 'POST');
    merchant = await furnishMerchant(lab, document, 'zebrafish');
  }, 120_000);
  afterAll(() => lab.close());

  it('gives the same answer to the same POST, and refuses another under the same key', async () => {
    const repeatable = posts.filter(({ name }) => !unrepeatable.includes(name));
    expect(repeatable.length).toBeGreaterThan(10);
    for (const operation of repeatable) {
      const { name, isPublic } = operation;
      const stage = { lab, merchant };
      await preparations[name]?.(stage);
      const input = bodies[name]
        ? { body: await bodies[name](stage) }
        : withoutHandle(
            await requestFor(operation, { document, ids: merchant.ids, word: 'apricot' }),
          );
      const ask = (other: object) =>
        lab.call(address(operation, merchant.ids), {
          token: isPublic ? undefined : merchant.token,
          ...input,
          ...other,
          headers: { 'idempotency-key': `key of ${name}`.replaceAll(' ', '-') },
        });
      const first = await ask({});
      expect([name, first.status < 300 || first.text]).toEqual([name, true]);
      expect(first.headers['idempotency-replayed']).toBeUndefined();
      const second = await ask({});
      expect([name, second.status, second.body]).toEqual([name, first.status, first.body]);
      expect(second.headers['idempotency-replayed']).toBe('true');
      const other = await ask(another(input));
      const refused = [name, 422, 'http.idempotency-key-reused'];
      expect([name, other.status, other.body.code]).toEqual(refused);
    }
  }, 120_000);

  it('does once what is asked twice at the same moment', async () => {
    const ask = () =>
      lab.call(`POST /stores/${merchant.storeId}/pages`, {
        token: merchant.token,
        headers: { 'idempotency-key': 'at-the-same-moment' },
        body: { title: 'Once', handle: 'once' },
      });
    const answers = await Promise.all([ask(), ask(), ask()]);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201).length).toBeGreaterThan(0);
    expect(statuses.every((status) => status === 201 || status === 409)).toBe(true);
    const pages = await lab.db.read(merchant.storeId, (store) =>
      store.query(`SELECT 1 FROM pages WHERE title = 'Once'`),
    );
    expect(pages).toHaveLength(1);
  });

  it('keeps keys of different people apart, and frees the key of a refusal', async () => {
    const other = await lab.aMerchant();
    const headers = { 'idempotency-key': 'a-key-of-many' };
    const call = (token: string, storeId: string, title: string) =>
      lab.call(`POST /stores/${storeId}/pages`, { token, headers, body: { title } });
    const refused = await call(merchant.token, merchant.storeId, '');
    const mine = await call(merchant.token, merchant.storeId, 'Mine');
    const theirs = await call(other.token, other.storeId, 'Theirs');
    expect([refused.status, mine.status, theirs.status]).toEqual([422, 201, 201]);
    expect(theirs.body.title).toBe('Theirs');
  });
});

/** A new order for each of the routes, with its money where the route needs it: one order cannot have it all. */
function ordersFor(
  routes: Record<string, 'captured' | 'authorized' | 'none'>,
): Record<string, (stage: Stage) => Promise<void>> {
  return Object.fromEntries(
    Object.entries(routes).map(([route, money]) => [
      `POST /api/v1/stores/{storeId}/orders/{orderId}/${route}`,
      async ({ lab, merchant: { storeId, ids, word } }: Stage) => {
        Object.assign(ids, await sellOrder(lab, storeId, { word, money }));
      },
    ]),
  );
}

/** A new order that was shipped, with a return as far as the route needs it. */
async function sendBack(
  { lab, merchant: { token, storeId, ids, word } }: Stage,
  part: '' | '/{returnId}/receive' | '/{returnId}/refund' | '/{returnId}/exchange',
): Promise<void> {
  Object.assign(ids, await sellOrder(lab, storeId, { word }));
  const order = `/stores/${storeId}/orders/${ids.orderId}`;
  const post = async (path: string, body: object) => {
    const headers = { 'idempotency-key': `${part} ${path}`.replaceAll(' ', '-') };
    const answer = await lab.call(`POST ${order}${path}`, { token, headers, body });
    return String(answer.body.id);
  };
  await post('/parcels', {});
  if (part === '') return;
  const replacement =
    part === '/{returnId}/exchange' ? await aReplacement(lab, storeId) : undefined;
  ids.returnId = await post('/returns', {
    lines: [{ lineId: ids.lineId, quantity: 1, replacement }],
  });
  if (part !== '/{returnId}/receive') await post(`/returns/${ids.returnId}/receive`, {});
}

/** Something that is for sale, at a price of staff's. */
async function aReplacement(lab: ApiLab, storeId: string) {
  const [variant] = await lab.db.write(storeId, (store) =>
    store.query<{ id: string }>(
      `UPDATE variants v SET tracked = false FROM products p
       WHERE p.product_id = v.product_id AND p.status = 'active' AND p.published_at <= now() AND NOT p.gift_card
       RETURNING v.variant_id AS id`,
    ),
  );
  return { variantId: variant?.id ?? '', unitMinor: 1000 };
}

/** The same request with a handle of the platform's choice: the merchant has one of each already. */
function withoutHandle(input: Awaited<ReturnType<typeof requestFor>>) {
  const { handle: _, ...body } = (input.body ?? {}) as Record<string, unknown>;
  return input.body === undefined ? input : { body };
}

/** The same request with another content. */
function another({ body, file }: Awaited<ReturnType<typeof requestFor>>): object {
  if (file) return { file: { ...file, content: `${String(file.content)} and more` } };
  return { body: { ...(body as object | undefined), somethingElse: 1 } };
}

/** The token in the link of the last mail of a kind. */
async function tokenFromMail(lab: ApiLab, kind: 'reset' | 'invite'): Promise<string> {
  await lab.drain();
  const folder = join(lab.home, 'mailbox');
  const mails = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
  const texts = await Promise.all(mails.map((name) => readFile(join(folder, name), 'utf8')));
  const tokens = texts.flatMap((text) => {
    const found = new RegExp(`/admin/${kind}/([\\w-]+)`).exec(text.replaceAll('=\r\n', ''));
    return found?.[1] === undefined ? [] : [found[1]];
  });
  return tokens.at(-1) ?? '';
}
