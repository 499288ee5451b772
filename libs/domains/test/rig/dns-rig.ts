import { createSocket, type Socket } from 'node:dgram';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import * as dnsPacket from 'dns-packet';

export type RigType = 'A' | 'AAAA' | 'CNAME' | 'TXT' | 'CAA' | 'NS' | 'SOA';
/** `silent` never answers; `bogus` fails only while signatures are checked; `truncated` answers in full over TCP only. */
export type RigFault = 'servfail' | 'refused' | 'silent' | 'bogus' | 'truncated';
/** A CAA value is written as in a zone file: `0 issue "letsencrypt.org"`. */
export type RigRecords = Partial<Record<RigType, string[]>>;

const MAX_HOPS = 16;

/** A programmable resolver on loopback, UDP and TCP: answers from its own table, follows CNAMEs, and fails on demand. */
export class DnsRig {
  private readonly names = new Map<string, RigRecords>();
  private readonly faults = new Map<string, { fault: RigFault; type: RigType | null }>();
  /** Every question asked, as `TYPE name`. */
  readonly asked: string[] = [];

  private constructor(
    private readonly udp: Socket,
    private readonly tcp: Server,
    readonly port: number,
  ) {}

  /** Starts on a free port, with the top-level zones `test` and `localhost` in place. */
  static async start(): Promise<DnsRig> {
    for (let attempt = 0; ; attempt += 1) {
      const udp = createSocket('udp4');
      await new Promise<void>((resolve) => {
        udp.bind(0, '127.0.0.1', resolve);
      });
      const tcp = createServer();
      try {
        await listen(tcp, udp.address().port);
      } catch (error) {
        udp.close();
        if (attempt < 10) continue;
        throw error;
      }
      const rig = new DnsRig(udp, tcp, (tcp.address() as AddressInfo).port);
      rig.serve();
      rig.zone('test').zone('localhost');
      return rig;
    }
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Makes a registered domain: a zone apex with name servers. */
  zone(name: string): this {
    return this.set(name, { NS: [`ns.${name}`], SOA: [`ns.${name}`] });
  }

  /** Adds or replaces record sets of a name. */
  set(name: string, records: RigRecords): this {
    const key = name.toLowerCase();
    this.names.set(key, { ...this.names.get(key), ...records });
    return this;
  }

  /** Removes a name with its faults. */
  clear(name: string): this {
    this.names.delete(name.toLowerCase());
    this.faults.delete(name.toLowerCase());
    return this;
  }

  /** Makes questions for a name fail, all of them or those of one type. */
  fail(name: string, fault: RigFault, type: RigType | null = null): this {
    this.faults.set(name.toLowerCase(), { fault, type });
    return this;
  }

  /** Empties the table, the faults and the list of questions. */
  reset(): this {
    this.names.clear();
    this.faults.clear();
    this.asked.length = 0;
    return this.zone('test').zone('localhost');
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.udp.close(() => resolve());
    });
    await new Promise<void>((resolve) => {
      this.tcp.close(() => resolve());
    });
  }

  private serve(): void {
    this.udp.on('message', (message, peer) => {
      const answer = this.answer(dnsPacket.decode(message), false);
      if (answer) this.udp.send(dnsPacket.encode(answer), peer.port, peer.address);
    });
    this.tcp.on('connection', (socket) => {
      socket.on('error', () => socket.destroy());
      let pending = Buffer.alloc(0);
      socket.on('data', (chunk: Buffer) => {
        pending = Buffer.concat([pending, chunk]);
        if (pending.length < 2 || pending.length < 2 + pending.readUInt16BE(0)) return;
        const answer = this.answer(dnsPacket.streamDecode(pending), true);
        if (answer) socket.end(dnsPacket.streamEncode(answer));
      });
    });
  }

  private answer(query: dnsPacket.Packet, overTcp: boolean): dnsPacket.Packet | null {
    const question = query.questions?.[0];
    if (!question) return null;
    const type = question.type as RigType;
    this.asked.push(`${type} ${question.name}`);

    const reply = (
      rcode: number,
      answers: dnsPacket.Answer[] = [],
      flags = 0,
    ): dnsPacket.Packet => ({
      type: 'response',
      id: query.id,
      flags: dnsPacket.RECURSION_DESIRED | dnsPacket.RECURSION_AVAILABLE | flags | rcode,
      questions: query.questions,
      answers,
    });
    const fault = this.faultOf(question.name, type);
    const checkingDisabled = ((query.flags ?? 0) & dnsPacket.CHECKING_DISABLED) !== 0;
    if (fault === 'silent') return null;
    if (fault === 'servfail' || (fault === 'bogus' && !checkingDisabled)) return reply(2);
    if (fault === 'refused') return reply(5);
    if (fault === 'truncated' && !overTcp) return reply(0, [], dnsPacket.TRUNCATED_RESPONSE);
    const { rcode, answers } = this.resolve(question.name, type);
    return reply(rcode, answers);
  }

  private faultOf(name: string, type: RigType): RigFault | null {
    const entry = this.faults.get(name.toLowerCase());
    return entry && (entry.type === null || entry.type === type) ? entry.fault : null;
  }

  /** As a recursive resolver does: the whole CNAME chain, then the records; a loop is a server failure. */
  private resolve(start: string, type: RigType): { rcode: number; answers: dnsPacket.Answer[] } {
    const answers: dnsPacket.Answer[] = [];
    let name = start;
    for (let hop = 0; hop < MAX_HOPS; hop += 1) {
      const inner = hop > 0 ? this.faultOf(name, type) : null;
      if (inner === 'servfail') return { rcode: 2, answers: [] };
      const records = this.names.get(name.toLowerCase());
      const alias = type === 'CNAME' ? undefined : records?.CNAME?.[0];
      if (alias === undefined) {
        for (const value of records?.[type] ?? []) answers.push(toAnswer(name, type, value));
        return { rcode: this.exists(name) ? 0 : 3, answers };
      }
      answers.push(toAnswer(name, 'CNAME', alias));
      name = alias;
    }
    return { rcode: 2, answers: [] };
  }

  private exists(name: string): boolean {
    const key = name.toLowerCase();
    return this.names.has(key) || [...this.names.keys()].some((other) => other.endsWith(`.${key}`));
  }
}

function toAnswer(name: string, type: RigType, value: string): dnsPacket.Answer {
  const ttl = 60;
  switch (type) {
    case 'TXT':
      // Long strings travel in pieces of 255 bytes, as in real zones.
      return { name, type, ttl, data: value.match(/.{1,255}/gs) ?? [''] };
    case 'CAA': {
      const [, flags = '0', tag = 'issue', text = ''] = /^(\d+) (\w+) "(.*)"$/.exec(value) ?? [];
      return { name, type, ttl, data: { flags: Number(flags), tag: tag as 'issue', value: text } };
    }
    case 'SOA': {
      const timers = { serial: 1, refresh: 3600, retry: 600, expire: 86400, minimum: 60 };
      return { name, type, ttl, data: { mname: value, rname: `hostmaster.${name}`, ...timers } };
    }
    default:
      return { name, type, ttl, data: value };
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
