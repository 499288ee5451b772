/** How a store looks, as far as its checkout follows it. */
export interface Look {
  logo: { src: string; width: number; height: number } | null;
  /** `#rrggbb`; null is ours. */
  colours: { paper: string; ink: string; accent: string } | null;
  /** A list of CSS families without faces to load; null is the system's. */
  family: string | null;
}

/** The look of a store that says nothing of its own. */
export const plainLook: Look = { logo: null, colours: null, family: null };

const hex = /^#[0-9a-f]{6}$/i;
const families = /^[\w\s,'"-]{1,200}$/;

/** The CSS of a look; only what is certainly a colour or a list of families gets into it. */
export function lookCss({ colours, family }: Look): string {
  const rules: string[] = [];
  if (family !== null && families.test(family)) rules.push(`--family:${family}`);
  if (colours && Object.values(colours).every((colour) => hex.test(colour))) {
    const { accent } = colours;
    if (contrast(accent, '#ffffff') >= 4.5) rules.push(`--accent:${accent};--on-accent:#fff`);
    else if (contrast(accent, '#111111') >= 4.5) rules.push(`--accent:${accent};--on-accent:#111`);
  }
  return rules.length === 0 ? '' : `:root{${rules.join(';')}}`;
}

/** Contrast of two colours, 1 to 21 (WCAG 2.2, contrast ratio). */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
