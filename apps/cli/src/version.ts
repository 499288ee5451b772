import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The release that this is, as package.json says it; that stands above the sources as above dist/. */
export function ownVersion(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file))
      return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
  }
  return 'unknown';
}
