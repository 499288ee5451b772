import { createHash } from 'node:crypto';
import { Socket } from 'node:net';
import { loadArtefact, renderPage, renderSections } from '@template-engine/runtime';
import type { PageInput } from '@libs/template-engine';
import { readFrames, writeFrame } from '../4-render-theme/frames';
import type { RenderKind } from '../4-render-theme/render-process';

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
const themes = new Map<string, Theme>();

/** Themes that are not asked for any more make room; a store's active one takes well under a megabyte. */
const mostThemes = 200;

function load(hash: string, body: Buffer): void {
  const js = body.toString('utf8');
  if (createHash('sha256').update(js).digest('hex') !== hash) {
    throw new Error('The artefact is not the one that was named.');
  }
  if (themes.size >= mostThemes) themes.delete(themes.keys().next().value as string);
  themes.set(hash, loadArtefact(js));
}

function render(theme: Theme, op: RenderKind, page: PageInput) {
  if (op === 'page') {
    const { html, errors, steps } = renderPage(theme, page);
    return { body: html, errors, steps };
  }
  const { sections, errors, steps } = renderSections(theme, page);
  const body = JSON.stringify(Object.fromEntries(sections.map(({ id, html }) => [id, html])));
  return { body, errors, steps };
}

readFrames(socket, ({ head, body }) => {
  const { id, op, artefact } = head as { id: number; op: 'load' | RenderKind; artefact: string };
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
    themes.delete(artefact);
    themes.set(artefact, theme);
    const made = render(theme, op, JSON.parse(body.toString('utf8')) as PageInput);
    const { errors, steps } = made;
    writeFrame(socket, { id, ok: true, errors, steps }, Buffer.from(made.body));
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unknown';
    writeFrame(socket, { id, ok: false, message }, Buffer.alloc(0));
  }
});
socket.on('close', () => process.exit(0));
