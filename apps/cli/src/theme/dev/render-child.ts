import { loadArtefact, renderPage } from '@template-engine/runtime';
import type { PageInput } from '@libs/template-engine';
import type { RenderAnswer, RenderWish } from './renderer';

/**
 * Renders pages beside the command: a V8 that makes no code from text, an empty environment, and nothing to reach but the
 * channel to its parent. What hangs is killed there.
 */
let theme: ReturnType<typeof loadArtefact> | null = null;

function answer(wish: RenderWish): RenderAnswer {
  if (wish.js !== undefined) theme = loadArtefact(wish.js);
  if (!theme) return { id: wish.id, failure: 'no theme is loaded' };
  const { html, errors, steps } = renderPage(theme, wish.input);
  if (!wish.measure) return { id: wish.id, html, errors, steps };
  return { id: wish.id, html, errors, steps, sections: measure(theme, wish.input) };
}

/** Each section alone on the page: median of several rounds, since the first ones run cold. */
function measure(
  loaded: ReturnType<typeof loadArtefact>,
  input: PageInput,
): NonNullable<RenderAnswer['sections']> {
  const rounds = 15;
  return input.sections.map((section) => {
    // Groups are shown by the layout, which is left out: all stand where the template's do.
    const placed = { ...section, location: 'template' };
    const alone: PageInput = { ...input, layout: false, wrapper: null, sections: [placed] };
    const times: number[] = [];
    let output = renderPage(loaded, alone);
    for (let round = 0; round < rounds; round += 1) {
      const begun = performance.now();
      output = renderPage(loaded, alone);
      times.push(performance.now() - begun);
    }
    const ms = times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
    const { steps, html, errors } = output;
    return { id: section.id, steps, bytes: Buffer.byteLength(html), ms, failed: errors.length > 0 };
  });
}

process.on('message', (wish: RenderWish) => {
  try {
    process.send?.(answer(wish));
  } catch (error) {
    process.send?.({ id: wish.id, failure: error instanceof Error ? error.message : 'unknown' });
  }
});
process.on('disconnect', () => process.exit(0));
