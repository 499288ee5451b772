import path from 'node:path';
import * as fc from 'fast-check';
import { type CompileMemory, compileTheme } from '@libs/template-engine';
import { mutate, randomOf } from './fuzz/mutate';
import { readFolder } from './theme.builder';

const themes = {
  fixture: readFolder(path.join(__dirname, 'fixture-theme')),
  starter: readFolder(path.join(__dirname, '../../../themes/starter')),
};

/** What authors write that takes names, positions, constants and snippets of the code that stands behind it. */
const statements = [
  '{{#if @shop.name}}<b>{{@shop.name}}</b>{{/if}}',
  '{{#each @request.query as |value key|}}{{key}}{{value.length}}{{/each}}',
  '{{> product-card product=@product}}',
  '{{t "no.such.text"}}{{t (append "general." @shop.name)}}',
  '{{image_tag @product.featured_image width=200 class="x"}}',
  '<a href="{{@shop.url}}">{{@shop.name}}</a><i>{{@shop.name}}</i>',
  '{{asset_url "base.css"}}{{url_with @request.path page=2}}',
];

type Edit =
  | { kind: 'say'; file: number; statement: number }
  | { kind: 'break'; file: number; seed: number }
  | { kind: 'remove' | 'restore' | 'bytes'; file: number }
  | { kind: 'restore all' };

const anyFile = fc.nat({ max: 200 });
const edits = fc.array(
  fc.oneof<fc.Arbitrary<Edit>[]>(
    fc.record({ kind: fc.constant('say' as const), file: anyFile, statement: fc.nat() }),
    fc.record({ kind: fc.constant('say' as const), file: anyFile, statement: fc.nat() }),
    fc.record({ kind: fc.constant('break' as const), file: anyFile, seed: fc.nat() }),
    fc.record({ kind: fc.constantFrom('remove', 'restore', 'bytes'), file: anyFile }),
    fc.record({ kind: fc.constant('restore all' as const) }),
  ),
  { minLength: 2, maxLength: 6 },
);

type Files = Map<string, string | Uint8Array>;

function take(files: Files, original: Files, edit: Edit): void {
  if (edit.kind === 'restore all') {
    for (const [name, content] of original) files.set(name, content);
    return;
  }
  const names = [...original.keys()];
  const marked = names.filter((one) => edit.kind !== 'say' || one.endsWith('.hbs'));
  const name = marked[edit.file % marked.length] as string;
  const before = Buffer.from(files.get(name) ?? original.get(name) ?? '').toString();
  if (edit.kind === 'say') {
    const statement = statements[edit.statement % statements.length] as string;
    const layout = name.startsWith('layout/');
    files.set(name, layout ? before.replace('<body>', `<body>${statement}`) : statement + before);
  } else if (edit.kind === 'break') {
    files.set(name, mutate(before, [...statements], randomOf(edit.seed)));
  } else if (edit.kind === 'remove') files.delete(name);
  else if (edit.kind === 'bytes') files.set(name, Buffer.from(before));
  else files.set(name, original.get(name) as string);
}

/** Findings, code of every locale and meta: all that a compilation gives. */
test.each(['fixture', 'starter'] as const)(
  'whatever is edited in the theme "%s", what was kept changes nothing of what comes out',
  (theme) => {
    let compiled = 0;
    fc.assert(
      fc.property(edits, (steps) => {
        const files: Files = new Map(themes[theme]);
        const memory: CompileMemory = new Map();
        expect(compileTheme(files, { memory })).toEqual(compileTheme(files));
        for (const edit of steps) {
          take(files, themes[theme], edit);
          const anew = compileTheme(files);
          compiled += anew.meta ? 1 : 0;
          expect(compileTheme(files, { memory })).toEqual(anew);
        }
      }),
      { numRuns: 15 },
    );
    // Code was written after edits, not only refused.
    expect(compiled).toBeGreaterThan(10);
  },
);
