import { ink, type Sheet, textWidth } from './sheet';

/** A heading with words below it. */
export interface Block {
  title: string;
  text: string;
  /** In smaller letters below. */
  note?: string;
}

/** Writes blocks beside each other, each of one share of the width. */
export function writeBlocks(sheet: Sheet, blocks: readonly Block[], share = 3): void {
  const width = textWidth / share;
  const tall = blocks.map(
    ({ title, text, note }) =>
      sheet.heightOf(title, { width: width - 14, size: 7.8 }) +
      sheet.heightOf(text, { width: width - 14 }) +
      sheet.heightOf(note ?? '', { width: width - 14, size: 7.8 }),
  );
  sheet.room(Math.max(...tall));
  const top = sheet.y;
  for (const [index, { title, text, note }] of blocks.entries()) {
    const place = { at: index * width, width: width - 14 };
    const head = sheet.write(title, { ...place, size: 7.8, color: ink.soft }, top);
    let end = sheet.write(text, place, head + 1);
    if (note) end = sheet.write(note, { ...place, size: 7.8, color: ink.soft }, end + 2);
    sheet.y = Math.max(sheet.y, end);
  }
}

/** Writes sums one below the other at the end of lines; the one that counts stands out. */
export function writeSums(
  sheet: Sheet,
  sums: readonly { title: string; amount: string; strong?: boolean }[],
): void {
  const width = 250;
  const at = textWidth - width;
  sheet.room(sums.length * 20);
  for (const { title, amount, strong = false } of sums) {
    if (strong) {
      sheet.y += 3;
      sheet.rule(at, width, ink.soft);
      sheet.y += 6;
    }
    const look = strong
      ? ({ size: 12, weight: 'bold' } as const)
      : ({ size: 9, weight: 'regular' } as const);
    const top = sheet.y;
    const left = sheet.write(title, { ...look, at, width: width / 2 }, top);
    const right = sheet.write(
      amount,
      { ...look, at: at + width / 2, width: width / 2, align: 'end' },
      top,
    );
    sheet.y = Math.max(left, right) + 2;
  }
}
