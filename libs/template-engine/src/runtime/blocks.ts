import { BudgetStop, type State } from './state';
import { type Fields, isFields, own } from './values';

/** A compiled function of a section, block or snippet: gives octets. */
export type Render = (view: Fields, state: State) => string;

/** What generated code hands to the block functions: the theme's block files. */
export interface BlockTable {
  readonly blocks: Readonly<Record<string, { readonly render: Render }>>;
}

function siblings(v: Fields): readonly unknown[] {
  const holder = isFields(v['block']) ? v['block'] : v['section'];
  const list = own(holder, 'blocks');
  return Array.isArray(list) ? list : [];
}

function renderOne(
  table: BlockTable,
  v: Fields,
  ...[s, block, type]: [State, Fields, string]
): string {
  const file = Object.hasOwn(table.blocks, type) ? table.blocks[type] : undefined;
  if (!file) return '';
  s.deeper();
  const html = file.render({ ...v, block }, s);
  s.depth--;
  return html;
}

/** `{{blocks}}`: all blocks in order, but those that stand at a fixed place. */
export function allBlocks(table: BlockTable, v: Fields, s: State, at: number): string {
  let out = '';
  for (const block of siblings(v)) {
    if (!isFields(block) || own(block, 'static') === true) continue;
    out += renderOne(table, v, s, block, String(own(block, 'type')));
    if ((s.steps -= 5) < 0 || out.length > s.room) s.stop(at, out.length);
  }
  return out;
}

/** `{{block "id" type="x"}}`: the one with this id; with empty settings when the page does not know it. */
export function oneBlock(
  table: BlockTable,
  v: Fields,
  ...[s, id, type]: [State, string, string]
): string {
  const found = siblings(v).find((block) => own(block, 'id') === id);
  const block = isFields(found) ? found : { id, type, settings: {}, blocks: [], attributes: '' };
  return renderOne(table, v, s, block, type);
}

/** True for what a budget throws. */
export function isBudgetStop(error: unknown): error is BudgetStop {
  return error instanceof BudgetStop;
}
