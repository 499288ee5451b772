import type { Edit } from '../model/diagnostic';
import { type Reporter, spanOfOffset } from '../diagnostics/reporter';
import { LIMITS } from '../limits';
import { scanTags, type Tag } from './scan-tags';

/**
 * Checks a template source before any recursive code sees it: size, NUL, nesting, and blocks that do not close, which
 * the parser would report at the end of the file. Returns false when the parser must not be asked.
 */
export function preflight(file: string, source: string, report: Reporter): boolean {
  const bytes = Buffer.byteLength(source);
  if (bytes > LIMITS.sourceBytes) {
    report.file(
      file,
      'E_TOO_LARGE',
      `${bytes} bytes of markup; the limit is ${LIMITS.sourceBytes}`,
    );
    return false;
  }
  const nul = source.indexOf('\0');
  if (nul !== -1) {
    report.add(file, spanOfOffset(source, nul), 'E_SYNTAX', 'a NUL character is not text');
    return false;
  }
  return checkNesting(file, source, report);
}

function checkNesting(file: string, source: string, report: Reporter): boolean {
  const open: Tag[] = [];
  let tags = 0;
  const fail = (
    tag: Tag,
    code: 'E_SYNTAX' | 'E_TOO_DEEP' | 'E_TOO_LARGE' | 'E_NODE',
    text: string,
  ) => {
    const fix = tag.sign === '&' ? withoutSign(report.textOf(file), source, tag) : null;
    report.add(file, spanOfOffset(source, tag.start), code, text, { fix });
    return false;
  };
  for (const tag of scanTags(source)) {
    if (++tags > LIMITS.nodesPerFile)
      return fail(tag, 'E_TOO_LARGE', `more than ${LIMITS.nodesPerFile} tags`);
    if (!tag.closed) return fail(tag, 'E_SYNTAX', 'this tag is never closed with }}');
    if (tag.sign !== '{' && tag.sign !== 'comment' && source[tag.end] === '}')
      return fail(tag, 'E_SYNTAX', '}}} closes {{: open with {{{, or put a space behind }}');
    if (tag.sign === 'raw')
      return fail(tag, 'E_NODE', 'raw blocks {{{{ }}}} are not part of the language');
    if (tag.sign.includes('*'))
      return fail(tag, 'E_NODE', 'decorators and inline partials are not part of the language');
    if (tag.sign === '&')
      return fail(tag, 'E_NODE', '{{& }} is not part of the language: write {{{ }}}');
    if (tag.sign === '#>')
      return fail(tag, 'E_NODE', 'partial blocks are not part of the language');
    if (tag.depth > LIMITS.subExpressionDepth)
      return fail(tag, 'E_TOO_DEEP', `sub-expressions deeper than ${LIMITS.subExpressionDepth}`);
    if (tag.sign === '#' || (tag.sign === '^' && tag.word !== '')) {
      open.push(tag);
      if (open.length > LIMITS.blockDepth)
        return fail(tag, 'E_TOO_DEEP', `blocks nested deeper than ${LIMITS.blockDepth}`);
    } else if (tag.sign === '/') {
      const opened = open.pop();
      if (!opened) return fail(tag, 'E_SYNTAX', `{{/${tag.word}}} closes nothing`);
      if (opened.word !== tag.word)
        return fail(opened, 'E_SYNTAX', `{{#${opened.word}}} is closed by {{/${tag.word}}}`);
    }
  }
  const unclosed = open.pop();
  if (unclosed) return fail(unclosed, 'E_SYNTAX', `{{#${unclosed.word}}} is never closed`);
  return true;
}

/** `{{&x}}` as `{{{x}}}`, when the file itself has the tag where the markup has it. */
function withoutSign(whole: string, markup: string, tag: Tag): Edit[] | null {
  const text = markup.slice(tag.start, tag.end);
  const plain = /^\{\{&([^~{}]*)\}\}$/.exec(text)?.[1];
  // Static parts were cut out before: a tag behind them stands elsewhere in the file.
  if (plain === undefined || !whole.startsWith(markup.slice(0, tag.end))) return null;
  return [{ start: tag.start, end: tag.end, text: `{{{${plain}}}}` }];
}
