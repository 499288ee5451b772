import { type CssNode, generate, parse, type Rule, walk } from 'css-tree';
import { type Reporter, type Span, spanOfOffset } from '../diagnostics/reporter';
import type { ThemeView } from './theme';

/** One style sheet of a theme: an asset, or the `{{#styles}}` of a file. */
interface Sheet {
  readonly file: string;
  readonly text: string;
  /** Where the text begins in the file. */
  readonly offset: number;
}

const MOST_FONTS = 4;

type CssCode = 'E_CSS' | 'A_FOCUS_OUTLINE' | 'P_FONT_COUNT' | 'P_REMOTE_ASSET';

/** What one sheet says by itself, places counted from its beginning. */
interface Reading {
  readonly problems: { readonly at: number; readonly code: CssCode; readonly message: string }[];
  /** Font faces that are downloads. */
  readonly faces: { readonly face: string; readonly at: number }[];
}

/** Checks every style sheet: syntax, visible focus, files of other sites, and the number of font faces. */
export function checkCss(theme: ThemeView): void {
  const faces = new Map<string, { sheet: Sheet; at: number }>();
  for (const sheet of sheets(theme)) {
    const reading = theme.recall.keep(`css ${sheet.file}`, [sheet.text], () => readingOf(sheet));
    for (const { at, code, message } of reading.problems)
      report(theme.reporter, sheet, at, code, message);
    for (const { face, at } of reading.faces) if (!faces.has(face)) faces.set(face, { sheet, at });
  }
  const fonts = theme.settings.settings.filter((setting) => setting.type === 'font').length;
  const over = [...faces.values()][Math.max(0, MOST_FONTS - fonts)];
  if (faces.size + fonts > MOST_FONTS) {
    const message = `${faces.size + fonts} font faces; ${MOST_FONTS} are enough`;
    if (over) report(theme.reporter, over.sheet, over.at, 'P_FONT_COUNT', message);
    else theme.reporter.file('config/settings_schema.json', 'P_FONT_COUNT', message);
  }
}

function readingOf(sheet: Sheet): Reading {
  const reading: Reading = { problems: [], faces: [] };
  const tree = read(sheet, reading);
  checkFocus(tree, reading);
  checkRemote(tree, reading);
  walk(tree, (node) => {
    if (node.type !== 'Atrule' || node.name !== 'font-face') return;
    const face = faceOf(node);
    if (face !== null) reading.faces.push({ face, at: startOf(node) });
  });
  return reading;
}

function sheets({ source, files }: ThemeView): Sheet[] {
  const assets = [...source.assets].flatMap(([name, content]) =>
    name.endsWith('.css') ? [{ file: `assets/${name}`, text: textOf(content), offset: 0 }] : [],
  );
  const parts = files.flatMap(({ unit, styles, stylesAt }) =>
    styles === '' ? [] : [{ file: unit.file, text: styles, offset: stylesAt }],
  );
  return [...assets, ...parts];
}

function textOf(content: string | Uint8Array): string {
  return typeof content === 'string' ? content : Buffer.from(content).toString('utf8');
}

function report(
  reporter: Reporter,
  sheet: Sheet,
  at: number,
  ...[code, message]: [CssCode, string]
): void {
  reporter.add(sheet.file, spanIn(reporter, sheet, at), code, message);
}

function spanIn(reporter: Reporter, sheet: Sheet, at: number): Span {
  const text = reporter.textOf(sheet.file) || sheet.text;
  return spanOfOffset(text, sheet.offset + at);
}

function read(sheet: Sheet, { problems }: Reading): CssNode {
  return parse(sheet.text, {
    positions: true,
    parseValue: true,
    onParseError: (error) => {
      const at = (error as unknown as { offset?: number }).offset ?? 0;
      const message = `this is not CSS: ${error.message.slice(0, 120)}`;
      problems.push({ at, code: 'E_CSS', message });
    },
  });
}

