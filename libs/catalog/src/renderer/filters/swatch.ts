import { colourOptions, hexByName } from './colour-names';

/**
 * The colour to show beside a value of an option, `#rrggbb`; null when the option is not of colours or the name is
 * not known.
 */
export function swatchOf(option: string, value: string): string | null {
  if (!colourOptions.has(option.trim().toLowerCase())) return null;
  const name = value.trim().toLowerCase().replace(/[-_]+/g, ' ').replace(/\s+/g, ' ');
  if (/^#[0-9a-f]{6}$/.test(name)) return name;
  return hexByName.get(name) ?? hexByName.get(name.split(' ').at(-1) ?? '') ?? null;
}
