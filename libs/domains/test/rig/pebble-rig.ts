import 'reflect-metadata';
import { spawn, type ChildProcess } from 'node:child_process';
import { KeyObject, webcrypto } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

const PROGRAM = ['/usr/bin/pebble', '/usr/local/bin/pebble'].find((path) => existsSync(path));
const HOW_TO_GET = 'pebble, the test certificate authority, is missing: apt-get install pebble';

/**
 * `describe` where pebble is installed; where it is not, a skipped suite whose name says how to get it.
 * On a build machine (`CI=true`) a missing pebble fails the suite.
 */
export function describeWithPebble(name: string, body: () => void): void {
  if (PROGRAM) describe(name, body);
  else if (process.env['CI'] === 'true') {
    describe(name, () => {
      it('needs pebble', () => {
        throw new Error(HOW_TO_GET);
      });
    });
  } else describe.skip(`${name} (${HOW_TO_GET})`, body);
}

export interface PebbleOptions {
  /** `ip:port` of the resolver that pebble asks. */
  dnsServer: string;
  /** Port on which the answers to HTTP-01 are expected. */
  httpPort: number;
  /** Share of good nonces that are refused, in percent. */
  nonceReject?: number;
  blocklist?: string[];
}

/** A running test authority. */
export class PebbleRig {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    private readonly ports: { acme: number; management: number },
    /** Root that the authority's own HTTPS is signed with: what `CONFIG.acme.caPem` takes. */
    readonly caPem: string,
  ) {}

  get directoryUrl(): string {
    return `https://127.0.0.1:${this.ports.acme}/dir`;
  }

  /** Starts pebble on free ports and waits until it answers. Throws when it is missing or dies at once. */
  static async start(options: PebbleOptions): Promise<PebbleRig> {
    if (!PROGRAM) throw new Error(HOW_TO_GET);
    const folder = await mkdtemp(join(tmpdir(), 'caravel-pebble-'));
    const { certificatePem, keyPem } = await selfSigned();
    const ports = { acme: await freePort(), management: await freePort() };
    await writeFile(join(folder, 'cert.pem'), certificatePem);
    await writeFile(join(folder, 'key.pem'), keyPem);
    const pebble = {
      listenAddress: `127.0.0.1:${ports.acme}`,
      managementListenAddress: `127.0.0.1:${ports.management}`,
      certificate: join(folder, 'cert.pem'),
      privateKey: join(folder, 'key.pem'),
      httpPort: options.httpPort,
      tlsPort: await freePort(),
      ocspResponderURL: '',
      externalAccountBindingRequired: false,
      domainBlocklist: options.blocklist ?? [],
    };
    await writeFile(join(folder, 'config.json'), JSON.stringify({ pebble }));

    const child = spawn(
      PROGRAM,
      ['-config', join(folder, 'config.json'), '-dnsserver', options.dnsServer],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: {
          PEBBLE_VA_NOSLEEP: '1',
          PEBBLE_AUTHZREUSE: '0',
          PEBBLE_WFE_NONCEREJECT: String(options.nonceReject ?? 0),
        },
      },
    );
    const rig = new PebbleRig(child, folder, ports, certificatePem);
    try {
      await rig.ready();
    } catch (error) {
      await rig.stop();
      throw error;
    }
    return rig;
  }

  /** The root under which certificates are issued: what a browser or client of a shop must trust. */
  rootPem(): Promise<string> {
    return fetchText(`https://127.0.0.1:${this.ports.management}/roots/0`, this.caPem);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = new Promise((resolve) => {
        this.child.once('exit', resolve);
      });
      this.child.kill('SIGKILL');
      await gone;
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  private async ready(): Promise<void> {
    let complaint = '';
    this.child.stderr?.on('data', (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    for (let attempt = 0; attempt < 100; attempt += 1) {
      if (this.child.exitCode !== null) throw new Error(`pebble ended: ${complaint}`);
      try {
        await fetchText(this.directoryUrl, this.caPem);
        return;
      } catch {
        await new Promise((resolve) => {
          setTimeout(resolve, 50);
        });
      }
    }
    throw new Error(`pebble does not answer: ${complaint}`);
  }
}

/** Gets over HTTPS with one trusted root. Throws on a status other than 200. */
function fetchText(url: string, ca: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { ca, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        if (incoming.statusCode === 200) resolve(text);
        else reject(new Error(`${url} answered ${incoming.statusCode}`));
      });
      incoming.on('error', reject);
    }).on('error', reject);
  });
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  return port;
}

async function selfSigned(): Promise<{ certificatePem: string; keyPem: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=caravel test authority',
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 86_400_000),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyCertSign, true),
      new SubjectAlternativeNameExtension([
        { type: 'ip', value: '127.0.0.1' },
        { type: 'dns', value: 'localhost' },
      ]),
    ],
  });
  const keyPem = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' });
  return { certificatePem: certificate.toString('pem'), keyPem: String(keyPem) };
}
