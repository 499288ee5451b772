import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONFIG, type Config } from '@platform/config';
import type { Db } from '@platform/database';
import { Secrets } from '@platform/secrets';
import { Log, Metrics } from '@platform/telemetry';
import { type Lab, openLab } from '@testing';
import type { AcmeClient } from '../../src/acme/acme-client';
import { Authority } from '../../src/certificates/authority.service';
import { CertOrders } from '../../src/certificates/cert-orders.service';
import { OrderFaults } from '../../src/certificates/order-faults.service';
import { OrderSteps } from '../../src/certificates/order-steps.service';
import { StoreCertificate } from '../../src/certificates/store-certificate.service';
import type { HostnameView } from '../../src/contract';
import { DomainsModule } from '../../src/domains.module';
import { Hostnames } from '../../src/hostnames.service';
import { HostnameChecks } from '../../src/machine/hostname-checks.service';
import { HostnameMachine } from '../../src/machine/hostname-machine.service';
import { DomainsRendererModule, HostDirectory } from '../../src/renderer';
import { DomainsWorkerModule } from '../../src/worker';
import { startResponder } from './challenge-responder';
import { DnsRig } from './dns-rig';
import { PebbleRig } from './pebble-rig';

export const EDGE_ADDRESS = '127.0.0.1';

/** A clock that a test sets forward. */
export class TestClock {
  private offsetMs = 0;
  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }
  forward(ms: number): void {
    this.offsetMs += ms;
  }
}

/** The machine with its outside put together by hand, so that a test may stand between any two of its calls. */
export interface Machine {
  lab: Lab;
  clock: TestClock;
  hostnames: Hostnames;
  machine: HostnameMachine;
  authority: Authority;
}

export interface Between {
  db?: (db: Db) => Db;
  client?: (client: AcmeClient) => AcmeClient;
}

/** Puts a machine together on the lab's database. Close its `authority` when done. */
export function aMachine(lab: Lab, between: Between = {}, clock = new TestClock()): Machine {
  const config = lab.get<Config>(CONFIG);
  const secrets = lab.get(Secrets);
  const db = between.db?.(lab.db) ?? lab.db;
  class WatchedAuthority extends Authority {
    override get client(): AcmeClient {
      return between.client?.(super.client) ?? super.client;
    }
  }
  const authority = new WatchedAuthority(config, db, secrets, lab.get(Metrics));
  const storing = new StoreCertificate(db, clock, secrets);
  const steps = new OrderSteps(db, clock, secrets, authority, storing);
  const faults = new OrderFaults(db, clock, authority, Log.open({ name: 'lab', level: 'silent' }));
  const orders = new CertOrders(db, clock, secrets, authority, steps, faults);
  const checks = new HostnameChecks(config, clock, db, authority);
  const machine = new HostnameMachine(db, clock, authority, checks, orders);
  return { lab, clock, authority, machine, hostnames: new Hostnames(config, clock) };
}

export interface Town {
  lab: Lab;
  dns: DnsRig;
  pebble: PebbleRig | null;
  close(): Promise<void>;
}

/** A lab with a resolver, and with an authority whose challenges this slice's renderer face answers. */
export async function openTown({ authority }: { authority: boolean }): Promise<Town> {
  const folder = await mkdtemp(join(tmpdir(), 'caravel-town-'));
  const dns = await DnsRig.start();
  dns.zone('example.test').zone('edge.localhost');
  let directory: HostDirectory | null = null;
  const responder = await startResponder(
    async (host, token) => (await directory?.answerChallenge(host, token)) ?? null,
  );
  const pebble = authority
    ? await PebbleRig.start({
        dnsServer: dns.address,
        httpPort: responder.port,
        nonceReject: 5,
        blocklist: ['blocked.test'],
      })
    : null;
  const env: Record<string, string> = {
    DNS_RESOLVERS: dns.address,
    CARAVEL_EDGE_ADDRESSES: EDGE_ADDRESS,
  };
  if (pebble) {
    const caFile = join(folder, 'ca.pem');
    await writeFile(caFile, pebble.caPem);
    Object.assign(env, { ACME_DIRECTORY_URL: pebble.directoryUrl, ACME_CA_PEM_FILE: caFile });
  }
  const modules = [DomainsModule, DomainsRendererModule, DomainsWorkerModule];
  const lab = await openLab({ modules, env });
  directory = lab.get(HostDirectory);
  return {
    lab,
    dns,
    pebble,
    close: async () => {
      await lab.close();
      await pebble?.stop();
      await responder.stop();
      await dns.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Sets every record that the merchant was told to set; targets lead to loopback. */
export function obey(dns: DnsRig, view: HostnameView): void {
  for (const { type, name, value, required } of view.records) {
    if (!required) continue;
    dns.set(name, { [type]: [value] });
    if (type === 'CNAME') dns.set(value, { A: [EDGE_ADDRESS] });
  }
}

/** Lets the machine work, setting its clock forward over every wait, until `done`; gives the last view. */
export async function workUntil(
  { lab, clock, hostnames, machine }: Machine,
  storeId: string,
  hostnameId: string,
  done: (view: HostnameView) => boolean | Promise<boolean>,
): Promise<HostnameView> {
  let view: HostnameView | null = null;
  for (let turn = 0; turn < 200; turn += 1) {
    await machine.advance(storeId, hostnameId);
    view = await lab.db.read(storeId, (store) => hostnames.getHostname(store, hostnameId));
    if (await done(view)) return view;
    // The authority works in real time, our waits are by the clock.
    clock.forward(1_000);
    await new Promise((resolve) => {
      setTimeout(resolve, 15);
    });
  }
  throw new Error(`it never happened; the hostname stands at ${JSON.stringify(view)}`);
}
