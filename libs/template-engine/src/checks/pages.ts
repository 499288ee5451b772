import { gzipSync } from 'node:zlib';
import type { CompiledFile } from '../compile/compile-file';
import { GLOBALS } from '../context/globals';
import { spanAt, spanOfOffset } from '../diagnostics/reporter';
import { LIMITS } from '../limits';
import { mayStand } from '../schema/places';
import type { JsonTemplate } from '../model/templates';
import { jsonTree, nodeAt } from './json-tree';
import { fileOf, type ThemeView } from './theme';
import { tests } from './walk';

const KB = 1024;
/** Gzipped bytes of a page (chapter 6), and what pictures before the first scroll may take (looks, 4.1). */
const MOST = { css: 100 * KB, js: 150 * KB, picture: 120 * KB } as const;

/** Checks of whole pages: objects that are null there, weight, the first picture, the way past the header. */
export function checkPages(theme: ThemeView): void {
  for (const [name, template] of theme.templates) {
    checkObjects(theme, name, template);
    checkFirstPicture(theme, template);
  }
  checkWeight(theme);
  checkSkipLinks(theme);
  for (const { unit, settings } of theme.files)
    if (settings.length > LIMITS.settingsPerSchemaWarning)
      theme.reporter.add(
        unit.file,
        spanAt(1, 0),
        'E_TOO_LARGE',
        `${settings.length} settings: merchants lose their way beyond ${LIMITS.settingsPerSchemaWarning}`,
        { severity: 'warning' },
      );
}

function checkObjects(theme: ThemeView, name: string, template: JsonTemplate): void {
  const path = `templates/${name}.json`;
  const text = theme.reporter.textOf(path);
  for (const [id, section] of Object.entries(template.sections)) {
    const file = section && fileOf(theme, 'section', section.type);
    if (!file || (file.schema && !mayStand(file.schema, { template: name }))) continue;
    const parts = theme.snippets.partsOf(file);
    theme.recall.judge(`objects ${name} ${id}`, [text, ...parts], theme.reporter, (own) => {
      const missing = absentObject(parts, name.split(/[./]/)[0]!);
      if (missing === null) return;
      const at = nodeAt(jsonTree(text), ['sections', id, 'type'])?.start ?? 0;
      const message = `${section.type} reads @${missing}, which is null on this page`;
      own.add(path, spanOfOffset(text, at), 'C_NULL_OBJECT', message);
    });
  }
}

