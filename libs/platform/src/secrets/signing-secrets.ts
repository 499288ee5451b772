import type { StoreReader, StoreWriter } from '@platform/database';
import type { Secrets } from './secrets';
import { newToken } from './token';

/**
 * A tenant table whose rows are systems of the merchant that our requests to them are signed for. It has the columns
 * `sealed_secret`, `sealed_previous_secret`, `previous_until`, `version` and `updated_at`.
 */
export interface SignedFor {
  table: string;
  /** The column that names a row within its store. */
  key: string;
  /** Of the seal; it stays what it is, or what was sealed before opens no more. */
  purpose: string;
  /** With which the secrets begin, such as `whsec`. */
  prefix: string;
}

/** A row of a store. */
export interface SignedRow {
  storeId: string;
  rowId: string;
}

/** What a row keeps of its secrets. */
export interface SealedSecrets {
  sealedSecret: string;
  sealedPreviousSecret: string | null;
  /** Until when the secret before signs as well. */
  previousUntil: Date | null;
}

/** The secrets that requests to systems of the merchant are signed with (`signRequest`), sealed for their rows. */
export class SigningSecrets {
  constructor(private readonly secrets: Secrets) {}

  /** A new secret for a row, as its owner is shown it once and as the row keeps it. */
  make(of: SignedFor, row: SignedRow): { secret: string; sealed: string } {
    const secret = newToken(of.prefix);
    return { secret, sealed: this.secrets.seal(secret, contextOf(of, row)) };
  }

  /** The secrets that are good now, the newest first. @throws AppError as `Secrets.open` does */
  open(of: SignedFor, row: SignedRow, kept: SealedSecrets): string[] {
    const { sealedSecret, sealedPreviousSecret, previousUntil } = kept;
    const overlap = previousUntil !== null && previousUntil.getTime() > Date.now();
    return [sealedSecret, overlap ? sealedPreviousSecret : null]
      .filter((text) => text !== null)
      .map((text) => this.secrets.open(text, contextOf(of, row)).toString());
  }

  /** The secrets of a row that are good now, the newest first; none where there is no such row. */
  async find(store: StoreReader, of: SignedFor, rowId: string): Promise<string[]> {
    const [kept] = await store.query<SealedSecrets>(
      `SELECT sealed_secret AS "sealedSecret", sealed_previous_secret AS "sealedPreviousSecret",
         previous_until AS "previousUntil"
       FROM ${of.table} WHERE store_id = $1 AND ${of.key} = $2`,
      [store.storeId, rowId],
    );
    return kept ? this.open(of, { storeId: store.storeId, rowId }, kept) : [];
  }

  /**
   * Gives a row that is there a new secret; the one before it signs as well for a while.
   * @param overlapHours 0 ends the one before at once
   * @returns the secret, which nothing else shows
   */
  async rotate(
    store: StoreWriter,
    of: SignedFor,
    { rowId, overlapHours }: { rowId: string; overlapHours: number },
  ): Promise<string> {
    const { secret, sealed } = this.make(of, { storeId: store.storeId, rowId });
    await store.execute(
      `UPDATE ${of.table} SET sealed_secret = $3,
         sealed_previous_secret = CASE WHEN $4 > 0 THEN sealed_secret END,
         previous_until = CASE WHEN $4 > 0 THEN now() + $4 * interval '1 hour' END,
         version = version + 1, updated_at = now()
       WHERE store_id = $1 AND ${of.key} = $2`,
      [store.storeId, rowId, sealed, overlapHours],
    );
    return secret;
  }
}

function contextOf({ purpose, table }: SignedFor, { storeId, rowId }: SignedRow) {
  return { purpose, table, rowId, storeId };
}
