import { createHmac } from 'node:crypto';
import { collection, product } from '@contract/catalog';
import { customer } from '@contract/customers';
import { CustomerAddresses, MailedCodes } from '@libs/customers';
import { Themes } from '@libs/themes';
import type { StoreWriter } from '@platform/database';
import { CustomerAccounts } from '../../customers/src/account/customer-accounts.service';
import { aTheme, uploadTheme, zipOf } from '../../themes/test/theme.builder';
import { openWebhookLab, type WebhookLab } from './webhook-lab';

describe('webhooks', () => {
  let hooks: WebhookLab;

  beforeAll(async () => {
    hooks = await openWebhookLab();
  });
  beforeEach(() => hooks.renew());
  afterAll(() => hooks.close());

  const macOf = (secret: string, time: string, body: string) =>
    createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');

  it('tell what happened, signed, with the object as the API answers it', async () => {
    const { id, secret } = await hooks.listen(['customers/create', 'customers/update']);
    const customerId = await hooks.aCustomer('ada');
    await hooks.call(`PATCH /customers/${customerId}`, { firstName: 'Augusta' });
    await hooks.lab.drain();
    const { got } = hooks.receiver;
    expect(got.map((one) => one.said('topic'))).toEqual(['customers/create', 'customers/update']);
    expect(got.map((one) => one.said('sequence'))).toEqual(['1', '2']);
    for (const one of got) {
      expect(customer.strict().parse(JSON.parse(one.body))).toMatchObject({ id: customerId });
      const [, time, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(one.said('signature')) ?? [];
      expect(mac).toBe(macOf(secret, time ?? '', one.body));
      expect(Math.abs(Date.now() / 1000 - Number(time))).toBeLessThan(60);
      expect(one.said('webhook-id')).toBe(id);
      expect(one.said('api-version')).toBe('v1');
      expect(one.headers['content-type']).toBe('application/json');
    }
    expect(new Set(got.map((one) => one.said('event-id'))).size).toBe(2);
    const { body } = await hooks.call(`GET /webhooks/${id}`);
    expect(body).toMatchObject({ state: 'active', pending: 0, failures: 0 });
    expect(JSON.stringify(body)).not.toContain(secret);
  });

  it('tell of products by what became of them', async () => {
    await hooks.listen(['products/create', 'products/update', 'products/delete']);
    const made = await hooks.call('POST /products', { title: 'Vase', status: 'active' });
    await hooks.lab.drain();
    await hooks.call(`PATCH /products/${made.body.id}`, { title: 'Bowl' });
    await hooks.lab.drain();
    await hooks.call(`DELETE /products/${made.body.id}`);
    await hooks.lab.drain();
    const [created, updated, deleted, ...more] = hooks.receiver.got;
    expect(more).toEqual([]);
    expect(created?.said('topic')).toBe('products/create');
    expect(product.strict().parse(JSON.parse(created?.body ?? '')).title).toBe('Vase');
    expect(updated?.said('topic')).toBe('products/update');
    expect(JSON.parse(updated?.body ?? '')).toMatchObject({ id: made.body.id, title: 'Bowl' });
    expect(deleted?.said('topic')).toBe('products/delete');
    expect(JSON.parse(deleted?.body ?? '')).toEqual({ id: made.body.id });
  });

  it('tell of a theme that was deleted', async () => {
    await hooks.listen(['themes/delete']);
    const { lab, merchant } = hooks;
    const part = <T>(type: new (...args: never[]) => T): T => lab.app.get(type, { strict: false });
    const { id } = await uploadTheme(
      { db: lab.db, get: part },
      merchant.storeId,
      await zipOf(aTheme()),
    );
    await lab.db.write(merchant.storeId, (store) => part(Themes).delete(store, id));
    await lab.drain();
    const [told, ...more] = hooks.receiver.got;
    expect([told?.said('topic'), told?.body, more]).toEqual([
      'themes/delete',
      JSON.stringify({ id }),
      [],
    ]);
  });

  it('tell of collections by what became of them', async () => {
    await hooks.listen(['collections/create', 'collections/update', 'collections/delete']);
    const made = await hooks.call('POST /collections', { title: 'Table' });
    await hooks.lab.drain();
    await hooks.call(`PATCH /collections/${made.body.id}`, { title: 'For the table' });
    await hooks.lab.drain();
    await hooks.call(`DELETE /collections/${made.body.id}`);
    await hooks.lab.drain();
    const [created, updated, deleted, ...more] = hooks.receiver.got;
    expect(more).toEqual([]);
    expect(created?.said('topic')).toBe('collections/create');
    expect(collection.strict().parse(JSON.parse(created?.body ?? '')).title).toBe('Table');
    expect(updated?.said('topic')).toBe('collections/update');
    expect(JSON.parse(updated?.body ?? '')).toMatchObject({ title: 'For the table' });
    expect(deleted?.said('topic')).toBe('collections/delete');
    expect(JSON.parse(deleted?.body ?? '')).toEqual({ id: made.body.id });
  });

  it('tell of what changes about a customer beside their own row', async () => {
    const customerId = await hooks.aCustomer('cleo');
    await hooks.lab.drain();
    await hooks.listen(['customers/update']);
    const told = async (change: () => Promise<unknown>) => {
      await change();
      await hooks.lab.drain();
      const { got } = hooks.receiver;
      return got.splice(0).map((one) => customer.strict().parse(JSON.parse(one.body)));
    };
    const { storeId } = hooks.merchant;
    const write = (work: (store: StoreWriter) => Promise<unknown>) => () =>
      hooks.lab.db.write(storeId, work);
    const addresses = hooks.lab.app.get(CustomerAddresses);
    const names = { firstName: 'Cleo', lastName: 'Reis', company: '', phone: '' };
    const place = { address1: 'Rua Nova 1', address2: '', city: 'Porto', zip: '4000-001' };
    const at = { ...names, ...place, province: '', country: 'PT' };
    const before = await hooks.call(`GET /customers/${customerId}`);
    expect(await told(write((store) => addresses.add(store, customerId, at)))).toHaveLength(1);
    const { body: group } = await hooks.call('POST /customer-groups', { name: 'Friends' });
    const members = `POST /customer-groups/${group.id}/members`;
    const join = () => hooks.call(members, { addCustomerIds: [customerId] });
    expect(await told(join)).toMatchObject([{ groupIds: [group.id] }]);
    expect(await told(join)).toEqual([]);
    const accounts = hooks.lab.app.get(CustomerAccounts);
    const codes = hooks.lab.app.get(MailedCodes);
    const [verified] = await told(
      write(async (store) => {
        const token = await codes.issue(store, customerId, 'activate');
        await accounts.setPassword(store, { token, purpose: 'activate' }, 'a long enough password');
      }),
    );
    expect(verified).toMatchObject({ state: 'enabled', emailVerifiedAt: expect.any(String) });
    expect(verified?.updatedAt).not.toBe(before.body.updatedAt);
  });

  it('reach only who asked for the topic, each with numbers of their own', async () => {
    const first = await hooks.listen(['customers/create']);
    const second = await hooks.listen(['customers/create', 'customers/delete']);
    const third = await hooks.listen(['products/create']);
    const customerId = await hooks.aCustomer('bo');
    await hooks.lab.drain();
    await hooks.call(`DELETE /customers/${customerId}`);
    await hooks.lab.drain();
    const seen = hooks.receiver.got.map((one) => `${one.said('webhook-id')} ${one.said('topic')}`);
    expect(seen.toSorted()).toEqual(
      [
        `${first.id} customers/create`,
        `${second.id} customers/create`,
        `${second.id} customers/delete`,
      ].toSorted(),
    );
    const ids = hooks.receiver.got.filter((one) => one.said('topic') === 'customers/create');
    expect(new Set(ids.map((one) => one.said('event-id'))).size).toBe(1);
    expect(third.id).not.toBe(first.id);
  });

  it('sign with both secrets while one is replaced', async () => {
    const { secret, path } = await hooks.listen(['customers/create']);
    const { body } = await hooks.call(`POST ${path}/secret`, { overlapHours: 2 });
    expect(body.secret).not.toBe(secret);
    const signers = async (name: string) => {
      await hooks.aCustomer(name);
      await hooks.lab.drain();
      const last = hooks.receiver.got.at(-1);
      const [time = '', ...macs] = (last?.said('signature') ?? '')
        .split(',')
        .map((part) => part.split('=')[1]);
      const known = [secret, body.secret].map((one) => macOf(one, time, last?.body ?? ''));
      return macs.map((mac) => known.indexOf(mac ?? ''));
    };
    expect(await signers('cy')).toEqual([1, 0]);
    await hooks.pass(3);
    expect(await signers('di')).toEqual([1]);
  });

  it('can be tried with a ping, and not while they are paused', async () => {
    const { path } = await hooks.listen(['orders/create']);
    const ping = await hooks.call(`POST ${path}/deliveries`);
    expect([ping.status, ping.body.topic, ping.body.test]).toEqual([201, 'ping', true]);
    await hooks.lab.drain();
    expect(hooks.receiver.got.map((one) => one.said('test'))).toEqual(['true']);
    const log = await hooks.call(`GET ${path}/deliveries/${ping.body.id}`);
    expect(log.body).toMatchObject({ state: 'delivered', lastStatus: 200 });
    expect(log.body.log).toMatchObject([{ attempt: 1, status: 200, responseExcerpt: 'thanks' }]);
    await hooks.call(`PATCH ${path}`, { state: 'paused' });
    const refused = await hooks.call(`POST ${path}/deliveries`);
    expect([refused.status, refused.body.code]).toEqual([409, 'notifications.webhook-paused']);
  });

  it('wait while they are paused, and are sent in order after it', async () => {
    const { path } = await hooks.listen(['customers/create']);
    await hooks.call(`PATCH ${path}`, { state: 'paused' });
    for (const name of ['e1', 'e2', 'e3']) await hooks.aCustomer(name);
    await hooks.lab.drain();
    expect(hooks.receiver.got).toEqual([]);
    expect((await hooks.call(`GET ${path}`)).body).toMatchObject({
      pauseReason: 'staff',
      pending: 3,
    });
    await hooks.call(`PATCH ${path}`, { state: 'active' });
    await hooks.lab.drain();
    expect(hooks.receiver.got.map((one) => one.said('sequence')).toSorted()).toEqual([
      '1',
      '2',
      '3',
    ]);
  });

  it('are sent again, one or a range, with the event ids that they had', async () => {
    const { path } = await hooks.listen(['customers/create']);
    for (const name of ['f1', 'f2', 'f3', 'f4']) await hooks.aCustomer(name);
    await hooks.lab.drain();
    const before = hooks.receiver.got.map((one) => one.said('event-id'));
    const { body: page } = await hooks.call(`GET ${path}/deliveries?limit=3`);
    expect(page.items.map((one: { sequence: number }) => one.sequence)).toEqual([4, 3, 2]);
    const next = await hooks.call(`GET ${path}/deliveries?limit=3&cursor=${page.nextCursor}`);
    expect(next.body.items).toHaveLength(1);
    await hooks.call(`POST ${path}/deliveries/${page.items[0].id}/replay`);
    await hooks.lab.drain();
    expect(hooks.receiver.got.at(-1)?.said('event-id')).toBe(page.items[0].eventId);
    const range = await hooks.call(`POST ${path}/replays`, { fromSequence: 2, toSequence: 3 });
    expect(range.body).toEqual({ replayed: 2 });
    await hooks.lab.drain();
    const again = hooks.receiver.got.slice(5).map((one) => one.said('event-id'));
    expect(again.toSorted()).toEqual(
      page.items
        .slice(1)
        .map((one: { eventId: string }) => one.eventId)
        .toSorted(),
    );
    expect(before).toHaveLength(4);
    const { body: one } = await hooks.call(`GET ${path}/deliveries/${page.items[0].id}`);
    expect([one.replays, one.attempts, one.log.length]).toEqual([1, 2, 2]);
  });

  it('name the field and the reason of an address that cannot be', async () => {
    for (const address of [
      'ftp://example.com/',
      'https://a:b@example.com/',
      'https://x.example/#a',
    ]) {
      const wish = { address, topics: ['orders/create'] };
      const { status, body, text } = await hooks.call('POST /webhooks', wish);
      expect([status, body.code]).toEqual([422, 'notifications.webhook-address']);
      expect(text).toContain('address');
    }
    const unknown = await hooks.call('POST /webhooks', {
      address: 'https://example.com/',
      topics: ['orders/vanish'],
    });
    expect(unknown.status).toBe(422);
  });
});
