import { ink, type Sheet, textWidth, type TextPlace } from './sheet';

/** A column of a table; the first one stands where lines begin, the others at their end. */
export interface Column {
  title: string;
  width: number;
}

/** A row: a text for each column, and smaller words below the first one. */
export interface TableRow {
  cells: readonly string[];
  below?: string;
}

const gap = 10;
const padding = 7;
const small = { size: 7.8, color: ink.soft };

/** Writes a table; its head stands again at the top of each further page. */
export function writeTable(
  sheet: Sheet,
  columns: readonly Column[],
  rows: readonly TableRow[],
): void {
  const head = (): void => {
    writeCells(
      sheet,
      columns,
      columns.map(({ title }) => title),
      { ...small, weight: 'bold' },
    );
    sheet.y += 4;
    sheet.rule(0, textWidth, ink.soft);
    sheet.y += padding;
  };
  sheet.room(70);
  head();
  const before = sheet.onNewPage;
  sheet.onNewPage = head;
  for (const row of rows) writeRow(sheet, columns, row);
  sheet.onNewPage = before;
}

function writeRow(sheet: Sheet, columns: readonly Column[], { cells, below }: TableRow): void {
  const width = (columns[0]?.width ?? textWidth) - gap;
  const note = below === undefined || below === '' ? null : { ...small, width };
  const height =
    heightOfCells(sheet, columns, cells) + (note ? sheet.heightOf(below ?? '', note) : 0);
  sheet.room(height + padding);
  const top = sheet.y;
  writeCells(sheet, columns, cells, {});
  if (note) {
    const first = top + sheet.heightOf(cells[0] ?? '', { width });
    sheet.y = Math.max(sheet.y, sheet.write(below ?? '', note, first));
  }
  sheet.y += padding - 1;
  sheet.rule();
  sheet.y += padding;
}

function heightOfCells(sheet: Sheet, columns: readonly Column[], cells: readonly string[]): number {
  return Math.max(
    ...cells.map((cell, at) => sheet.heightOf(cell, { width: (columns[at]?.width ?? 0) - gap })),
  );
}

function writeCells(
  sheet: Sheet,
  columns: readonly Column[],
  cells: readonly string[],
  look: TextPlace,
): void {
  const top = sheet.y;
  let at = 0;
  for (const [index, { width }] of columns.entries()) {
    // Columns that stand at their end touch the margin; the room between columns is before them.
    const place: TextPlace =
      index === 0
        ? { ...look, at, width: width - gap }
        : { ...look, at: at + gap, width: width - gap, align: 'end' };
    sheet.y = Math.max(sheet.y, sheet.write(cells[index] ?? '', place, top));
    at += width;
  }
}
