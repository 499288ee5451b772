/** A shopper's request, apart from the server that took it: HTTP/1.1 or HTTP/2, plain or encrypted. */
export interface ShopRequest {
  id: string;
  method: string;
  /** The request target as it was sent. */
  target: string;
  /** Every Host header, and `:authority` of HTTP/2; more than one is a trick. */
  hosts: string[];
  secure: boolean;
  /** The name of the TLS handshake that ended here; null without one. */
  servername: string | null;
  headers: Readonly<Record<string, string | undefined>>;
  /** The peer's address, or what a trusted proxy says of it. */
  ip: string;
  /** Where a trusted proxy says that this address is, ISO 3166-1 alpha-2; none where nobody said it. */
  country?: string | null;
  body: Buffer;
  /** The language at the front of the path; none for the store's first one. */
  locale?: string;
}

/** What goes back. Compression, conditions and HEAD are the last station's business. */
export interface ShopResponse {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer;
  /** Whether the body is in brotli, made where the page was; the last station unpacks it for who cannot. */
  packed?: boolean;
  /** `bodyHash` of the plain body, where it is known. */
  hash?: string;
  /** Ready-made encodings of the body by name; absent ones are not offered. */
  encoded?: { br?: Buffer; gzip?: Buffer };
}
