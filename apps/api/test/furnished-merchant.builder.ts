import { ContactMessages, NewsletterSignUps } from '@libs/customers';
import { newId } from '@libs/kernel';
import type { ApiAnswer, ApiLab, Merchant } from '@testing';
import { type ApiDocument, type Operation, address, operationsOf } from './operations';
import { documentSettingsOf, requestFor } from './route-inputs';
import { beginCheckout, declareWithdrawal, sellOrder } from './sold-order.builder';

/** A merchant who has at least one of everything that the API can make. */
export interface FurnishedMerchant extends Merchant {
  /** Stands in every name of theirs and in nobody else's. */
  word: string;
  /** Ids of theirs by the name of the path parameter that takes them. */
  ids: Record<string, string>;
}

/** Reads that tell ids which no POST answers; run when everything has been made. */
const finds: Record<string, { route: string; from: (answer: ApiAnswer) => unknown }> = {
  userId: { route: 'GET /me', from: ({ body }) => body.user.id },
  sessionId: { route: 'GET /account/sessions', from: ({ body }) => body.items[0]?.id },
  versionId: {
    route: 'GET /stores/{storeId}/themes/{themeId}/versions',
    from: ({ body }) => body.items[0]?.versionId,
  },
  itemId: {
    route: 'GET /stores/{storeId}/inventory-levels',
    from: ({ body }) => body.items[0]?.itemId,
  },
  locationId: {
    route: 'GET /stores/{storeId}/inventory-levels',
    from: ({ body }) => body.items[0]?.locationId,
  },
  messageId: {
    route: 'GET /stores/{storeId}/contact-messages',
    from: ({ body }) => body.items[0]?.id,
  },
  signUpId: {
    route: 'GET /stores/{storeId}/newsletter-sign-ups',
    from: ({ body }) => body.items[0]?.id,
  },
};

/**
 * Signs a merchant up and makes one of everything: for each POST whose path has a twin that ends in a parameter, the
 * id that it answers is the value of that parameter.
 */
export async function furnishMerchant(
  lab: ApiLab,
  document: ApiDocument,
  word: string,
): Promise<FurnishedMerchant> {
  const { storeId, organizationId, ...merchant } = await lab.aMerchant();
  const ids: Record<string, string> = { storeId, organizationId };
  const { token } = merchant;
  const operations = operationsOf(document);
  await rename(lab, { token, storeId, word });
  Object.assign(ids, await sellOrder(lab, storeId, { word }));
  ids.withdrawalId = await declareWithdrawal(lab, storeId, { word, orderId: null });
  ids.documentId = await anInvoice(lab, { token, storeId, word, orderId: ids.orderId ?? '' });
  ids.refundId = await aRefund(lab, { token, storeId, orderId: ids.orderId ?? '' });
  Object.assign(ids, await somethingToSend(lab, { token, storeId, word }));
  for (const { made, operation } of creations(operations)) {
    const input = await requestFor(operation, { document, ids, word });
    const answer = await lab.call(address(operation, ids), { token, ...input });
    const id: unknown = answer.body?.[made] ?? answer.body?.id;
    if (answer.status >= 300 || typeof id !== 'string') {
      throw new Error(`${operation.name} made no ${made}: ${answer.status} ${answer.text}`);
    }
    ids[made] ??= id;
  }
  await lab.drain();
  await shopperWrites(lab, storeId, word);
  ids.checkoutId = await beginCheckout(lab, storeId, { word, variantId: ids.sentItemId ?? '' });
  await lab.drain();
  ids.jobId = await aDeadLetter(lab, storeId, word);
  for (const [name, { route, from }] of Object.entries(finds)) {
    const path = route.replace(/\{(\w+)\}/g, (_, key: string) => ids[key] ?? '');
    if (path.endsWith('/')) continue;
    const id = from(await lab.call(path, { token }));
    if (typeof id === 'string') ids[name] = id;
  }
  return { ...merchant, storeId, organizationId, word, ids };
}

/** What must never stand in an answer to somebody else. */
export function secretsOf({ ids, word, handle, email }: FurnishedMerchant): string[] {
  return [...Object.values(ids), word, handle, email];
}

