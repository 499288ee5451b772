import { Inject, Injectable } from '@nestjs/common';
import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { BlobStore } from '@platform/storage';
import {
  FileFault,
  handleOfRow,
  readHeader,
  readRows,
  REASON_COLUMNS,
  type Header,
  type ImportProblem,
} from '../csv';
import { importErrors } from './imports.errors';

/** Makes, from an import's file, the file of the rows that failed. */
@Injectable()
export class FailedRowsService {
  constructor(@Inject(BlobStore) private readonly blobs: BlobStore) {}

  /**
   * Streams all rows of the products that have faults, in the columns of the file, each with what
   * is wrong in it. Of a file that failed as a whole it streams the fault alone.
   * @param faults the import's faults
   * @throws catalog-imports.file-missing
   */
  async open(fileKey: string, faults: readonly ImportProblem[]): Promise<Readable> {
    const blob = await this.blobs.get(fileKey);
    if (!blob) throw importErrors.error('file-missing');
    const csv = stringify({ record_delimiter: '\r\n' });
    // A failed read destroys the output, which ends the download with an error.
    pipeline(Readable.from(failedRows(blob.stream, faults)), csv, () => undefined);
    return csv;
  }
}

async function* failedRows(
  source: Readable,
  faults: readonly ImportProblem[],
): AsyncGenerator<string[]> {
  const whole = faults.find(({ handle }) => handle === null);
  if (whole) {
    source.destroy();
    yield ['Line', ...REASON_COLUMNS];
    for (const { line, message, field } of faults) yield [String(line), message, field ?? ''];
    return;
  }
  yield* rowsOf(source, new Reasons(faults));
}

async function* rowsOf(source: Readable, reasons: Reasons): AsyncGenerator<string[]> {
  let header: Header | null = null;
  try {
    for await (const { line, cells } of readRows(source)) {
      if (!header) {
        header = readHeader(cells);
        yield [...cells, ...REASON_COLUMNS];
      } else if (reasons.concern(handleOfRow(cells, header), line)) {
        const padded = header.names.map((_, index) => cells[index] ?? '');
        yield [...padded, ...reasons.at(line)];
      }
    }
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
  }
}

/** Which rows failed, and why. */
class Reasons {
  private readonly handles: ReadonlySet<string | null>;
  private readonly byLine = new Map<number, ImportProblem[]>();

  constructor(faults: readonly ImportProblem[]) {
    this.handles = new Set(faults.map(({ handle }) => handle));
    for (const fault of faults) {
      this.byLine.set(fault.line, [...(this.byLine.get(fault.line) ?? []), fault]);
    }
  }

  concern(handle: string, line: number): boolean {
    return handle === '' ? this.byLine.has(line) : this.handles.has(handle);
  }

  at(line: number): [problem: string, column: string] {
    const faults = this.byLine.get(line) ?? [];
    const columns = faults.flatMap(({ field }) => (field === null ? [] : [field]));
    return [faults.map(({ message }) => message).join(' '), [...new Set(columns)].join(', ')];
  }
}
