import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Output } from '../output';
import { type CheckOptions, checkFolder } from './check';

const starter = join(__dirname, '../../../../themes/starter');

describe('caravel theme check', () => {
  let folder: string;
  let said: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caravel-check-'));
    await cp(starter, folder, { recursive: true });
    said = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      said += String(text);
      return true;
    });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    process.exitCode = undefined;
    await rm(folder, { recursive: true });
  });

  const check = async (options: Partial<CheckOptions> = {}, json = true) => {
    said = '';
    process.exitCode = undefined;
    await checkFolder(folder, { failLevel: 'error', dryRun: false, ...options }, new Output(json));
    const code = process.exitCode ?? 0;
    return { code, answer: json ? JSON.parse(said) : said };
  };
  const write = (path: string, text: string) => writeFile(join(folder, path), text);
  const read = (path: string) => readFile(join(folder, path), 'utf8');
  const section = (markup: string) => `${markup}\n{{#schema}}{"name":"Page"}{{/schema}}\n`;

  it('renders every template with the worst of data, and says what sections cost', async () => {
    const { code, answer } = await check({ dryRun: true });
    expect([code, answer.errors, answer.warnings]).toEqual([0, 0, 0]);
    expect(answer.dryRun).toMatchObject({ skipped: 0 });
    expect(answer.dryRun.pages).toBeGreaterThan(40);
    expect(answer.dryRun.costs[0].steps).toBeGreaterThan(1000);
  });

  it('refuses a page that is too dear with the most of data, though its text is sound', async () => {
    const dear =
      '{{#each (range 1 900) as |a|}}{{#each (range 1 900) as |b|}}{{b}}{{/each}}{{/each}}';
    await write('sections/main-page.hbs', section(`<div>${dear}</div>`));
    expect((await check()).code).toBe(0);
    const { code, answer } = await check({ dryRun: true }, false);
    expect(code).toBe(1);
    expect(answer).toMatch(
      /^sections\/main-page\.hbs:1:\d+ P_STEPS fails with the page "full" in en:/,
    );
    expect(answer).toContain('= docs/theme-manual/checks.md#p_steps');
    expect(answer).toMatch(/DEAREST SECTIONS[\s\S]*main-product +product +\d+ +\d+/);
  });

  it('puts right what needs nobody to look, and touches no other file', async () => {
    const before = section('<p class={{@shop.name}} tabindex="3">{{@shop.name}}</p>');
    await write('sections/main-page.hbs', before);
    const templates = await read('templates/index.json');
    const odd = '\ufeff{\r\n  "sections": {},\r\n  "order": []\r\n}';
    await write('templates/page.odd.json', odd);
    expect((await check()).code).toBe(1);
    expect(await read('sections/main-page.hbs')).toBe(before);
    const { code, answer } = await check({ fix: true });
    expect(answer.fixed).toEqual(['sections/main-page.hbs']);
    expect(await read('sections/main-page.hbs')).toBe(
      section('<p class="{{@shop.name}}" tabindex="0">{{@shop.name}}</p>'),
    );
    expect([code, answer.findings]).toEqual([0, []]);
    expect(await read('templates/index.json')).toBe(templates);
    expect(await read('templates/page.odd.json')).toBe(odd);
    expect((await check({ fix: true })).answer.fixed).toEqual([]);
  });

  it('names place, frame, manual and what can be fixed, for people too', async () => {
    await write('sections/main-page.hbs', section('<p class={{@shop.name}}>{{mony 1}}</p>'));
    const { code, answer } = await check({}, false);
    expect(code).toBe(1);
    expect(answer).toContain(
      'sections/main-page.hbs:1:25 E_UNKNOWN_HELPER unknown helper {{mony}} (did you mean "money"?)\n>    1 | <p',
    );
    expect(answer).toMatch(/checks\.md#s_unquoted_attr \(can be fixed\)/);
    expect(answer.trimEnd()).toMatch(/33 files: 2 errors, 0 warnings, 0 notes$/);
  });
});
