/** The host of a request, in lower case, without port and closing dot. */
export interface ParsedHost {
  name: string;
  /** As sent; null when none was. */
  port: number | null;
}

const label = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

/**
 * Reads the host strictly. What Node lets pass (two Host headers, user info, blanks, a port of 99999, an absolute
 * target that names another host) is refused here, since everything that follows hangs on whose page this is.
 * @param hosts every Host header and the `:authority`
 * @param target the request target; an absolute one must name the same host
 * @returns null for a request that must be answered 400
 */
export function parseHost(hosts: readonly string[], target: string): ParsedHost | null {
  const [first] = hosts;
  if (first === undefined || hosts.length !== 1) return null;
  const host = parseAuthority(first);
  if (!host) return null;
  if (target.startsWith('/') || target === '*') return host;
  const absolute = /^https?:\/\/([^/?#]*)/i.exec(target);
  const named = absolute ? parseAuthority(absolute[1] ?? '') : null;
  return named && named.name === host.name && named.port === host.port ? host : null;
}

function parseAuthority(text: string): ParsedHost | null {
  const match = /^([^:@/\\?#\s]+)(?::(\d{1,5}))?$/.exec(text.toLowerCase());
  if (!match) return null;
  const name = (match[1] ?? '').replace(/\.$/, '');
  const port = match[2] === undefined ? null : Number(match[2]);
  if (port !== null && (port < 1 || port > 65_535)) return null;
  if (name.length > 253 || !name.split('.').every((part) => label.test(part))) return null;
  return { name, port };
}

/** The path and query of a target, absolute or not. */
export function pathOf(target: string): string {
  const absolute = /^https?:\/\/[^/?#]*(.*)$/i.exec(target);
  const rest = absolute ? (absolute[1] ?? '') : target;
  return rest.startsWith('/') ? rest : `/${rest}`;
}
