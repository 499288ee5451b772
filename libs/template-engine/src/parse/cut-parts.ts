import { type Reporter, spanOfOffset } from '../diagnostics/reporter';
import { scanTags } from './scan-tags';

/** A part cut out of a file before it is parsed: its text and where it began. */
export interface CutPart {
  readonly text: string;
  readonly offset: number;
}

/** A template file without its static parts; what was cut is replaced by a comment of as many lines. */
export interface CutFile {
  readonly markup: string;
  readonly schema: CutPart | null;
  readonly styles: CutPart | null;
  readonly script: CutPart | null;
}

type PartName = 'schema' | 'styles' | 'script';
const PARTS: readonly PartName[] = ['schema', 'styles', 'script'];

/** Parts too many that are told of; a file could be made of nothing else. */
const MOST_REPEATED = 20;

/** Cuts `{{#schema}}`, `{{#styles}}` and `{{#script}}` (2.3); reports a second one, an open one, and `{{` inside. */
export function cutParts(file: string, source: string, report: Reporter): CutFile {
  const found: Record<PartName, CutPart | null> = { schema: null, styles: null, script: null };
  let markup = '';
  let kept = 0;
  let again = 0;
  for (const tag of scanTags(source)) {
    const name = PARTS.find((part) => part === tag.word);
    if (tag.start < kept || tag.sign !== '#' || !name || !tag.closed) continue;
    const close = new RegExp(`\\{\\{/\\s*${name}\\s*\\}\\}`, 'g');
    close.lastIndex = tag.end;
    const match = close.exec(source);
    const say = (text: string) =>
      report.add(file, spanOfOffset(source, tag.start), 'E_SYNTAX', text);
    if (!match) {
      say(`{{#${name}}} is never closed`);
      break;
    }
    if (found[name] && ++again > MOST_REPEATED) break;
    if (found[name]) say(`a file has one {{#${name}}} at most`);
    const part = { text: source.slice(tag.end, match.index), offset: tag.end };
    const inner = part.text.indexOf('{{');
    if (inner !== -1)
      report.add(
        file,
        spanOfOffset(source, tag.end + inner),
        'E_SYNTAX',
        `{{#${name}}} is static: no expressions inside`,
      );
    found[name] ??= part;
    const end = match.index + match[0].length;
    markup += source.slice(kept, tag.start) + blank(source.slice(tag.start, end));
    kept = end;
  }
  return { markup: markup + source.slice(kept), ...found };
}

/** A comment of as many lines, whose last is as long: what follows keeps its place. */
function blank(text: string): string {
  const lines = text.split('\n');
  const signs = lines.length === 1 ? '{{!----}}' : '--}}';
  const pad = ' '.repeat(Math.max(0, lines.at(-1)!.length - signs.length));
  return `{{!--${'\n'.repeat(lines.length - 1)}${pad}--}}`;
}
