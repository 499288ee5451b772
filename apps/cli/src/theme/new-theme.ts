import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { ApiRefusal } from '../connection/api';
import type { StoreConnection } from '../connection/connect';
import {
  type BaseVersion,
  type Creation,
  type PushBegun,
  forgetPush,
  notePush,
  pushBegun,
} from './files/base-version';
import { type ThemeFolder, hashesOf } from './files/theme-folder';
import { type RemoteTheme, RemoteThemes } from './remote';

/** A request that the server still works on is asked for again after this, in milliseconds. */
const againMs = 1_000;
/** So often; the server lets no request run longer. */
const mostRounds = 90;

/** A theme that a push from this folder had made before its answer was lost. */
export interface TakenUp {
  theme: RemoteTheme;
  base: BaseVersion;
}

/**
 * The theme of a push that was broken off here: one that was not there before it, and whose first version holds exactly
 * what it sent.
 * @returns null when there is none
 */
export async function brokenOffTheme(
  connection: StoreConnection,
  folder: string,
): Promise<TakenUp | null> {
  const begun = await pushBegun(folder);
  if (!begun?.creation || !isThere(begun.creation, connection)) return null;
  const { themeIds } = begun.creation;
  const remote = new RemoteThemes(connection);
  for (const theme of await remote.list()) {
    if (themeIds.includes(theme.id)) continue;
    const first = (await remote.versions(theme.id)).find(({ n }) => n === 1);
    if (!first) continue;
    const { versionId, n, files } = await remote.detail(theme.id, first.versionId);
    if (!alike(begun, Object.fromEntries(files.map(({ path, hash }) => [path, hash])))) continue;
    const { server, storeId } = connection;
    return {
      theme,
      base: { server, storeId, themeId: theme.id, versionId, n, files: begun.files },
    };
  }
  return null;
}

/**
 * Makes a theme of a folder's files, once: a request that is sent again after a broken connection has the same key.
 * @param send sends the files with these headers
 * @throws what `send` does
 */
export async function makeTheme<T>(
  connection: StoreConnection,
  { folder, files }: ThemeFolder,
  send: (headers: Record<string, string>) => Promise<T>,
): Promise<T> {
  const hashes = hashesOf(files);
  const creation = await creationOf(connection, folder, hashes);
  await notePush(folder, { versionId: null, files: hashes, creation });
  for (let round = 1; ; round += 1) {
    try {
      return await send({ 'idempotency-key': creation.key });
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      if (error.code === 'http.idempotency-in-progress' && round < mostRounds) {
        await wait(againMs);
        continue;
      }
      // The server has said no: nothing of it is there.
      if (error.status < 500) await forgetPush(folder);
      throw error;
    }
  }
}

/** That of the push that was broken off when it had these very files, else a new one. */
async function creationOf(
  connection: StoreConnection,
  folder: string,
  hashes: Record<string, string>,
): Promise<Creation> {
  const begun = await pushBegun(folder);
  const known = begun?.creation;
  if (begun && known && isThere(known, connection) && alike(begun, hashes)) return known;
  const { server, storeId } = connection;
  const themes = await new RemoteThemes(connection).list();
  return { server, storeId, key: randomUUID(), themeIds: themes.map(({ id }) => id) };
}

function isThere({ server, storeId }: Creation, connection: StoreConnection): boolean {
  return server === connection.server && storeId === connection.storeId;
}

function alike({ files }: PushBegun, others: Record<string, string>): boolean {
  const paths = Object.keys(files);
  return (
    paths.length === Object.keys(others).length &&
    paths.every((path) => files[path] === others[path])
  );
}
