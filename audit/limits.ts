import type { PageScore } from './lighthouse';

/** Bytes of a page without its pictures, as they travel. */
export const pageBytes: Readonly<Record<string, number>> = {
  atelier: 90 * 1024,
  flash: 60 * 1024,
};

/** What every judged page must reach: all scores full, times in milliseconds. */
export const wanted = { score: 100, lcp: 1500, cls: 0.02, tbt: 50 } as const;

/** @returns what a page misses, in words; empty when it reaches everything */
export function misses(theme: string, score: PageScore): string[] {
  const { performance, accessibility, bestPractices, seo, lcp, cls, tbt, bytes } = score;
  const limit = pageBytes[theme] ?? Infinity;
  const checks: [boolean, string][] = [
    [performance >= wanted.score, `performance ${performance}`],
    [lcp < wanted.lcp, `largest paint ${Math.round(lcp)} ms`],
    [tbt < wanted.tbt, `blocked for ${Math.round(tbt)} ms`],
    ...lasting({ accessibility, bestPractices, seo, cls }),
    [bytes <= limit, `${bytes} bytes without pictures`],
  ];
  return checks.filter(([reached]) => !reached).map(([, miss]) => miss);
}

/** What does not depend on how busy the machine is. */
export function steadyMisses(theme: string, score: PageScore): string[] {
  const limit = pageBytes[theme] ?? Infinity;
  const checks = lasting(score);
  checks.push([score.bytes <= limit, `${score.bytes} bytes without pictures`]);
  return checks.filter(([reached]) => !reached).map(([, miss]) => miss);
}

type Lasting = Pick<PageScore, 'accessibility' | 'bestPractices' | 'seo' | 'cls'>;

function lasting({ accessibility, bestPractices, seo, cls }: Lasting): [boolean, string][] {
  return [
    [accessibility >= wanted.score, `accessibility ${accessibility}`],
    [bestPractices >= wanted.score, `best practices ${bestPractices}`],
    [seo >= wanted.score, `SEO ${seo}`],
    [cls < wanted.cls, `layout shift ${cls.toFixed(3)}`],
  ];
}
