import { checksPage } from './checks-page';
import { helpersPage } from './helpers-page';
import { limitsPage } from './limits-page';
import { objectsPage } from './objects-page';
import { schemasPage } from './schemas-page';

/**
 * The pages of the theme manual that are made from the tables of the engine.
 * @returns Markdown by file name within `docs/theme-manual`
 */
export function manualPages(): ReadonlyMap<string, string> {
  return new Map([
    ['checks.md', checksPage()],
    ['helpers.md', helpersPage()],
    ['limits.md', limitsPage()],
    ['objects.md', objectsPage()],
    ['schemas.md', schemasPage()],
  ]);
}
