import fs from 'node:fs';
import path from 'node:path';
import { compileTheme, type CompiledTheme } from '@libs/template-engine';
import { loadArtefact, type PageInput, renderPage } from '@template-engine/runtime';
import { fillPlan, planPage } from '@template-engine/plan';

const LAYOUT = `<!doctype html><html lang="{{@request.locale}}" dir="{{@request.dir}}"><head>{{content_for_head}}</head>
<body>{{group "header"}}{{content}}{{group "footer"}}{{content_for_body_end}}</body></html>`;

const GROUP = (type: string) => JSON.stringify({ name: type, type, sections: {}, order: [] });

/** The least theme that compiles: index shows the section `main`. Further files replace or add. */
export function aTheme(files: Record<string, string> = {}): Map<string, string> {
  return new Map(
    Object.entries({
      'theme.json': '{"format":"hbt/1","name":"Fixture","version":"1.0.0"}',
      'layout/theme.hbs': LAYOUT,
      'templates/index.json': '{"sections":{"main":{"type":"main"}},"order":["main"]}',
      'sections/main.hbs': '<p>main</p>{{#schema}}{"name":"Main"}{{/schema}}',
      'sections/header.json': GROUP('header'),
      'sections/footer.json': GROUP('footer'),
      'locales/en.default.json': '{}',
      ...files,
    }),
  );
}

/** A theme whose section `main` has this markup. */
export function aSection(
  markup: string,
  files: Record<string, string> = {},
  schema = '{"name":"Main"}',
): Map<string, string> {
  return aTheme({ 'sections/main.hbs': `${markup}{{#schema}}${schema}{{/schema}}`, ...files });
}

/** Codes of the findings that block publishing. */
export function errorsOf(theme: CompiledTheme): string[] {
  return theme.diagnostics.filter((one) => one.severity === 'error').map((one) => one.code);
}

/** A theme with errors was to be rendered. */
export class RefusedTheme extends Error {}

type RenderOptions = Partial<PageInput> & {
  template?: string;
  locale?: string;
  loaded?: Record<string, never>;
};

/** A machine that is busy with other tests may stand still for a second. */
const unhurried = { deadline: 60_000 };

/** Compiles and loads a theme, to render a template of it any number of times. Throws RefusedTheme when it has errors. */
export function prepareTheme(
  files: Map<string, string | Uint8Array>,
  options: RenderOptions = {},
): (globals?: PageInput['globals']) => ReturnType<typeof renderPage> {
  const compiled = compileTheme(files);
  if (!compiled.meta) throw new RefusedTheme(JSON.stringify(compiled.diagnostics, null, 1));
  const { meta } = compiled;
  const artefact = compiled.artefacts.find(
    (one) => one.locale === (options.locale ?? meta.defaultLocale),
  )!;
  const theme = loadArtefact(artefact.js);
  const plan = planPage(meta, {
    template: meta.templates[options.template ?? 'index']!,
    groups: meta.groups,
  });
  return (globals = {}) =>
    renderPage(
      theme,
      fillPlan(plan, options.loaded ?? {}, {
        globals: {
          request: { locale: 'en', dir: 'ltr', path: '/', query: {}, page: 1 },
          ...globals,
        },
        assets: options.assets ?? {},
        budgets: { ...unhurried, ...options.budgets },
        head: options.head,
        bodyEnd: options.bodyEnd,
      }),
    );
}

/** Compiles, plans, fills and renders a template of a theme. Throws RefusedTheme when it has errors. */
export function renderTheme(
  files: Map<string, string | Uint8Array>,
  globals: PageInput['globals'] = {},
  options: RenderOptions = {},
): ReturnType<typeof renderPage> {
  return prepareTheme(files, options)(globals);
}

/** The markup inside the section `main`. */
export function inner(html: string): string {
  return /<section id="s-main"[^>]*>([\s\S]*?)<\/section>/.exec(html)?.[1] ?? '';
}

/** Renders the markup of one section and gives what is inside its wrapper. */
export function renderSection(
  markup: string,
  globals: PageInput['globals'] = {},
  files: Record<string, string> = {},
): string {
  const out = renderTheme(aSection(markup, files), globals);
  if (out.errors.length > 0) throw new Error(JSON.stringify(out.errors));
  return inner(out.html);
}

/** A theme from a folder. */
export function readFolder(folder: string): Map<string, string | Uint8Array> {
  const files = new Map<string, string | Uint8Array>();
  for (const entry of fs.readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, file).split(path.sep).join('/');
    files.set(
      name,
      /\.(hbs|json|css|js|svg)$/.test(name) ? fs.readFileSync(file, 'utf8') : fs.readFileSync(file),
    );
  }
  return files;
}
