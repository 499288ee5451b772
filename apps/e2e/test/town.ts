import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DnsRig } from '../../../libs/domains/test/rig/dns-rig';
import { PebbleRig } from '../../../libs/domains/test/rig/pebble-rig';
import { Deployment } from './deployment';

/** What the platform's edge is called and where it is, on this machine. */
const edgeAddress = '127.0.0.1';

/** A record as the API tells merchants to set it. */
export interface WantedRecord {
  type: 'A' | 'CNAME' | 'TXT';
  name: string;
  value: string;
}

/** A deployment with the world around it: name servers and an authority that both live on this machine. */
export interface Town {
  deployment: Deployment;
  dns: DnsRig;
  /** The root that the authority signs under: what a shopper's browser trusts. */
  rootPem: string;
  /** Sets a record as a merchant does at the DNS provider. */
  setRecord(record: WantedRecord): void;
  close(): Promise<void>;
}

/** Opens a town; close it when done. @throws Error when pebble is missing */
export async function openTown(env: Record<string, string> = {}): Promise<Town> {
  const deployment = await Deployment.prepare(env);
  const dns = await DnsRig.start();
  dns.zone('example.test').zone('edge.localhost');
  const pebble = await PebbleRig.start({
    dnsServer: dns.address,
    httpPort: deployment.ports.shop,
    nonceReject: 5,
  });
  const caFile = join(deployment.home, 'authority.pem');
  await writeFile(caFile, pebble.caPem);
  deployment.set({
    ACME_DIRECTORY_URL: pebble.directoryUrl,
    ACME_CA_PEM_FILE: caFile,
    DNS_RESOLVERS: dns.address,
    CARAVEL_EDGE_ADDRESSES: edgeAddress,
    CARAVEL_DOMAINS_TEST_MODE: 'true',
  });
  const close = async (): Promise<void> => {
    try {
      await deployment.close();
    } finally {
      await pebble.stop();
      await dns.stop();
    }
  };
  try {
    await deployment.start();
    return {
      deployment,
      dns,
      rootPem: await pebble.rootPem(),
      setRecord: ({ type, name, value }) => {
        dns.set(name, { [type]: [value] });
        if (type === 'CNAME') dns.set(value, { A: [edgeAddress] });
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
