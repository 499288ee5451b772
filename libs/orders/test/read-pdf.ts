import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

const program = `
import { buffer } from 'node:stream/consumers';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
const data = new Uint8Array(await buffer(process.stdin));
const pdf = await getDocument({ data, verbosity: 0 }).promise;
const pages = [];
for (let number = 1; number <= pdf.numPages; number++) {
  const { items } = await (await pdf.getPage(number)).getTextContent();
  pages.push(items.map(({ str }) => str).join('\\n'));
}
const { info } = await pdf.getMetadata();
process.stdout.write(JSON.stringify({ pages, title: info.Title ?? '', lang: info.Language ?? null }));
`;

/** What a reader of PDF files finds in one. */
export interface ReadPdf {
  /** The words of each page, a line for each piece that was drawn. */
  pages: string[];
  title: string;
  lang: string | null;
}

/** Reads a PDF back with another library than wrote it, in a process of its own. */
export async function readPdf(bytes: Buffer): Promise<ReadPdf> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: __dirname,
  });
  child.stdin.end(bytes);
  return JSON.parse(await text(child.stdout)) as ReadPdf;
}
