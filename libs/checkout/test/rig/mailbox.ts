import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import type { Lab } from '@testing';

/** The mails of a lab as a mailbox shows them: those of one id once, the oldest first. */
export async function mailsIn(lab: Lab): Promise<Email[]> {
  const folder = join(lab.home, 'mailbox');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
  const all = await Promise.all(
    files.map(async (name) => PostalMime.parse(await readFile(join(folder, name)))),
  );
  return [...new Map(all.map((mail) => [mail.messageId, mail])).values()];
}
