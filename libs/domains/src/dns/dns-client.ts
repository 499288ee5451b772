import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { getServers } from 'node:dns';
import { connect, isIPv6 } from 'node:net';
import * as dnsPacket from 'dns-packet';

export type DnsType = 'A' | 'AAAA' | 'CNAME' | 'TXT' | 'CAA' | 'NS';
/** Why there is no answer. `refused` is the server's word; the others are the network's. */
export type DnsFailure = 'servfail' | 'refused' | 'timeout' | 'unreachable' | 'malformed';

/** What one resolver said: records of the whole chain, or that the name does not exist, or nothing usable. */
export type DnsReply =
  { ok: true; exists: boolean; answers: dnsPacket.Answer[] } | { ok: false; why: DnsFailure };

export interface DnsClientOptions {
  /** `ip`, `ip:port` or `[ip6]:port`; null takes those of the machine. */
  resolvers: readonly string[] | null;
  /** For one try of one resolver. */
  timeoutMs?: number;
  tries?: number;
}

interface Endpoint {
  address: string;
  port: number;
}

/** Carried over UDP without fragments nearly everywhere (DNS flag day 2020). */
const UDP_PAYLOAD = 1232;

/**
 * Asks recursive resolvers and returns the raw answer. Node's own resolver hides what a diagnosis lives on: the
 * CNAME chain, the difference between REFUSED and SERVFAIL, and the bit that switches signature checks off.
 */
export class DnsClient {
  readonly resolvers: readonly string[];
  private readonly timeoutMs: number;
  private readonly tries: number;

  constructor(options: DnsClientOptions) {
    this.resolvers = options.resolvers ?? getServers();
    this.timeoutMs = options.timeoutMs ?? 800;
    this.tries = options.tries ?? 2;
  }

  /** Asks the resolvers in turn until one answers; never throws. A failure is that of the last one asked. */
  async ask(name: string, type: DnsType): Promise<DnsReply> {
    let last: DnsReply = { ok: false, why: 'unreachable' };
    for (const resolver of this.resolvers) {
      last = await this.askOne(resolver, name, type);
      if (last.ok) return last;
    }
    return last;
  }

  /** Asks one resolver; `checkingDisabled` wants the records even when their signatures are wrong. Never throws. */
  async askOne(
    resolver: string,
    name: string,
    type: DnsType,
    checkingDisabled = false,
  ): Promise<DnsReply> {
    const endpoint = readEndpoint(resolver);
    const packet = question(name, type, checkingDisabled);
    let last: DnsReply = { ok: false, why: 'timeout' };
    for (let attempt = 0; attempt < this.tries; attempt += 1) {
      try {
        const reply = await overUdp(endpoint, packet, this.timeoutMs);
        const whole = reply.flag_tc ? await overTcp(endpoint, packet, this.timeoutMs) : reply;
        return readReply(whole);
      } catch (error) {
        last = { ok: false, why: failureOf(error) };
        if (last.why !== 'timeout') return last;
      }
    }
    return last;
  }
}

/** Splits `ip`, `ip:port` and `[ip6]:port`; the port is 53 when it is not given. */
export function readEndpoint(text: string): Endpoint {
  if (isIPv6(text)) return { address: text, port: 53 };
  const [, bracketed, plain = '', port = '53'] =
    /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(text) ?? [];
  return { address: bracketed ?? plain, port: Number(port) };
}

function question(name: string, type: DnsType, checkingDisabled: boolean): dnsPacket.Packet {
  return {
    type: 'query',
    id: randomInt(0, 65_536),
    flags: dnsPacket.RECURSION_DESIRED | (checkingDisabled ? dnsPacket.CHECKING_DISABLED : 0),
    questions: [{ type, name }],
    additionals: [
      {
        type: 'OPT',
        name: '.',
        udpPayloadSize: UDP_PAYLOAD,
        extendedRcode: 0,
        ednsVersion: 0,
        flags: 0,
        flag_do: false,
        options: [],
      },
    ],
  };
}

class TimedOut extends Error {}

function overUdp(
  endpoint: Endpoint,
  packet: dnsPacket.Packet,
  timeoutMs: number,
): Promise<dnsPacket.DecodedPacket> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(endpoint.address) ? 'udp6' : 'udp4');
    const finish = (act: () => void): void => {
      clearTimeout(timer);
      socket.close();
      act();
    };
    const timer = setTimeout(() => finish(() => reject(new TimedOut())), timeoutMs);
    socket.once('error', (error) => finish(() => reject(error)));
    socket.on('message', (message) => {
      const reply = decode(message);
      // Anything that is not the answer to this question may be a forgery: keep listening.
      if (reply && answersTo(reply, packet)) finish(() => resolve(reply));
    });
    // A connected socket takes datagrams of this server only, and hears of a closed port.
    socket.connect(endpoint.port, endpoint.address, () => {
      socket.send(dnsPacket.encode(packet));
    });
  });
}

function overTcp(
  endpoint: Endpoint,
  packet: dnsPacket.Packet,
  timeoutMs: number,
): Promise<dnsPacket.DecodedPacket> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    const socket = connect({ host: endpoint.address, port: endpoint.port });
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    socket.setTimeout(timeoutMs, () => fail(new TimedOut()));
    socket.once('error', fail);
    socket.once('end', () => fail(new Error('closed early')));
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
      const reply = decode(received.subarray(2));
      if (!reply || !answersTo(reply, packet)) return fail(new Error('not the answer'));
      socket.destroy();
      resolve(reply);
    });
    socket.write(dnsPacket.streamEncode(packet));
  });
}

function decode(message: Buffer): dnsPacket.DecodedPacket | null {
  try {
    return dnsPacket.decode(message);
  } catch {
    return null;
  }
}

function answersTo(reply: dnsPacket.DecodedPacket, packet: dnsPacket.Packet): boolean {
  const asked = packet.questions?.[0];
  const answered = reply.questions?.[0];
  return (
    reply.type === 'response' &&
    reply.id === packet.id &&
    answered?.type === asked?.type &&
    answered?.name.toLowerCase() === asked?.name.toLowerCase()
  );
}

function readReply(reply: dnsPacket.DecodedPacket): DnsReply {
  // The type declarations leave out the response code, which `decode` sets.
  const { rcode } = reply as dnsPacket.DecodedPacket & { rcode: string };
  if (rcode === 'NOERROR' || rcode === 'NXDOMAIN') {
    return { ok: true, exists: rcode === 'NOERROR', answers: reply.answers ?? [] };
  }
  return { ok: false, why: rcode === 'REFUSED' ? 'refused' : 'servfail' };
}

function failureOf(error: unknown): DnsFailure {
  if (error instanceof TimedOut) return 'timeout';
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return code.startsWith('E') ? 'unreachable' : 'malformed';
}
