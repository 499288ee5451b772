import { createHash } from 'node:crypto';
import { compileTheme } from '@libs/template-engine';
import { aTheme } from '../../../libs/themes/test/theme.builder';
import { mostThemes } from '../src/4-render-theme/most-themes';
import {
  RenderFailed,
  RenderProcess,
  RenderProcessDied,
} from '../src/4-render-theme/render-process';

const killAfterMs = 2_000;

const hashOfNumber = (js: string | undefined, number: number) =>
  createHash('sha256').update(`${js}//${number}`).digest('hex');

describe('a render process', () => {
  let renderer: RenderProcess;
  beforeEach(() => {
    renderer = new RenderProcess({ killAfterMs, onExit: () => undefined });
  });
  afterEach(() => renderer.kill());

  const render = (js: string) => {
    const hash = createHash('sha256').update(js).digest('hex');
    const artefact = { hash, js: () => Promise.resolve(js) };
    return renderer.render({ artefact, input: Buffer.from('{}'), kind: 'page' });
  };
  const notATheme = '(function(L){return {}})';

  it('is ended when it hangs', async () => {
    await expect(render('(function(L){for(;;);})')).rejects.toThrow(RenderProcessDied);
  });

  it('is left to go on when the machine had no processor for it', async () => {
    // Refused by the process itself: it is there, and answers.
    await expect(render(notATheme)).rejects.toThrow(RenderFailed);
    const { pid } = renderer['child'];
    process.kill(pid as number, 'SIGSTOP');
    setTimeout(() => process.kill(pid as number, 'SIGCONT'), killAfterMs * 1.25);
    await expect(render(notATheme)).rejects.toThrow(RenderFailed);
    expect(renderer.alive).toBe(true);
  });

  it('holds so many themes at most, and those that are asked for again stay', async () => {
    const { artefacts } = compileTheme(
      new Map(Object.entries(aTheme()).map(([path, text]) => [path, String(text)])),
    );
    const sent = new Map<number, number>();
    const ask = async (number: number) => {
      const js = `${artefacts[0]?.js}//${number}`;
      const hash = hashOfNumber(artefacts[0]?.js, number);
      const read = () => {
        sent.set(number, (sent.get(number) ?? 0) + 1);
        return Promise.resolve(js);
      };
      const wish = {
        artefact: { hash, js: read },
        input: Buffer.from('{}'),
        kind: 'page',
      } as const;
      // There is no page in it; what counts is whether the theme was there.
      await expect(renderer.render(wish)).rejects.toThrow(RenderFailed);
    };
    for (let number = 0; number < mostThemes; number += 1) await ask(number);
    await ask(0);
    // One more than it holds: the one that was not asked for the longest goes, and comes again when it is.
    await ask(mostThemes);
    await ask(0);
    await ask(1);
    expect([sent.get(0), sent.get(1), sent.get(2)]).toEqual([1, 2, 1]);
    expect(renderer['loaded'].size).toBe(mostThemes);
    // The process itself holds no more than that either, whatever is believed of it here.
    renderer['loaded'].set(hashOfNumber(artefacts[0]?.js, 2), true);
    await ask(2);
    expect(sent.get(2)).toBe(2);
  });

  it('is ended when it never gets one', async () => {
    await expect(render(notATheme)).rejects.toThrow(RenderFailed);
    process.kill(renderer['child'].pid as number, 'SIGSTOP');
    await expect(render(notATheme)).rejects.toThrow(RenderProcessDied);
  });
});
