import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { getTool } from './tools';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // No name server of the machine is asked: hosts of the tests are here, all others are nowhere.
  '--host-resolver-rules=MAP *.example.test 127.0.0.1, MAP *.localhost 127.0.0.1',
];

/** A shopper's browser with a profile of its own. */
export interface Browser {
  context: BrowserContext;
  /** What pages complained about: errors of scripts and of the console. */
  complaints: string[];
  close(): Promise<void>;
}

/** What a shopper looks through. */
export interface Looks {
  viewport?: { width: number; height: number };
  /** Whether pages may run scripts. */
  scripts?: boolean;
}

/**
 * Opens Chromium with a new profile.
 * @param rootPem a root to trust beside those that Chromium brings; certificate errors are never ignored
 */
export async function openBrowser(
  rootPem: string | null,
  { viewport = { width: 1280, height: 800 }, scripts = true }: Looks = {},
): Promise<Browser> {
  const home = await mkdtemp(join(tmpdir(), 'caravel-browser-'));
  if (rootPem !== null) trust(home, rootPem);
  const context = await chromium.launchPersistentContext(join(home, 'profile'), {
    executablePath: getTool('chromium'),
    args: flags,
    // Chromium reads the roots that a user trusts from $HOME/.pki/nssdb.
    env: { PATH: process.env['PATH'] ?? '', HOME: home, LANG: 'C.UTF-8' },
    viewport,
    javaScriptEnabled: scripts,
  });
  context.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  context.on('weberror', (event) => complaints.push(String(event.error())));
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
  });
  return {
    context,
    complaints,
    close: async () => {
      await context.close();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function trust(home: string, rootPem: string): void {
  const certutil = getTool('certutil');
  const folder = join(home, '.pki/nssdb');
  const file = join(home, 'root.pem');
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, rootPem);
  const database = ['-d', `sql:${folder}`];
  execFileSync(certutil, ['-N', ...database, '--empty-password']);
  execFileSync(certutil, ['-A', ...database, '-n', 'test root', '-t', 'C,,', '-i', file]);
}
