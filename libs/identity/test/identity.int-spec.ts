import { IdentityApiModule } from '@api/identity';
import { StoresApiModule } from '@api/stores';
import { type ApiLab, openApiLab } from '@testing';
import { Client } from 'pg';
import { Accounts } from '../src';

describe('accounts', () => {
  let lab: ApiLab;

  beforeAll(async () => {
    lab = await openApiLab([IdentityApiModule, StoresApiModule]);
  });
  afterAll(() => lab.close());

  const password = 'a long enough password';

  it('signs in and out', async () => {
    const { email } = await lab.aMerchant();
    const { status, body } = await lab.call('POST /sign-in', { body: { email, password } });
    expect(status).toBe(200);
    expect(body.user).toMatchObject({ email, name: 'Merchant' });
    const { token } = body;
    expect((await lab.call('GET /me', { token })).body.user.email).toBe(email);
    expect((await lab.call('POST /sign-out', { token })).status).toBe(204);
    const after = await lab.call('GET /me', { token });
    expect(after.status).toBe(401);
    expect(after.body).toMatchObject({ code: 'http.unauthenticated', status: 401 });
    expect(after.headers['content-type']).toContain('application/problem+json');
  });

  it('answers a wrong password and an unknown address alike', async () => {
    const { email } = await lab.aMerchant();
    const wrong = await lab.call('POST /sign-in', { body: { email, password: 'wrong password' } });
    const unknown = await lab.call('POST /sign-in', {
      body: { email: 'nobody@example.test', password },
    });
    expect(wrong.status).toBe(401);
    expect({ ...wrong.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
  });

  it('takes addresses in any case, once', async () => {
    const { email } = await lab.aMerchant();
    const body = { email: email.toUpperCase(), password };
    expect((await lab.call('POST /sign-in', { body })).status).toBe(200);
    const again = await lab.call('POST /sign-up', {
      body: {
        email: email.toUpperCase(),
        password,
        name: 'X',
        store: { name: 'X', currency: 'EUR', country: 'DE', locale: 'en' },
      },
    });
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({
      code: 'identity.email-taken',
      errors: [{ field: 'email' }],
    });
  });

  it.each(['short', 'password123', 'PASSWORD123'])('refuses the password %s', async (weak) => {
    const store = { name: 'X', currency: 'EUR', country: 'DE', locale: 'en' };
    const { status, body } = await lab.call('POST /sign-up', {
      body: { email: 'weak@example.test', password: weak, name: 'X', store },
    });
    expect(status).toBe(422);
    expect(body.code).toBe('identity.weak-password');
  });

  it('stores neither passwords nor tokens', async () => {
    const { token, email } = await lab.aMerchant();
    const owner = new Client({ connectionString: lab.ownerUrl });
    await owner.connect();
    const { rows } = await owner.query(
      `SELECT (SELECT jsonb_agg(u) FROM users u WHERE email = $1)::text
        || (SELECT jsonb_agg(s) FROM sessions s)::text AS everything`,
      [email],
    );
    await owner.end();
    expect(rows[0].everything).toMatch(/\$argon2id\$v=19\$m=19456,(t=2,p=1|p=1,t=2)\$/);
    expect(rows[0].everything).not.toContain(token);
    expect(rows[0].everything).not.toContain(password);
  });

  it('resets a password once, within the hour, and ends all sessions', async () => {
    const { token, email } = await lab.aMerchant();
    expect((await lab.call('POST /password-resets', { body: { email } })).status).toBe(202);
    const accounts = lab.app.get(Accounts, { strict: false });
    const reset = await lab.db.outsideStores(async (tx) => {
      const user = await accounts.findByEmail(tx, email);
      return accounts.issueResetToken(tx, user?.id ?? '');
    });
    const body = { token: reset, password: 'another long password' };
    expect((await lab.call('POST /password-resets/confirm', { body })).status).toBe(204);
    expect((await lab.call('GET /me', { token })).status).toBe(401);
    const again = await lab.call('POST /password-resets/confirm', { body });
    expect(again.body.code).toBe('identity.reset-expired');
    const signIn = await lab.call('POST /sign-in', {
      body: { email, password: 'another long password' },
    });
    expect(signIn.status).toBe(200);
  });

  it('asks for a reset of an unknown address in the same words', async () => {
    const { status } = await lab.call('POST /password-resets', {
      body: { email: 'nobody@example.test' },
    });
    expect(status).toBe(202);
  });

  it('gives tokens scopes and a last use, and keeps them from growing', async () => {
    const { token, storeId } = await lab.aMerchant();
    const made = await lab.call('POST /account/api-tokens', {
      token,
      body: { name: 'import script', scopes: ['store.view'] },
    });
    expect(made.status).toBe(201);
    const secret: string = made.body.secret;
    expect(secret).toMatch(/^cvt_/);
    expect((await lab.call(`GET /stores/${storeId}`, { token: secret })).status).toBe(200);
    const beyond = await lab.call(`PATCH /stores/${storeId}`, {
      token: secret,
      body: { name: 'Stolen' },
    });
    expect(beyond.status).toBe(403);
    expect((await lab.call('GET /account/api-tokens', { token: secret })).status).toBe(403);
    const list = await lab.call('GET /account/api-tokens', { token });
    expect(list.body.items[0]).toMatchObject({ name: 'import script', hint: secret.slice(-4) });
    expect(list.body.items[0].lastUsedAt).not.toBeNull();
    expect(list.text).not.toContain(secret);
    const gone = await lab.call(`DELETE /account/api-tokens/${made.body.id}`, { token });
    expect(gone.status).toBe(204);
    expect((await lab.call(`GET /stores/${storeId}`, { token: secret })).status).toBe(401);
  });
});

describe('doors under attack', () => {
  let lab: ApiLab;

  beforeAll(async () => {
    lab = await openApiLab([IdentityApiModule, StoresApiModule], { CARAVEL_RATE_LIMITS: 'true' });
  });
  afterAll(() => lab.close());

  it('refuses the eleventh try to sign in, and says when to come back', async () => {
    const body = { email: 'guess@example.test', password: 'guess guess guess' };
    const answers = [];
    for (let i = 0; i < 11; i += 1) answers.push(await lab.call('POST /sign-in', { body }));
    expect(answers.slice(0, 10).map(({ status }) => status)).toEqual(Array(10).fill(401));
    const last = answers[10];
    expect(last?.status).toBe(429);
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
  });
});
