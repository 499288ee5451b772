import * as fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { FileFault } from './problem';
import { RecordScanner } from './record-scanner';
import { scanFile } from './scan';

async function scan(content: string | Buffer, chunk = 7) {
  const bytes = Buffer.from(content);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  }
  return scanFile(chunks());
}

async function fault(content: string | Buffer): Promise<FileFault> {
  const found: unknown = await scan(content).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(found instanceof FileFault)) throw new Error(`No fault was found: ${String(found)}`);
  return found;
}

describe('the first pass over a file', () => {
  it('counts rows and products, finds handles whose rows are apart, and takes a byte order mark', async () => {
    const found = await scan(
      '\ufeffHandle,Title\na,A\n"b","B ""x""\nmore"\n\n,,\na,\nc,C\r\nb,\n"c",',
    );
    expect(found.rows).toBe(6);
    expect(found.products).toBe(3);
    expect([...found.apart]).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['nothing', '', 'empty-file', 1],
    ['a byte order mark alone', '\ufeff', 'empty-file', 1],
    ['an empty first line', ',,\na,A', 'empty-file', 1],
    ['a header alone', 'Handle,Title\n', 'no-rows', 1],
    ['a header and empty rows', 'Handle,Title\n,\n,\n', 'no-rows', 1],
    ['no title column', 'Handle,Price\na,1', 'missing-column', 1],
    ['no handle column, and a row without a title', 'Title,Price\nA,1\n,2', 'missing-column', 3],
    [
      'the same column in both generations',
      'Handle,Title,URL handle\na,A,a',
      'duplicate-column',
      1,
    ],
    ['an open quote', 'Handle,Title\na,A\nb,"B\nc,C\n', 'broken-quote', 3],
    ['a quote within a bare value', 'Handle,Title\na,A\nb,5" nail\n', 'broken-quote', 3],
    ['text after a closing quote', 'Handle,Title\n"a"x,A\n', 'broken-quote', 2],
    ['semicolons', 'Handle;Title;Vendor\na;A;V', 'wrong-delimiter', 1],
    ['quoted names and semicolons', '"Handle";"Title"\n"a";"A"', 'wrong-delimiter', 1],
    ['tabs', 'Handle\tTitle\na\tA', 'wrong-delimiter', 1],
    ['a record without end', `Handle,Title\na,"${'x'.repeat(1_100_000)}"`, 'record-too-long', 2],
    ['UTF-16', Buffer.from('\ufeffHandle,Title\na,A', 'utf16le'), 'wrong-encoding', 1],
    ['UTF-16 without a mark', Buffer.from('Handle,Title\na,A', 'utf16le'), 'wrong-encoding', 1],
    ['Latin-1', Buffer.from('Handle,Title\na,A\nb,Caf\xe9\n', 'latin1'), 'wrong-encoding', 3],
    [
      'half a character',
      Buffer.from([...Buffer.from('Handle,Title\na,A'), 0xe4, 0xb8]),
      'wrong-encoding',
      2,
    ],
    ['zero bytes', 'Handle,Title\na,A\u0000b', 'not-csv', 2],
    ['a workbook', Buffer.from('PK\u0003\u0004…'), 'not-csv', 1],
  ])('refuses %s', async (_what, content, code, line) => {
    expect(await fault(content)).toMatchObject({ code, line });
  });

  it('names what it found', async () => {
    expect((await fault('Handle;Title\na;A')).message).toContain('semicolons');
    const latin = await fault(Buffer.from('Handle,Title\na,A\nb,Caf\xe9\n', 'latin1'));
    expect(latin.message).toMatch(/byte 23 is 0xE9.*“é”/);
    expect((await fault('Handle,Price\na,1')).message).toContain('“Title”');
    expect((await fault('Handle,Title\na,A\nb,"B\nc,C\n')).message).toContain('line 3');
  });

  it('sees the same records as the parser of the second pass, or both refuse', () => {
    const text = fc
      .array(fc.constantFrom('"', '"', '""', ',', '\n', '\r\n', 'a', 'é', ' '), { maxLength: 40 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (content, size) => {
        expect(ours(content, size)).toEqual(theirs(content));
      }),
      { numRuns: 2_000 },
    );
  });
});

function ours(content: string, size: number): string[][] | null {
  const records: string[][] = [];
  const scanner = new RecordScanner(({ cells }) => records.push([...cells.values()]));
  const bytes = Buffer.from(content);
  try {
    for (let at = 0; at < bytes.length; at += size) scanner.push(bytes.subarray(at, at + size));
    scanner.end();
    return records;
  } catch {
    return null;
  }
}

function theirs(content: string): string[][] | null {
  try {
    return parse(content, {
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
    });
  } catch {
    return null;
  }
}
