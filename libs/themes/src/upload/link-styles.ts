import { createHash } from 'node:crypto';
import { linkCss } from '@libs/template-engine';
import { assetAddress } from '../asset-address';
import type { ManifestEntry } from '../theme-version.entity';
import type { ThemeBytes } from './read-archive';

const folder = 'assets/';

/**
 * The style sheets of a theme as browsers get them: relative addresses become those of the theme's own files, so that
 * a font or picture is cached by its content. A style sheet that names another is linked after it; of a circle the one
 * met first keeps the sources' addresses.
 * @returns the linked bytes by path, of those that changed
 */
export function linkStyles(
  files: ThemeBytes,
  manifest: Readonly<Record<string, ManifestEntry>>,
): Map<string, Buffer> {
  const linked = new Map<string, Buffer>();
  const begun = new Set<string>();
  const hashOf = (path: string): string => {
    link(path);
    const bytes = linked.get(path);
    return bytes ? sha256(bytes) : (manifest[path]?.hash ?? '');
  };
  const link = (path: string): void => {
    if (!path.endsWith('.css') || begun.has(path)) return;
    begun.add(path);
    const css = Buffer.from(files.get(path) ?? '').toString('utf8');
    const text = linkCss(css, (name) =>
      files.has(folder + name) ? assetAddress(name, hashOf(folder + name)) : null,
    );
    if (text !== css) linked.set(path, Buffer.from(text));
  };
  for (const path of files.keys()) if (path.startsWith(folder)) link(path);
  return linked;
}

/** SHA-256, hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
