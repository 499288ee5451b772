import { chownSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The user as whom PostgreSQL runs when it may not run as the present one. */
export interface ServerUser {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root, so root lends it to another user.
 * @param dataFolder whoever owns it already goes on owning it
 * @returns null when the present user may run PostgreSQL itself
 */
export function serverUser(dataFolder: string): ServerUser | null {
  if (process.getuid?.() !== 0) return null;
  const owner = statSync(dataFolder, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found =
    users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  const [, , uid = '65534', gid = '65534'] = found ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

/**
 * Whether a user can walk to a path: every folder above it must let them through. An absent path is judged by its
 * nearest folder that exists.
 * @param user null stands for the present user, who made the path and can reach it
 */
export function canReach(path: string, user: ServerUser | null): boolean {
  if (user === null) return true;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const stat = statSync(folder, { throwIfNoEntry: false });
    if (stat && !mayTraverse(stat, user)) return false;
    if (dirname(folder) === folder) return true;
  }
}

/** Gives a path to the server's user; nothing to do when it is the present one. */
export function handTo(path: string, user: ServerUser | null): void {
  if (user !== null) chownSync(path, user.uid, user.gid);
}

function mayTraverse(stat: { mode: number; uid: number; gid: number }, user: ServerUser): boolean {
  if (stat.uid === user.uid) return (stat.mode & 0o100) !== 0;
  if (stat.gid === user.gid) return (stat.mode & 0o010) !== 0;
  return (stat.mode & 0o001) !== 0;
}
