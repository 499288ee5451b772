import { Inject, Injectable } from '@nestjs/common';
import { Db } from '@platform/database';
import { Secrets } from '@platform/secrets';
import { certificateKeySeal } from '../certificates/seals';

/** A chain and its key, ready for a TLS context; keep it in memory only. */
export interface ServedCertificate {
  certPem: string;
  keyPem: string;
  notAfter: Date;
}

interface CertificateRow {
  store_id: string;
  id: string;
  chain_pem: string;
  key_sealed: string;
  not_after: Date;
}

/** Certificates by the name that a TLS client asks for. */
@Injectable()
export class CertificateStore {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Secrets) private readonly secrets: Secrets,
  ) {}

  /**
   * The certificate of one host with its unsealed key; null when there is none, never another host's. Takes the SNI as it
   * arrived. Throws when the key cannot be opened: that host is then served by no certificate.
   */
  async certificateFor(sni: string): Promise<ServedCertificate | null> {
    const host = sni.toLowerCase();
    const [row] = await this.db.acrossStores('find the certificate of a host', (tx) =>
      tx.query<CertificateRow>(
        `SELECT c.store_id, c.id, c.chain_pem, c.key_sealed, c.not_after
         FROM hostnames h JOIN certificates c ON c.store_id = h.store_id AND c.id = h.certificate_id
         WHERE h.host_ascii = $1 AND h.state IN ('verified', 'issuing', 'active', 'releasing')
           AND c.key_sealed IS NOT NULL AND $1 = ANY (c.names)`,
        [host],
      ),
    );
    if (!row) return null;
    const key = this.secrets.open(row.key_sealed, certificateKeySeal(row.store_id, row.id));
    return { certPem: row.chain_pem, keyPem: key.toString(), notAfter: row.not_after };
  }
}
