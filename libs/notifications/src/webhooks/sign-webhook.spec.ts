import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { signRequest } from '@platform/secrets';

const secrets = ['whsec_new', 'whsec_old'];
const body = '{"id":1,"title":"Vase 花瓶 é"}';

describe('the example of docs/webhooks.md', () => {
  const folder = mkdtempSync(join(tmpdir(), 'caravel-example-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What the example says, run as it stands there. */
  const ask = (...[header, secret, text, now]: [string, string, string, number]): string => {
    const page = readFileSync(resolve(__dirname, '../../../../docs/webhooks.md'), 'utf8');
    const code = /```js\n([\s\S]+?)```/.exec(page)?.[1] ?? '';
    const file = join(folder, 'example.mjs');
    const args = JSON.stringify([header, secret, now]);
    writeFileSync(
      file,
      `${code}\nconst [header, secret, now] = ${args};
       console.log(verifyWebhook(Buffer.from(${JSON.stringify(text)}), header, secret, now));`,
    );
    return execFileSync(process.execPath, [file], { encoding: 'utf8' }).trim();
  };

  it.each([
    { what: 'the secret', wanted: 'true' },
    { what: 'the secret before it', secret: 'whsec_old', wanted: 'true' },
    { what: 'a clock that is a little off', now: 1299, wanted: 'true' },
    { what: 'another secret', secret: 'whsec_other', wanted: 'false' },
    { what: 'another body', text: body.replace('1', '2'), wanted: 'false' },
    { what: 'an old request', now: 1301, wanted: 'false' },
  ])('judges $what', ({ secret = 'whsec_new', text = body, now = 1000, wanted }) => {
    expect(ask(signRequest(body, secrets, 1000), secret, text, now)).toBe(wanted);
  });

  it('refuses what is no signature', () => {
    for (const header of ['', 'v1=', 't=1000', 't=x,v1=zz', 't=NaN,v1=00'])
      expect(ask(header, 'whsec_new', body, 1000)).toBe('false');
  });
});
