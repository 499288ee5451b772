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
});