/** The routes that make something with an id, those of the things that others hang on first. */
function creations(operations: Operation[]): { made: string; operation: Operation }[] {
  const made = operations.flatMap((operation) => {
    if (operation.method !== 'POST') return [];
    const parent = `${operation.path}/{`;
    const child = operations.find(({ path }) => path.startsWith(parent));
    const name = child?.path.slice(parent.length).split('}')[0];
    return name === undefined || name === 'storeId' ? [] : [{ made: name, operation }];
  });
  // Price schedules come last: they name variants.
  const depth = ({ made: name, operation }: { made: string; operation: Operation }) =>
    name === 'scheduleId' ? Infinity : operation.pathParams.length;
  // Roles before invitations, which name one.
  const named = ({ made: name }: { made: string }) => (name === 'roleId' ? 0 : 1);
  return made.toSorted((a, b) => depth(a) - depth(b) || named(a) - named(b));
}

/** The invoice of an order; answers its id. */
async function anInvoice(
  lab: ApiLab,
  { token, storeId, word, orderId }: Record<'token' | 'storeId' | 'word' | 'orderId', string>,
): Promise<string> {
  const ask = (route: string, body: unknown) => lab.call(route, { token, body });
  await ask(`PUT /stores/${storeId}/document-settings`, documentSettingsOf(word));
  const route = `POST /stores/${storeId}/orders/${orderId}/documents`;
  const { status, text, body } = await ask(route, { kind: 'invoice' });
  if (status !== 201) throw new Error(`No invoice for ${word}: ${text}`);
  return String(body.id);
}

/** Some of an order's money given back; answers the refund's id. */
async function aRefund(
  lab: ApiLab,
  { token, storeId, orderId }: Record<'token' | 'storeId' | 'orderId', string>,
): Promise<string> {
  const { status, text, body } = await lab.call(
    `POST /stores/${storeId}/orders/${orderId}/refunds`,
    { token, body: { freeMinor: 100 }, headers: { 'idempotency-key': newId() } },
  );
  if (status !== 201) throw new Error(`No refund of ${orderId}: ${text}`);
  return String(body.id);
}

/** An item at one location, and another location that it can be sent to. */
async function somethingToSend(
  lab: ApiLab,
  { token, storeId, word }: Record<'token' | 'storeId' | 'word', string>,
): Promise<Record<'sentItemId' | 'fromLocationId' | 'toLocationId', string>> {
  const store = `/stores/${storeId}`;
  const variants = [{ priceMinor: 900, tracked: true, quantity: 50 }];
  const made = await lab.call(`POST ${store}/products`, {
    token,
    body: { title: `Crate ${word}`, variants },
  });
  const levels = `GET ${store}/inventory-levels?productId=${made.body.id}`;
  const { body: found } = await lab.call(levels, { token });
  const depot = await lab.call(`POST ${store}/locations`, {
    token,
    body: { name: `Depot ${word}` },
  });
  const [{ itemId: sentItemId, locationId: fromLocationId }] = found.items;
  return { sentItemId, fromLocationId, toLocationId: depot.body.id };
}

/** A job that failed too often, which no request makes. */
async function aDeadLetter(lab: ApiLab, storeId: string, word: string): Promise<string> {
  const jobId = newId();
  await lab.db.acrossStores('leave a dead letter in a test', (tx) =>
    tx.execute(
      `INSERT INTO jobs (job_id, store_id, name, version, queue, payload, max_attempts, state, last_error)
       VALUES ($1, $2, 'a-job-of-nobody', 1, 'steady', $3, 1, 'dead', $4)`,
      [jobId, storeId, JSON.stringify({ word }), `It failed for ${word}.`],
    ),
  );
  return jobId;
}

/** What only shoppers send, by the storefront's forms. */
function shopperWrites({ app, db }: ApiLab, storeId: string, word: string): Promise<void> {
  const email = `shopper-${word}@example.test`;
  const words = { email, name: word, phone: '', body: `About ${word}`, fields: { word } };
  return db.write(storeId, async (store) => {
    const page = { page: '/pages/contact', locale: 'en' };
    await app.get(ContactMessages, { strict: false }).receive(store, { ...words, ...page });
    const signUps = app.get(NewsletterSignUps, { strict: false });
    await signUps.signUp(store, { email, source: `/pages/${word}`, locale: 'en' });
  });
}

async function rename(
  lab: ApiLab,
  { token, storeId, word }: { token: string; storeId: string; word: string },
): Promise<void> {
  const body = {
    name: `Store ${word}`,
    description: `About ${word}`,
    email: `${word}@example.com`,
  };
  const { status, text } = await lab.call(`PATCH /stores/${storeId}`, { token, body });
  if (status !== 200) throw new Error(`The store of ${word} was not renamed: ${text}`);
}
