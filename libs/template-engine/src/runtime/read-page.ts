import type { BlockView, Budgets, PageInput, SectionInstance } from '../model/page';
import { octets } from './octets';
import { sealView } from './seal-view';
import { esc, type Fields, own } from './values';

/** A page whose data is frozen plain JSON and whose texts are octets, ready for any number of renders. */
export interface SealedPage {
  readonly page: PageInput;
  readonly globals: Fields;
  readonly sections: readonly SectionInstance[];
  readonly design: boolean;
}

/**
 * Reads a page and freezes its data (2.5). This is how texts enter a render: read as one byte a character, the JSON of a
 * `PageInput` in UTF-8 has octets in it, since its own signs are ASCII.
 * @param budgets what counts where the page brings none of its own
 * @throws SyntaxError when it is no JSON
 */
export function readPage(json: Buffer, budgets: Partial<Budgets> = {}): SealedPage {
  const read = JSON.parse(withoutEscapes(json.toString('latin1'))) as PageInput;
  const page = { ...read, budgets: { ...budgets, ...read.budgets } };
  const globals = sealView(page.globals) as Fields;
  const design = own(globals['request'], 'design_mode') === true;
  const sections = page.sections.map(
    (instance) => sealView(withAttributes(instance, design)) as SectionInstance,
  );
  return { page, globals, sections, design };
}

/** The same of a page that is at hand, which goes through its JSON. */
export function sealPage(page: PageInput): SealedPage {
  return readPage(Buffer.from(JSON.stringify(page)));
}

/** An escape beyond ASCII, as `JSON.stringify` writes halves of surrogate pairs and other programs any letter. */
const ESCAPED = /\\u(?!00[0-7])/i;

/** Any escape; of two that are a surrogate pair both. */
const ESCAPES = /\\(?:u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})|u([0-9a-f]{4})|[^u])/gi;

/** JSON in octets whose escapes stand for ASCII only. */
function withoutEscapes(json: string): string {
  if (!json.includes('\\u') || !ESCAPED.test(json)) return json;
  return json.replace(ESCAPES, (escape, high?: string, low?: string, one?: string) => {
    const codes = [high, low, one].flatMap((hex) => (hex === undefined ? [] : parseInt(hex, 16)));
    return codes.some((code) => code > 127) ? octets(String.fromCharCode(...codes)) : escape;
  });
}

function withAttributes(instance: SectionInstance, design: boolean): SectionInstance {
  const mark = (block: BlockView): BlockView => ({
    ...block,
    attributes: design ? ` data-hbt-block="${esc(block.id)}"` : '',
    blocks: (block.blocks ?? []).map(mark),
  });
  return { ...instance, blocks: instance.blocks.map(mark) };
}