/** An object that some files read without asking whether it is there, and that is null on a page; null for none. */
function absentObject(files: readonly CompiledFile[], page: string): string | null {
  const paths = files.flatMap(({ unit }) => [...unit.facts.paths]);
  const read = new Set(paths.map((path) => path.split(/[.[]/, 1)[0]!));
  const absent = [...read].filter(
    (one) => GLOBALS[one]?.pages && !GLOBALS[one].pages.includes(page),
  );
  if (absent.length === 0) return null;
  const asked = new Set(
    files
      .flatMap(({ unit }) => tests(unit.steps))
      .flatMap((expr) =>
        expr.op === 'get' && expr.root.at === 'global' && expr.parts.length === 0
          ? [expr.root.name]
          : [],
      ),
  );
  return absent.find((one) => !asked.has(one)) ?? null;
}

function checkFirstPicture(theme: ThemeView, template: JsonTemplate): void {
  const section = template.sections[template.order[0] ?? ''];
  const file = section ? fileOf(theme, 'section', section.type) : undefined;
  const first = file?.html.pictures[0];
  if (!file || !first || first.snippet !== null) return;
  const { reporter } = theme;
  if (first.lazy && !first.byIndex) {
    const start = reporter.offsetOf(file.unit.file, first.lazy.start);
    const end = reporter.offsetOf(file.unit.file, first.lazy.end);
    const text = reporter.textOf(file.unit.file).slice(start, end);
    const known = /^(?:loading\s*=\s*)?(["'])lazy\1$/i.test(text);
    reporter.add(
      file.unit.file,
      first.lazy,
      'P_LAZY_ABOVE_FOLD',
      'the first picture of the first section waits: load it eagerly',
      { fix: known ? [{ start, end, text: text.replace(/lazy/i, 'eager') }] : null },
    );
  }
  const bytes = first.asset === null ? 0 : sizeOf(theme, first.asset);
  if (bytes > MOST.picture)
    reporter.add(
      file.unit.file,
      first.loc,
      'P_PICTURE_SIZE',
      `the first picture, ${first.asset}, has ${inKb(bytes)}; ${inKb(MOST.picture)} are enough`,
    );
}

function sizeOf(theme: ThemeView, asset: string): number {
  const content = theme.source.assets.get(asset);
  if (content === undefined) return 0;
  return typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength;
}

function inKb(bytes: number): string {
  return `${Math.ceil(bytes / KB)} KB`;
}

interface Load {
  readonly bytes: number;
  readonly page: string;
  readonly parts: readonly (readonly [string, number])[];
}

/** CSS and JavaScript of the heaviest page, gzipped. */
function checkWeight(theme: ThemeView): void {
  const sizes = new Map<string, number>();
  const gzipped = (key: string, content: string | Uint8Array): number => {
    const size =
      sizes.get(key) ??
      theme.recall.keep(`gzip ${key}`, [content], () => gzipSync(content, { level: 6 }).length);
    sizes.set(key, size);
    return size;
  };
  for (const kind of ['css', 'js'] as const) {
    let heaviest: Load = { bytes: 0, page: '', parts: [] };
    for (const [name, template] of theme.templates) {
      const parts = partsOf(theme, template, kind).map(
        ([key, content]) => [key, gzipped(key, content)] as const,
      );
      const bytes = parts.reduce((sum, [, size]) => sum + size, 0);
      if (bytes > heaviest.bytes) heaviest = { bytes, page: name, parts };
    }
    const most = MOST[kind];
    if (heaviest.bytes <= most) continue;
    const [largest] = heaviest.parts.toSorted((a, b) => b[1] - a[1]);
    theme.reporter.file(
      largest![0].split('#')[0]!,
      'P_ASSET_SIZE',
      `templates/${heaviest.page} loads ${inKb(heaviest.bytes)} of ${kind.toUpperCase()}, gzipped; ${inKb(most)} are enough`,
      heaviest.bytes > 2 * most ? { severity: 'error' } : {},
    );
  }
}

/** Contents that a page loads, by the file they stand in. */
function partsOf(
  theme: ThemeView,
  template: JsonTemplate,
  kind: 'css' | 'js',
): [string, string | Uint8Array][] {
  const found = new Map<string, string | Uint8Array>();
  for (const file of filesOf(theme, template)) {
    const own = kind === 'css' ? file.styles : file.script;
    if (own !== '') found.set(`${file.unit.file}#${kind}`, own);
    for (const name of file.unit.facts.assets) {
      const content = theme.source.assets.get(name);
      if (name.endsWith(`.${kind}`) && content !== undefined) found.set(`assets/${name}`, content);
    }
  }
  return [...found];
}

function filesOf(theme: ThemeView, template: JsonTemplate): Set<CompiledFile> {
  const files = new Set<CompiledFile>();
  const add = (role: 'layout' | 'section' | 'block', name: string) => {
    const file = fileOf(theme, role, name);
    if (!file || files.has(file)) return;
    files.add(file);
    for (const part of theme.snippets.partsOf(file)) files.add(part);
    for (const block of file.unit.facts.staticBlocks) add('block', block.type);
  };
  const sections = (one: JsonTemplate) => {
    for (const section of Object.values(one.sections)) {
      if (!section) continue;
      add('section', section.type);
      for (const block of Object.values(section.blocks ?? {})) if (block) add('block', block.type);
    }
  };
  sections(template);
  const layout = template.layout ?? 'theme';
  if (layout === false) return files;
  add('layout', layout);
  for (const hole of fileOf(theme, 'layout', layout)?.unit.facts.holes ?? []) {
    const group = hole.name.startsWith('group:') && theme.groups.get(hole.name.slice(6));
    if (group) sections(group);
  }
  return files;
}

/** The first link of a layout leads to an id of the layout, also through a snippet. */
function checkSkipLinks(theme: ThemeView): void {
  for (const { unit, html } of theme.files) {
    if (unit.role !== 'layout') continue;
    const early = html.earlySnippets.flatMap((name) => fileOf(theme, 'snippet', name)?.html ?? []);
    const ids = new Set([html, ...early].flatMap((one) => [...one.ids]));
    const targets = [html, ...early].flatMap((one) => one.skipTargets);
    if (targets.some((target) => ids.has(target))) continue;
    const hole = unit.facts.holes.find((one) => one.name !== 'content_for_head');
    theme.reporter.add(
      unit.file,
      hole?.loc ?? spanAt(1, 0),
      'A_SKIP_LINK',
      'before the header stands no link to an id of this layout, such as <a href="#main">',
    );
  }
}
