import type { PackingSlip } from '../packing-slip';
import { isolate, languageOf } from '../words';
import { type Block, writeBlocks } from './blocks';
import { wordingIn } from './say';
import { Sheet, ink, textWidth } from './sheet';
import { writeTable } from './table';

/** A packing slip as a PDF; the same slip gives the same bytes. */
export async function printPackingSlip(slip: PackingSlip): Promise<Buffer> {
  const language = languageOf(slip.locale);
  const { words } = language;
  const say = wordingIn(language);
  const title = `${words.packingSlip} ${isolate(slip.orderName)}`;
  const sheet = new Sheet(language, {
    title,
    author: slip.storeName,
    created: new Date(`${slip.orderedOn}T00:00:00Z`),
    foot: [slip.test ? words.testSlip : '', slip.storeName, slip.storeEmail]
      .filter(Boolean)
      .join(' · '),
  });
  sheet.paragraph(slip.storeName, { size: 11, weight: 'bold' });
  sheet.y += 30;
  sheet.paragraph(title, { size: 22, weight: 'bold' });
  if (slip.test) sheet.paragraph(words.testSlip, { color: ink.warning, weight: 'bold' });
  sheet.y += 14;
  const blocks: Block[] = [{ title: words.orderedOn, text: say.day(slip.orderedOn) }];
  if (slip.deliverTo) blocks.unshift({ title: words.deliverTo, text: say.address(slip.deliverTo) });
  if (slip.tracking !== null) blocks.push({ title: words.tracking, text: slip.tracking });
  writeBlocks(sheet, blocks, 3);
  sheet.y += 26;
  const columns = [
    { title: words.description, width: textWidth - 90 },
    { title: words.quantity, width: 90 },
  ];
  writeTable(
    sheet,
    columns,
    slip.lines.map(({ title, detail, properties, quantity }) => ({
      cells: [title, say.count(quantity)],
      below: [detail, ...properties.map(([name, value]) => `${name}: ${value}`)]
        .filter((line) => line !== '')
        .join('\n'),
    })),
  );
  sheet.y += 14;
  sheet.paragraph(words.thanks);
  return sheet.finish();
}
