import { createHash } from 'node:crypto';
import {
  RenderFailed,
  RenderProcess,
  RenderProcessDied,
} from '../src/4-render-theme/render-process';

const killAfterMs = 2_000;

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

  it('is ended when it never gets one', async () => {
    await expect(render(notATheme)).rejects.toThrow(RenderFailed);
    process.kill(renderer['child'].pid as number, 'SIGSTOP');
    await expect(render(notATheme)).rejects.toThrow(RenderProcessDied);
  });
});
