import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { AppError } from '@libs/kernel';
import { type SealContext, Secrets, hashToken, newToken, sameSecret } from './index';

const master = 'a-master-secret-of-this-suite-only';
const secrets = new Secrets({ masters: [master] });
const context: SealContext = { purpose: 'cert', table: 'certificates', rowId: 'r1', storeId: 's1' };
const contexts = fc.record({
  purpose: fc.string(),
  table: fc.string(),
  rowId: fc.string(),
  storeId: fc.string(),
});

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
  return 'opened';
}

describe('sealed values', () => {
  it('open to what was sealed, in the same record', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), contexts, (bytes, where) => {
        const sealed = secrets.seal(Buffer.from(bytes), where);
        expect(secrets.open(sealed, where)).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('never look the same twice and never show the plaintext', () => {
    const [a, b] = [secrets.seal('hunter2', context), secrets.seal('hunter2', context)];
    expect(a).not.toBe(b);
    expect(Buffer.from(a, 'base64url').includes('hunter2')).toBe(false);
  });

  it('are refused after any character was changed', () => {
    const sealed = secrets.seal('the private key', context);
    fc.assert(
      fc.property(
        fc.nat(sealed.length - 1),
        fc.constantFrom(...'ABYZabyz0189-_.+/= '.split('')),
        (at, put) => {
          fc.pre(sealed[at] !== put);
          const changed = sealed.slice(0, at) + put + sealed.slice(at + 1);
          expect(codeOf(() => secrets.open(changed, context))).toMatch(
            /^secrets\.(refused|unknown-key)$/,
          );
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('are refused after any byte was changed', () => {
    const parts = secrets.seal('the private key', context).split('.');
    for (const part of [2, 3]) {
      const bytes = Buffer.from(parts[part] ?? '', 'base64url');
      for (let at = 0; at < bytes.length; at++) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ 0x01;
        const text = parts.with(part, changed.toString('base64url')).join('.');
        expect(codeOf(() => secrets.open(text, context))).toBe('secrets.refused');
      }
    }
  });

  it('are refused when cut short', () => {
    const sealed = secrets.seal('x', context);
    for (let length = 0; length < sealed.length; length++) {
      expect(codeOf(() => secrets.open(sealed.slice(0, length), context))).not.toBe('opened');
    }
  });

  it('open in no other record', () => {
    fc.assert(
      fc.property(contexts, contexts, (mine, other) => {
        fc.pre(JSON.stringify(Object.values(mine)) !== JSON.stringify(Object.values(other)));
        expect(codeOf(() => secrets.open(secrets.seal('x', mine), other))).toMatch(/^secrets\./);
      }),
    );
  });

  it('keep parts apart that run together as text', () => {
    const sealed = secrets.seal('x', { ...context, table: 'a|b', rowId: 'c' });
    const shifted = { ...context, table: 'a', rowId: 'b|c' };
    expect(codeOf(() => secrets.open(sealed, shifted))).toBe('secrets.refused');
  });
});

describe('keys', () => {
  it('differ by purpose, so that a process without one purpose cannot open it', () => {
    const cert = { id: 'cert-1', key: randomBytes(32), purposes: ['cert'] };
    const acct = { id: 'acct-1', key: randomBytes(32), purposes: ['acct'] };
    const issuing = new Secrets({ keys: [cert, acct] });
    const rendering = new Secrets({ keys: [cert] });
    const account = { ...context, purpose: 'acct' };
    const sealed = issuing.seal('account key', account);
    expect(codeOf(() => rendering.open(sealed, account))).toBe('secrets.unknown-key');
    expect(codeOf(() => rendering.seal('x', account))).toBe('secrets.no-key');
    expect(rendering.open(issuing.seal('tls key', context), context).toString()).toBe('tls key');
  });

  it('rotate by wrapping the data key again', () => {
    const sealed = secrets.seal('kept', context);
    const rotated = new Secrets({ masters: ['the-next-master-secret', master] });
    expect(rotated.isStale(sealed, context.purpose)).toBe(true);
    const again = rotated.rewrap(sealed, context);
    expect(again.split('.')[3]).toBe(sealed.split('.')[3]);
    expect(rotated.isStale(again, context.purpose)).toBe(false);
    const after = new Secrets({ masters: ['the-next-master-secret'] });
    expect(after.open(again, context).toString()).toBe('kept');
    expect(codeOf(() => after.open(sealed, context))).toBe('secrets.unknown-key');
  });

  it('must have 32 bytes', () => {
    expect(() => new Secrets({ keys: [{ id: 'short', key: randomBytes(16) }] })).toThrow(
      '32 bytes',
    );
  });
});

describe('tokens', () => {
  it('carry at least 128 bits and their prefix', () => {
    const token = newToken('cvl');
    expect(token).toMatch(/^cvl_[A-Za-z0-9_-]{32}$/);
    expect(newToken('cvl')).not.toBe(token);
    expect(newToken()).toMatch(/^[A-Za-z0-9_-]{32}$/);
  });

  it('are kept as SHA-256 (FIPS 180-4 example "abc")', () => {
    expect(hashToken('abc')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('compare by contents', () => {
    expect(sameSecret('abc', 'abc')).toBe(true);
    expect(sameSecret('abc', 'abd')).toBe(false);
    expect(sameSecret('abc', 'abcd')).toBe(false);
  });
});

describe('signatures', () => {
  it('hold for their text and purpose, and for nothing else', () => {
    const signature = secrets.sign('a text', 'artefact');
    expect(secrets.verify('a text', signature, 'artefact')).toBe(true);
    expect(secrets.verify('a text', signature, 'cert')).toBe(false);
    expect(secrets.verify('another text', signature, 'artefact')).toBe(false);
    const other = new Secrets({ masters: ['another-master-secret-of-this-suite'] });
    expect(other.verify('a text', signature, 'artefact')).toBe(false);
  });

  it('are refused, not thrown at, when they are anything else', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(secrets.verify('a text', text, 'artefact')).toBe(false);
      }),
    );
  });

  it('outlive a change of the master secret while the old one is kept', () => {
    const signature = secrets.sign('a text', 'artefact');
    const rotated = new Secrets({ masters: ['a-newer-master-secret-of-this-suite', master] });
    expect(rotated.verify('a text', signature, 'artefact')).toBe(true);
    expect(rotated.sign('a text', 'artefact')).not.toBe(signature);
  });
});
