import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { brotliCompressSync } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import {
  type Budgets,
  loadArtefact,
  readPage,
  renderParts,
  renderSections,
  type SealedPage,
} from '@template-engine/runtime';
import { readFrames, writeFrame } from '../4-render-theme/frames';
import { mostThemes } from '../4-render-theme/most-themes';
import type { RenderKind } from '../4-render-theme/render-process';
import { bodyHash, brotliFor } from '../page-bytes';

/**
 * A render process: no database, no secrets, no network but this one socket, an empty environment, and a V8 that
 * refuses to make code from text. It loads artefacts by their hash and turns page data into HTML.
 */
const nobody = 65_534;

// Everything is loaded by now; what follows runs as nobody, who could not read the platform's folders.
if (process.getuid?.() === 0) {
  process.setgid?.(nobody);
  process.setuid?.(nobody);
}

const socket = new Socket({ fd: 3 });
type Theme = ReturnType<typeof loadArtefact>;
const themes = new LRUCache<string, Theme>({ max: mostThemes });

function load(hash: string, body: Buffer): void {
  const js = body.toString('utf8');
  if (createHash('sha256').update(js).digest('hex') !== hash) {
    throw new Error('The artefact is not the one that was named.');
  }
  themes.set(hash, loadArtefact(js));
}

/**
 * Says which section comes next, at once and past the event loop: a render that never ends says nothing afterwards.
 * Five characters, so that what was read ends with a whole one.
 */
function trace(index: number): void {
  writeSync(4, `${String(index).padStart(4)}\n`);
}

function render(theme: Theme, op: RenderKind, page: SealedPage, traced: boolean) {
  const onSection = traced ? trace : undefined;
  if (op === 'parts') {
    return renderParts(theme, page, onSection);
  }
  if (op === 'page') {
    const { body, errors, steps } = renderParts(theme, page, onSection);
    return { body, errors, steps };
  }
  const { sections, errors, steps } = renderSections(theme, page, onSection);
  const body = JSON.stringify(Object.fromEntries(sections.map(({ id, html }) => [id, html])));
  return { body: Buffer.from(body), errors, steps };
}

function pack<T extends { body: Buffer }>(made: T): T & { hash: string } {
  const body = brotliCompressSync(made.body, brotliFor(made.body));
  return { ...made, body, hash: bodyHash(made.body) };
}

readFrames(socket, ({ head, body }) => {
  const { id, op, artefact, traced, packed, budgets } = head as {
    id: number;
    op: 'load' | RenderKind;
    artefact: string;
    traced: boolean;
    packed: boolean;
    budgets?: Partial<Budgets>;
  };
  try {
    if (op === 'load') {
      load(artefact, body);
      writeFrame(socket, { id, ok: true }, Buffer.alloc(0));
      return;
    }
    const theme = themes.get(artefact);
    if (!theme) {
      writeFrame(socket, { id, ok: false, unknown: true }, Buffer.alloc(0));
      return;
    }
    const before = process.cpuUsage();
    const made = render(theme, op, readPage(body, budgets), traced);
    const { body: bytes, ...rest } = packed ? pack(made) : made;
    const { user, system } = process.cpuUsage(before);
    writeFrame(socket, { id, ok: true, ...rest, cpu: user + system }, bytes);
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unknown';
    writeFrame(socket, { id, ok: false, message }, Buffer.alloc(0));
  }
});
socket.on('close', () => process.exit(0));
