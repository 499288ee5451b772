import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getTool } from '../apps/e2e/test/tools';

const checker = require.resolve('vnu-jar/build/dist/vnu.jar');

interface Message {
  type: 'error' | 'info' | 'non-document-error';
  url?: string;
  lastLine?: number;
  message: string;
  extract?: string;
}

/**
 * Asks the W3C's checker about pages, all in one start of Java.
 * @param pages HTML by a name of letters, digits and dashes
 * @returns one line for each error, empty when there is none
 */
export async function markupErrors(pages: ReadonlyMap<string, string>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'caravel-markup-'));
  try {
    for (const [name, html] of pages) await writeFile(join(folder, `${name}.html`), html);
    const messages = await check(folder);
    return messages
      .filter(({ type }) => type !== 'info')
      .map(({ url = '', lastLine = 0, message, extract = '' }) => {
        const page = url.split('/').pop()?.replace('.html', '') ?? '';
        return `${page}:${lastLine} ${message} ${extract.replace(/\s+/g, ' ').trim()}`;
      });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The checker leaves with 1 when it found something; only an answer that is no JSON is a failure. */
function check(folder: string): Promise<Message[]> {
  const args = ['-Xss4m', '-jar', checker, '--format', 'json', '--exit-zero-always', folder];
  return new Promise((resolve, reject) => {
    execFile(getTool('java'), args, { maxBuffer: 64 * 1024 * 1024 }, (error, _out, report) => {
      if (error) return reject(new Error(`The W3C checker failed: ${report || error.message}`));
      resolve((JSON.parse(report) as { messages: Message[] }).messages);
    });
  });
}
