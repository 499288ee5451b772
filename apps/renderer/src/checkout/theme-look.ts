import type { ThemeMeta } from '@libs/template-engine';
import type { Look } from '@renderer/checkout';

/** What of a theme's settings the checkout follows. */
export interface ThemeLook extends Omit<Look, 'logo'> {
  /** The image of the logo, as a setting has it; null for none. */
  logo: string | null;
}

const hex = /^#[0-9a-f]{6}$/i;
/** What themes call the colours of a scheme, our own first; Shopify's roles after them. */
const names = {
  paper: ['paper', 'background'],
  ink: ['ink', 'text'],
  accent: ['accent', 'primary_button', 'button'],
};

/**
 * Reads a theme's look out of its settings: the first colour scheme, the font of the text as far as systems have it, the
 * image whose setting is called a logo. What a theme does not say stays ours.
 */
export function themeLook({ settingsSchema, settings, fonts }: ThemeMeta): ThemeLook {
  const all = settingsSchema.flatMap((group) => group.settings ?? []);
  const valueOf = (type: string, pattern: RegExp): unknown => {
    const found = all.find((one) => one.type === type && pattern.test(one.id));
    return found ? settings[found.id] : null;
  };
  const logo = valueOf('image', /logo/);
  const handle = valueOf('font', /body|text/) ?? valueOf('font', /./);
  const family = typeof handle === 'string' ? (fonts[handle]?.stack ?? null) : null;
  return {
    logo: typeof logo === 'string' && logo !== '' ? logo : null,
    colours: coloursOf(valueOf('color_scheme_group', /./)),
    family,
  };
}

function coloursOf(schemes: unknown): Look['colours'] {
  const [first] = isObject(schemes) ? Object.values(schemes) : [];
  if (!isObject(first)) return null;
  const colour = (candidates: readonly string[]): string | null => {
    const found = candidates.map((name) => first[name]).find((value) => hex.test(String(value)));
    return typeof found === 'string' ? found : null;
  };
  const [paper, ink, accent] = [colour(names.paper), colour(names.ink), colour(names.accent)];
  return paper !== null && ink !== null && accent !== null ? { paper, ink, accent } : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
