import { IdentityApiModule } from '@api/identity';
import { StoresApiModule } from '@api/stores';
import { Members } from '@libs/stores';
import { type ApiLab, type Merchant, openApiLab } from '@testing';

describe('stores', () => {
  let lab: ApiLab;
  let anna: Merchant;
  let bert: Merchant;

  beforeAll(async () => {
    lab = await openApiLab([IdentityApiModule, StoresApiModule]);
    anna = await lab.aMerchant();
    bert = await lab.aMerchant();
  });
  afterAll(() => lab.close());

  const signUp = (store: Record<string, unknown>, email: string) =>
    lab.call('POST /sign-up', {
      body: {
        email,
        password: 'a long enough password',
        name: 'Someone',
        store: { name: 'Someone’s', currency: 'EUR', country: 'DE', locale: 'en', ...store },
      },
    });

  it('signs up: token, organization and store in one step', async () => {
    const { status, body } = await signUp(
      { name: 'Kiln & Field', handle: 'kiln', locale: 'zh-cn' },
      'kiln@example.test',
    );
    expect(status).toBe(201);
    expect(body.store).toMatchObject({ handle: 'kiln', currency: 'EUR', locale: 'zh-CN' });
    const list = await lab.call('GET /stores', { token: body.token });
    expect(list.body.items).toHaveLength(1);
    expect(list.body.items[0].permissions).toContain('products.edit');
  });

  it.each([
    [{ handle: 'kiln' }, 409, 'stores.handle-taken'],
    [{ handle: 'admin' }, 422, 'stores.handle-reserved'],
    [{ handle: '-a-' }, 422, 'stores.bad-handle'],
    [{ currency: 'XXZ' }, 422, 'currency.unknown'],
    [{ country: 'XX' }, 422, 'stores.unknown-country'],
    [{ locale: 'klingon!' }, 422, 'stores.unknown-locale'],
    [{ name: '' }, 422, 'http.invalid-input'],
  ])('refuses %j and leaves nothing behind', async (store, status, code) => {
    const answer = await signUp(store, 'refused@example.test');
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.errors[0].field).toMatch(/handle|currency|country|locale|store\.name/);
    const signIn = await lab.call('POST /sign-in', {
      body: { email: 'refused@example.test', password: 'a long enough password' },
    });
    expect(signIn.status).toBe(401);
  });

  it('proposes a handle for a name in any script', async () => {
    const chinese = await signUp({ name: '窑与田' }, 'cn@example.test');
    expect(chinese.body.store.handle).toMatch(/^store-[0-9a-f]{6}$/);
    const twin = await signUp({ name: 'Kiln' }, 'twin@example.test');
    expect(twin.body.store.handle).toBe('kiln-2');
  });

  it('answers another’s store like one that does not exist', async () => {
    const foreign = await lab.call(`GET /stores/${bert.storeId}`, { token: anna.token });
    const absent = await lab.call('GET /stores/0198aaaa-0000-7000-8000-000000000000', {
      token: anna.token,
    });
    const garbage = await lab.call('GET /stores/not-an-id', { token: anna.token });
    for (const answer of [foreign, absent, garbage]) {
      expect([answer.status, answer.body.code]).toEqual([404, 'stores.store-not-found']);
    }
    const org = await lab.call(`GET /organizations/${bert.organizationId}/members`, {
      token: anna.token,
    });
    expect(org.status).toBe(404);
  });

  it('locks optimistically, by header and by body', async () => {
    const path = `/stores/${anna.storeId}`;
    const { token } = anna;
    const first = await lab.call(`GET ${path}`, { token });
    expect(first.headers.etag).toBe('"v1"');
    const changed = await lab.call(`PATCH ${path}`, {
      token,
      body: { name: 'Anna’s', version: 1 },
      headers: { 'if-match': '"v1"' },
    });
    expect([changed.status, changed.body.version]).toEqual([200, 2]);
    const late = await lab.call(`PATCH ${path}`, { token, body: { name: 'Late', version: 1 } });
    expect([late.status, late.body.code]).toEqual([409, 'http.version-conflict']);
    const stale = await lab.call(`PATCH ${path}`, {
      token,
      body: { name: 'Late' },
      headers: { 'if-match': '"v1"' },
    });
    expect(stale.status).toBe(412);
  });

  it('writes who changed what into the audit log', async () => {
    const { body } = await lab.call(`GET /stores/${anna.storeId}/audit-log`, { token: anna.token });
    expect(body.items[0]).toMatchObject({
      action: 'store.updated',
      actor: { kind: 'user', label: anna.email },
      before: { name: expect.any(String) },
      after: { name: 'Anna’s' },
    });
  });

  it('replays an answer for the same Idempotency-Key and refuses another body', async () => {
    const headers = { 'idempotency-key': 'second-store' };
    const body = {
      organizationId: anna.organizationId,
      name: 'Second',
      currency: 'EUR',
      country: 'DE',
      locale: 'en',
    };
    const { token } = anna;
    const first = await lab.call('POST /stores', { token, body, headers });
    expect(first.status).toBe(201);
    const again = await lab.call('POST /stores', { token, body, headers });
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    const other = await lab.call('POST /stores', {
      token,
      body: { ...body, name: 'Third' },
      headers,
    });
    expect([other.status, other.body.code]).toEqual([422, 'http.idempotency-key-reused']);
    const list = await lab.call('GET /stores', { token });
    expect(list.body.items).toHaveLength(2);
  });

  it('pages its lists and refuses a foreign cursor', async () => {
    const { token } = anna;
    const first = await lab.call('GET /stores?limit=1', { token });
    expect(first.body.items).toHaveLength(1);
    const second = await lab.call(`GET /stores?limit=1&cursor=${first.body.nextCursor}`, { token });
    expect(second.body.items[0].id).not.toBe(first.body.items[0].id);
    expect(second.body.nextCursor).toBeNull();
    expect((await lab.call('GET /stores?cursor=nonsense', { token })).status).toBe(400);
  });

  it('invites, joins and limits a member to one store', async () => {
    const { token, organizationId } = anna;
    const roles = await lab.call(`GET /organizations/${organizationId}/roles`, { token });
    const role = roles.body.items.find(({ name }: { name: string }) => name === 'Analyst');
    const invited = await lab.call(`POST /organizations/${organizationId}/invitations`, {
      token,
      body: { email: bert.email, roleId: role.id, storeIds: [anna.storeId] },
    });
    expect(invited.status).toBe(201);
    const members = lab.app.get(Members, { strict: false });
    const mail = await lab.db.outsideStores((tx) =>
      members.issueInvitation(tx, organizationId, invited.body.id),
    );
    const accept = { token: bert.token, body: { token: mail?.token } };
    expect((await lab.call('POST /invitations/accept', accept)).status).toBe(200);
    expect((await lab.call('POST /invitations/accept', accept)).status).toBe(422);
    expect((await lab.call(`GET /stores/${anna.storeId}`, { token: bert.token })).status).toBe(200);
    const change = await lab.call(`PATCH /stores/${anna.storeId}`, {
      token: bert.token,
      body: { name: 'Bert’s' },
    });
    expect([change.status, change.body.code]).toEqual([403, 'http.forbidden']);
    const mine = await lab.call('GET /stores', { token: bert.token });
    expect(mine.body.items).toHaveLength(2);
  });

  it('lets a manager change nobody who may do more, and a limited member nobody who may enter more', async () => {
    const { token, organizationId } = anna;
    const people = `/organizations/${organizationId}/members`;
    const roles = await lab.call(`GET /organizations/${organizationId}/roles`, { token });
    const named = (wanted: string): string =>
      roles.body.items.find(({ name }: { name: string }) => name === wanted).id;
    const list = await lab.call(`GET ${people}`, { token });
    const idOf = (email: string): string =>
      list.body.items.find((member: { email: string }) => member.email === email).userId;
    const manager = { roleId: named('Manager'), storeIds: null as string[] | null };
    await lab.call(`PATCH ${people}/${idOf(bert.email)}`, { token, body: manager });
    const coup = await lab.call(`DELETE ${people}/${idOf(anna.email)}`, { token: bert.token });
    expect([coup.status, coup.body.code]).toEqual([403, 'stores.beyond-own-rights']);
    const carl = await lab.aMerchant();
    await lab.db.outsideStores((tx) =>
      tx.execute(
        `INSERT INTO members (organization_id, user_id, role_id)
         SELECT $1, user_id, $3 FROM users WHERE email = $2`,
        [organizationId, carl.email, named('Analyst')],
      ),
    );
    const limited = { ...manager, storeIds: [anna.storeId] };
    await lab.call(`PATCH ${people}/${idOf(bert.email)}`, { token, body: limited });
    const after = await lab.call(`GET ${people}`, { token });
    const carlId = after.body.items.find(
      (member: { email: string }) => member.email === carl.email,
    ).userId;
    const reach = await lab.call(`DELETE ${people}/${carlId}`, { token: bert.token });
    expect([reach.status, reach.body.code]).toEqual([422, 'stores.foreign-store']);
    expect((await lab.call(`DELETE ${people}/${carlId}`, { token })).status).toBe(204);
  });

  it('keeps an owner', async () => {
    const { token, organizationId } = anna;
    const { body } = await lab.call(`GET /organizations/${organizationId}/members`, { token });
    const owner = body.items.find(({ role }: { role: string }) => role === 'Owner');
    const removal = await lab.call(
      `DELETE /organizations/${organizationId}/members/${owner.userId}`,
      {
        token,
      },
    );
    expect([removal.status, removal.body.code]).toEqual([409, 'stores.last-owner']);
  });

  it('lets nobody give away more than they have', async () => {
    const { token, organizationId } = anna;
    const unknown = await lab.call(`POST /organizations/${organizationId}/roles`, {
      token,
      body: { name: 'Magician', permissions: ['magic.cast'] },
    });
    expect(unknown.body.code).toBe('stores.unknown-permission');
  });

  it('shows a store its failed jobs, and no other’s', async () => {
    const jobId = '0198aaaa-0000-7000-8000-00000000dead';
    await lab.db.acrossStores('leave a dead letter in a test', (tx) =>
      tx.execute(
        `INSERT INTO jobs (job_id, store_id, name, version, queue, payload, state, attempts, max_attempts, last_error)
         VALUES ($1, $2, 'test.fail', 1, 'steady', '{}', 'dead', 10, 10, 'it never worked')`,
        [jobId, anna.storeId],
      ),
    );
    const path = `/stores/${anna.storeId}/dead-letters`;
    const list = await lab.call(`GET ${path}`, { token: anna.token });
    expect(list.body.items).toMatchObject([{ id: jobId, error: 'it never worked' }]);
    const foreign = `/stores/${bert.storeId}/dead-letters`;
    expect((await lab.call(`GET ${foreign}`, { token: bert.token })).body.items).toEqual([]);
    const theft = await lab.call(`POST ${foreign}/${jobId}/retry`, { token: bert.token });
    expect([theft.status, theft.body.code]).toEqual([404, 'stores.dead-letter-not-found']);
    const retried = await lab.call(`POST ${path}/${jobId}/retry`, { token: anna.token });
    expect(retried.status).toBe(202);
    expect((await lab.call(`GET ${path}`, { token: anna.token })).body.items).toEqual([]);
  });

  it('answers unknown addresses and broken JSON as problems', async () => {
    const nowhere = await lab.call('GET /nowhere', { token: anna.token });
    expect([nowhere.status, nowhere.body.code]).toEqual([404, 'http.not-found']);
    const broken = await lab.call('POST /sign-in', {
      body: '{"email":' as unknown as object,
      headers: { 'content-type': 'application/json' },
    });
    expect([broken.status, broken.body.code]).toEqual([400, 'http.bad-request']);
    const explained = await lab.call('GET !/api/problems/stores.last-owner');
    expect(explained.body.text).toContain('at least one owner');
  });

  it('describes itself in OpenAPI 3.1 and reports its health', async () => {
    const { body } = await lab.call('GET !/api/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths)).toContain('/api/v1/stores/{storeId}');
    expect(body.components.schemas.SignUpInput.required).toEqual(
      expect.arrayContaining(['email', 'password', 'name', 'store']),
    );
    expect((await lab.call('GET !/health/live')).body).toEqual({ status: 'ok' });
    expect((await lab.call('GET !/health/ready')).status).toBe(200);
    expect((await lab.call('GET !/metrics')).text).toContain('caravel_http_request_seconds');
  });
});
