import { themesErrors } from '@libs/themes';
import { RenderOverload } from './render-pool';

/** Whether a page failed for a reason that passes: too much to do, or a theme that is just being built for this release. */
export function passesSoon(error: unknown): boolean {
  return error instanceof RenderOverload || themesErrors.is(error, 'not-built');
}
