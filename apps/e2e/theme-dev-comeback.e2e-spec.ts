import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { CommandLine } from './test/command-line';
import { Deployment } from './test/deployment';
import { Merchant, eventually } from './test/merchant';

jest.setTimeout(120_000);

describe('theme dev, while the platform goes and comes', () => {
  let deployment: Deployment;
  let merchant: Merchant;
  let cli: CommandLine;
  let dev: ChildProcess;
  let url: string;
  let said = '';

  beforeAll(async () => {
    deployment = await (await Deployment.prepare()).start(['api', 'renderer']);
    merchant = await Merchant.signUp(deployment.apiUrl, { handle: 'kiln' });
    await merchant.done('POST /products', { body: { title: 'Tall vase' } });
    cli = await CommandLine.open(deployment.apiUrl);
    await cli.run(['login', '--token-stdin'], merchant.token);
    await cli.run(['theme', 'init', 'shop']);
    dev = cli.start(['theme', 'dev', 'shop', '--port', '0', '--json']);
    dev.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [first] = (await once(dev.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
    ({ url } = JSON.parse(first.toString()) as { url: string });
  });
  afterAll(async () => {
    if (dev && dev.exitCode === null) {
      dev.kill('SIGKILL');
      await once(dev, 'exit');
    }
    await cli?.close();
    await deployment?.close();
  });

  const visit = async () => {
    const answer = await fetch(`${url}/products/tall-vase`, { headers: { accept: 'text/html' } });
    return { status: answer.status, text: await answer.text() };
  };
  const section = 'shop/sections/main-product.hbs';
  const edited = async (word: string) => {
    const before = await readFile(cli.path(section), 'utf8');
    return before.replace(/(<i>.*<\/i>)?\{\{#schema\}\}/, `<i>${word}</i>{{#schema}}`);
  };
  const shows = (word: string) =>
    eventually(`the page to say "${word}"`, async () => {
      const { status, text } = await visit();
      return status === 200 && text.includes(`<i>${word}</i>`) ? text : null;
    });

  test('takes up a file that an editor puts in the place of the old one', async () => {
    expect((await visit()).status).toBe(200);
    await writeFile(cli.path(`${section}.tmp`), await edited('renamed'));
    await rename(cli.path(`${section}.tmp`), cli.path(section));
    expect(await shows('renamed')).toContain('Tall vase');
    expect(said).not.toContain('error');
  });

  test('opens the store anew when its preview was ended', async () => {
    const { items } = await merchant.done('GET /theme-previews');
    for (const { previewId } of items as { previewId: string }[])
      await merchant.done(`DELETE /theme-previews/${previewId}`);
    expect((await visit()).status).toBe(200);
    expect((await merchant.done('GET /theme-previews')).items).toHaveLength(1);
  });

  test('says that nothing answers, tries again by itself, and has lost no change when it is back', async () => {
    await deployment.kill('api');
    await deployment.kill('renderer');
    const away = await visit();
    expect(away.status).toBe(502);
    expect(away.text).toMatch(/does not answer[\s\S]*location\.reload\(\)/);
    await visit();
    // Once, however often a page tries.
    expect(said.match(/does not answer/g)).toHaveLength(1);
    await writeFile(cli.path(section), await edited('saved meanwhile'));
    await eventually('the change to be seen', () =>
      Promise.resolve(said.split('main-product.hbs').length > 2 ? true : null),
    );
    await deployment.start(['api', 'renderer']);
    expect(await shows('saved meanwhile')).toContain('Tall vase');
    expect(dev.exitCode).toBeNull();
  });

  test('ends with 0 by Ctrl-C also when nothing answers', async () => {
    await deployment.kill('api');
    dev.kill('SIGINT');
    expect(await once(dev, 'exit')).toEqual([0, null]);
  });
});
