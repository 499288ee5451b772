import { newId } from '@libs/kernel';
import { Client } from 'pg';
import { HostDirectory } from '../src/renderer';
import { SweepHostnames } from '../src/worker/sweep-hostnames.job';
import { DAY } from '../src/machine/timing';
import { aMachine, obey, openTown, workUntil, type Machine, type Town } from './rig/machine-lab';

jest.setTimeout(60_000);

describe('whose a hostname is', () => {
  let town: Town;
  let owner: Client;
  let one: Machine;

  beforeAll(async () => {
    town = await openTown({ authority: false });
    owner = new Client({ connectionString: town.lab.ownerUrl });
    await owner.connect();
  });
  beforeEach(() => {
    one = aMachine(town.lab);
  });
  afterEach(() => one.authority.onModuleDestroy());
  afterAll(async () => {
    await owner.end();
    await town.close();
  });

  const connect = (storeId: string, host: string) =>
    town.lab.db.write(storeId, (store) => one.hostnames.connectHostname(store, host));
  const look = (storeId: string, id: string) =>
    town.lab.db.read(storeId, (store) => one.hostnames.getHostname(store, id));
  const check = async (storeId: string, id: string) => {
    one.clock.forward(11_000);
    await town.lab.db.write(storeId, (store) => one.hostnames.requestCheck(store, id));
    await one.machine.advance(storeId, id);
    return look(storeId, id);
  };
  const remove = async (storeId: string, id: string) => {
    await town.lab.db.write(storeId, (store) => one.hostnames.disconnectHostname(store, id));
    await one.machine.advance(storeId, id);
  };
  const proveByTxt = (host: string, ...tokens: string[]) =>
    town.dns.set(`_shopverify.${host}`, { TXT: tokens });
  const tokenOf = (view: { records: { type: string; value: string }[] }) =>
    view.records.find(({ type }) => type === 'TXT')?.value ?? '';

  it('a squatter who came first does not keep the owner out', async () => {
    const [squatter, merchant] = [await town.lab.aStore(), await town.lab.aStore()];
    const claim = await connect(squatter, 'squat.example.test');
    const mine = await connect(merchant, 'squat.example.test');
    obey(town.dns, mine);
    // The CNAME alone is not enough while somebody else claims the name.
    const contested = await check(merchant, mine.id);
    expect(contested).toMatchObject({ state: 'awaiting_dns', routing: { status: 'ok' } });
    expect(contested.records).toContainEqual(
      expect.objectContaining({ type: 'TXT', required: true }),
    );
    proveByTxt('squat.example.test', tokenOf(mine));
    expect(await check(merchant, mine.id)).toMatchObject({ state: 'verified' });
    expect(await check(squatter, claim.id)).toMatchObject({ state: 'awaiting_dns' });
  });

  it('a record that a former holder left behind gives nobody the name', async () => {
    const [former, next] = [await town.lab.aStore(), await town.lab.aStore()];
    const old = await connect(former, 'left.example.test');
    obey(town.dns, old);
    expect(await check(former, old.id)).toMatchObject({ state: 'verified' });
    await remove(former, old.id);

    const claim = await connect(next, 'left.example.test');
    expect(await check(next, claim.id)).toMatchObject({
      state: 'awaiting_dns',
      findings: expect.arrayContaining([expect.objectContaining({ code: 'OTHER_STORE_TARGET' })]),
    });
    obey(town.dns, claim);
    expect(await check(next, claim.id)).toMatchObject({ state: 'awaiting_dns' });
    proveByTxt('left.example.test', tokenOf(claim));
    expect(await check(next, claim.id)).toMatchObject({ state: 'verified' });
    await expect(town.lab.get(HostDirectory).lookup('left.example.test')).resolves.toMatchObject({
      storeId: next,
      serves: 'http',
    });
  });

  it('an address of ours proves nothing', async () => {
    const storeId = await town.lab.aStore();
    const claim = await connect(storeId, 'address.example.test');
    town.dns.set('address.example.test', { A: ['127.0.0.1'] });
    expect(await check(storeId, claim.id)).toMatchObject({
      state: 'awaiting_dns',
      routing: { status: 'ok' },
      ownership: { status: 'pending' },
    });
    expect(await town.lab.get(HostDirectory).lookup('address.example.test')).toBeNull();
  });

  it('twenty stores that prove at once: one holds, nineteen are told so', async () => {
    const host = 'rush.example.test';
    const claims = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const storeId = await town.lab.aStore();
        return { storeId, view: await connect(storeId, host) };
      }),
    );
    proveByTxt(host, ...claims.map(({ view }) => tokenOf(view)));
    await Promise.all(claims.map(({ storeId, view }) => one.machine.advance(storeId, view.id)));
    const states = await Promise.all(
      claims.map(async ({ storeId, view }) => (await look(storeId, view.id)).state),
    );
    expect(states.sort()).toEqual([...Array<string>(19).fill('conflict'), 'verified'].sort());
  });

  it('a rival takes over when the holder lets go', async () => {
    const [holder, rival] = [await town.lab.aStore(), await town.lab.aStore()];
    const host = 'handover.example.test';
    const [held, waiting] = [await connect(holder, host), await connect(rival, host)];
    proveByTxt(host, tokenOf(held), tokenOf(waiting));
    expect(await check(holder, held.id)).toMatchObject({ state: 'verified' });
    expect(await check(rival, waiting.id)).toMatchObject({
      state: 'conflict',
      ownership: { status: 'conflict' },
    });
    await remove(holder, held.id);
    expect(await check(rival, waiting.id)).toMatchObject({ state: 'verified' });
  });

  it('what cannot be asked changes nothing', async () => {
    const storeId = await town.lab.aStore();
    const claim = await connect(storeId, 'silent.example.test');
    obey(town.dns, claim);
    expect(await check(storeId, claim.id)).toMatchObject({ state: 'verified' });
    town.dns.fail('silent.example.test', 'servfail');
    expect(await check(storeId, claim.id)).toMatchObject({
      state: 'verified',
      routing: { status: 'ok' },
      ownership: { status: 'verified', method: 'cname' },
      findings: [{ code: 'SERVFAIL', blocking: false }],
    });
  });

  it('while it goes, a hostname answers for nobody else; its history stays', async () => {
    const storeId = await town.lab.aStore();
    const claim = await connect(storeId, 'going.example.test');
    obey(town.dns, claim);
    await check(storeId, claim.id);
    await town.lab.db.write(storeId, (s) => one.hostnames.disconnectHostname(s, claim.id));
    const directory = town.lab.get(HostDirectory);
    expect(await directory.lookup('going.example.test')).toMatchObject({
      serves: 'gone',
      redirectTo: null,
    });
    await one.machine.advance(storeId, claim.id);
    expect(await directory.lookup('going.example.test')).toBeNull();
    const { rows } = await owner.query(
      `SELECT held_until IS NOT NULL AS closed FROM host_history WHERE host_ascii = 'going.example.test'`,
    );
    expect(rows).toEqual([{ closed: true }]);
    await expect(
      town.lab.db.write(storeId, (store) => store.execute('DELETE FROM host_history')),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('a claim that nobody proves lapses after thirty days and comes back when asked', async () => {
    const storeId = await town.lab.aStore();
    const claim = await connect(storeId, 'lapse.example.test');
    one.clock.forward(31 * DAY);
    await workUntil(one, storeId, claim.id, ({ state }) => state === 'expired');
    expect((await look(storeId, claim.id)).nextCheckAt).toBeNull();
    expect(await check(storeId, claim.id)).toMatchObject({ state: 'awaiting_dns' });
  });

  it('the sweeper wakes what is due, once, and a lost job does no harm', async () => {
    const storeId = await town.lab.aStore();
    const claim = await connect(storeId, 'swept.example.test');
    obey(town.dns, claim);
    await owner.query(`DELETE FROM jobs WHERE name = 'domains.advance-hostname'`);
    await owner.query('UPDATE hostnames SET next_at = NULL WHERE id <> $1', [claim.id]);

    const sweeper = town.lab.get(SweepHostnames);
    await Promise.all([sweeper.tick(), sweeper.tick(), sweeper.tick()]);
    const { rows } = await owner.query(
      `SELECT store_id, payload FROM jobs WHERE name = 'domains.advance-hostname'`,
    );
    expect(rows).toEqual([{ store_id: storeId, payload: { hostnameId: claim.id } }]);
    await town.lab.drain();
    expect(await look(storeId, claim.id)).toMatchObject({ state: 'verified' });
  });

  it('a challenge is answered for its own host only', async () => {
    const expires = new Date(Date.now() + DAY);
    await owner.query(
      `INSERT INTO acme_challenges VALUES ('tok-1', 'a.example.test', 'tok-1.print', $1, $2)`,
      [newId(), expires],
    );
    const directory = town.lab.get(HostDirectory);
    expect(await directory.answerChallenge('a.example.test', 'tok-1')).toBe('tok-1.print');
    expect(await directory.answerChallenge('b.example.test', 'tok-1')).toBeNull();
    expect(await directory.answerChallenge('a.example.test', 'tok-2')).toBeNull();
    expect(await directory.answerChallenge('a.example.test', "tok-1' OR true --")).toBeNull();
  });
});