function startOf(node: CssNode): number {
  return node.loc?.start.offset ?? 0;
}

/** Selectors that get the focus from a script, where no outline is expected. */
const BY_SCRIPT = /^(main|#main|body|dialog|\[popover\]|\[tabindex="?-1"?\])$/;

function checkFocus(tree: CssNode, { problems }: Reading): void {
  const drawn = new Set<string>();
  /** Some element shows the focus of what is inside it; which, a style sheet alone does not say. */
  let around = false;
  const removed: { at: number; selectors: string[] }[] = [];
  walk(tree, {
    visit: 'Rule',
    enter: (rule: Rule) => {
      const selectors = selectorsOf(rule);
      const values = declarations(rule);
      const outline =
        values.get('outline') ?? values.get('outline-style') ?? values.get('outline-width');
      const none = outline !== undefined && /^(none|0(px)?)(\s|$|!)/.test(outline.value);
      const replaced = [...values.keys()].some((name) =>
        /^(box-shadow|border|background|text-decoration|--|outline-color)/.test(name),
      );
      const visible = (outline && !none) || values.has('box-shadow');
      for (const one of selectors) if (visible && /:focus/.test(one)) drawn.add(subject(one));
      if (visible && selectors.some((one) => /:focus-within|:has\([^)]*:focus/.test(one)))
        around = true;
      if (none && !replaced) removed.push({ at: outline.at, selectors });
    },
  });
  for (const { at, selectors } of removed) {
    const blind = selectors.find(
      (one) =>
        !/:not\(.*:focus-visible/.test(one) &&
        !(around && one.includes(':focus')) &&
        !BY_SCRIPT.test(subject(one)) &&
        !drawn.has(subject(one)),
    );
    if (blind) {
      const message = `${blind} loses its outline and nothing shows the focus instead`;
      problems.push({ at, code: 'A_FOCUS_OUTLINE', message });
    }
  }
}

/** A selector without its states: what two rules about the focus of one element share. */
function subject(selector: string): string {
  return selector.replace(/:(focus(-visible|-within)?|hover|active)/g, '') || '*';
}

function selectorsOf(rule: Rule): string[] {
  if (rule.prelude.type !== 'SelectorList') return [generate(rule.prelude)];
  return rule.prelude.children.toArray().map((one) => generate(one));
}

function declarations(rule: Rule): Map<string, { value: string; at: number }> {
  const found = new Map<string, { value: string; at: number }>();
  rule.block.children.forEach((node) => {
    if (node.type === 'Declaration')
      found.set(node.property, { value: generate(node.value), at: startOf(node) });
  });
  return found;
}

function checkRemote(tree: CssNode, { problems }: Reading): void {
  const message = 'the style sheet loads a file of another site';
  walk(tree, (node) => {
    if (node.type === 'Url' && /^(https?:)?\/\//i.test(node.value))
      problems.push({ at: startOf(node), code: 'P_REMOTE_ASSET', message });
    if (node.type !== 'Atrule' || node.name.toLowerCase() !== 'import') return;
    const named = node.prelude?.type === 'AtrulePrelude' ? node.prelude.children.first : null;
    if (named?.type === 'String' && /^(https?:)?\/\//i.test(named.value))
      problems.push({ at: startOf(named), code: 'P_REMOTE_ASSET', message });
  });
}

/** What makes a face a download of its own; subsets of one face are loaded as they are needed and count once. */
function faceOf(node: Extract<CssNode, { type: 'Atrule' }>): string | null {
  const values = new Map<string, string>();
  node.block?.children.forEach((one) => {
    if (one.type === 'Declaration') values.set(one.property, generate(one.value));
  });
  // A face that only measures a font of the system is no download.
  if (!/url\(/.test(values.get('src') ?? '')) return null;
  return ['font-family', 'font-style', 'font-weight']
    .map((name) => values.get(name) ?? '')
    .join('|');
}
