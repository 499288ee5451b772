import { type CompileMemory, compileTheme } from '@libs/template-engine';
import { aTheme } from '../../themes/test/theme.builder';

describe('a theme that is compiled again and again', () => {
  const hashesOf = (files: Map<string, string | Uint8Array>, memory?: CompileMemory) => {
    const { artefacts, meta, diagnostics } = compileTheme(files, { memory });
    return { hashes: artefacts.map(({ locale, hash }) => [locale, hash]), meta, diagnostics };
  };

  test('comes out as if it were compiled for the first time, whatever was changed in between', () => {
    const files = new Map<string, string | Uint8Array>(Object.entries(aTheme()));
    const memory: CompileMemory = new Map();
    const schema = '{{#schema}}{"name":"Main","settings":[]}{{/schema}}';
    const states: [string, string | null][] = [
      ['sections/main.hbs', `<p>{{@shop.name}} {{> extra}}</p>${schema}`],
      ['snippets/extra.hbs', '<b>{{t "general.hello"}}</b>'],
      ['sections/main.hbs', `<p>{{#if @shop.name}}</p>${schema}`],
      ['sections/main.hbs', `<p>{{t "general.new"}} {{> extra}}</p>${schema}`],
      ['locales/en.default.json', '{"general":{"hello":"Hi","skip":"Skip","new":"New"}}'],
      ['snippets/extra.hbs', null],
      ['sections/main.hbs', `<p>{{t "general.new"}}</p>${schema}`],
      ['sections/main.hbs', `<p>{{t "general.new"}}</p>${schema}`],
    ];
    for (const [path, text] of states) {
      if (text === null) files.delete(path);
      else files.set(path, text);
      const [again, anew] = [hashesOf(files, memory), hashesOf(files)];
      expect([path, again.hashes, again.meta]).toEqual([path, anew.hashes, anew.meta]);
      const errors = (found: typeof anew) =>
        found.diagnostics.filter(({ severity }) => severity === 'error');
      expect(errors(again)).toEqual(errors(anew));
    }
  });

  test('has the findings in its style sheets that they have now', () => {
    const files = new Map<string, string | Uint8Array>(Object.entries(aTheme()));
    const memory: CompileMemory = new Map();
    const styles = (css: string) =>
      `<p>x</p>{{#styles}}${css}{{/styles}}{{#schema}}{"name":"Main","settings":[]}{{/schema}}`;
    const states: [string, string, string[]][] = [
      ['assets/extra.css', 'a:focus{outline:none}', ['A_FOCUS_OUTLINE']],
      ['sections/main.hbs', styles('b{color:red}'), ['A_FOCUS_OUTLINE']],
      [
        'sections/main.hbs',
        styles('b{background:url(//evil.test/x)}'),
        ['A_FOCUS_OUTLINE', 'P_REMOTE_ASSET'],
      ],
      ['assets/extra.css', '\n\na:focus{outline:none}', ['A_FOCUS_OUTLINE', 'P_REMOTE_ASSET']],
      ['assets/extra.css', 'a{color:red}', ['P_REMOTE_ASSET']],
    ];
    for (const [path, text, codes] of states) {
      files.set(path, text);
      const found = (kept?: CompileMemory) =>
        compileTheme(files, { memory: kept }).diagnostics.filter(({ code }) =>
          /^(E_CSS|A_FOCUS_OUTLINE|P_REMOTE_ASSET|P_FONT_COUNT|P_ASSET_SIZE)$/.test(code),
        );
      expect(found(memory)).toEqual(found());
      expect(found().map(({ code }) => code)).toEqual(codes);
    }
  });
});
