import { Inject, Injectable } from '@nestjs/common';
import { Db } from '@platform/database';
import type { HostnameState } from '../hostname.entity';

/** What a renderer must know of the host of a request. */
export interface HostEntry {
  storeId: string;
  host: string;
  state: HostnameState;
  /**
   * `https` when a valid certificate is stored, `http` before the first one, `gone` while the hostname is being removed
   * (answer 410, never another store).
   */
  serves: 'https' | 'http' | 'gone';
  /** The store's primary hostname; null when it has none. */
  primaryHost: string | null;
  /** Where requests for this host are sent permanently; null to answer here. */
  redirectTo: string | null;
}

interface HostRow {
  store_id: string;
  host_ascii: string;
  state: HostnameState;
  has_certificate: boolean;
  primary_host: string | null;
}

/** Which store a connected hostname belongs to. Platform names (`<handle>.<zone>`) are the stores slice's. */
@Injectable()
export class HostDirectory {
  constructor(@Inject(Db) private readonly db: Db) {}

  /**
   * Finds a connected hostname; one indexed look-up, cache it. Takes lower-case A-labels without port and closing dot.
   * Null for
   * names that nobody holds and for blocked ones: a claim alone serves nothing.
   */
  async lookup(hostAscii: string): Promise<HostEntry | null> {
    const [row] = await this.db.acrossStores('find the store of a host', (tx) =>
      tx.query<HostRow>(
        `SELECT h.store_id, h.host_ascii, h.state,
                EXISTS (SELECT FROM certificates c WHERE c.store_id = h.store_id
                        AND c.id = h.certificate_id AND c.not_after > now()) AS has_certificate,
                (SELECT p.host_ascii FROM hostnames p
                 WHERE p.store_id = h.store_id AND p.is_primary) AS primary_host
         FROM hostnames h
         WHERE h.host_ascii = $1 AND h.state IN ('verified', 'issuing', 'active', 'releasing')`,
        [hostAscii],
      ),
    );
    if (!row) return null;
    const serves = row.state === 'releasing' ? 'gone' : row.has_certificate ? 'https' : 'http';
    const elsewhere = row.primary_host !== null && row.primary_host !== row.host_ascii;
    return {
      storeId: row.store_id,
      host: row.host_ascii,
      state: row.state,
      serves,
      primaryHost: row.primary_host,
      redirectTo: elsewhere && serves !== 'gone' ? row.primary_host : null,
    };
  }

  /** The store's primary hostname, for links and for redirects from its platform name; null when it has none. */
  async primaryHostOf(storeId: string): Promise<string | null> {
    const [row] = await this.db.read(storeId, (store) =>
      store.query<{ host_ascii: string }>(
        'SELECT host_ascii FROM hostnames WHERE store_id = $1 AND is_primary',
        [storeId],
      ),
    );
    return row?.host_ascii ?? null;
  }

  /**
   * The answer to `/.well-known/acme-challenge/<token>`, from shared storage, so that any renderer can give it; null (404)
   * for another host or an unknown token. To be asked before anything of a store is.
   */
  async answerChallenge(hostAscii: string, token: string): Promise<string | null> {
    // RFC 8555, 8.1: base64url; anything else was not made by an authority.
    if (!/^[A-Za-z0-9_-]{1,128}$/.test(token)) return null;
    const [row] = await this.db.outsideStores((tx) =>
      tx.query<{ key_authorization: string }>(
        `SELECT key_authorization FROM acme_challenges
         WHERE token = $1 AND host_ascii = $2 AND expires_at > now()`,
        [token, hostAscii],
      ),
    );
    return row?.key_authorization ?? null;
  }
}
