import { type ConnectionOptions, connect } from '../../connection/connect';
import { type Output, table } from '../../output';
import { readBase } from '../files/base-version';
import { CliError, exitCodes } from '../../cli-error';
import { formatDiagnostic } from '@template-engine/diagnostics';
import { LocalThemeFolder } from './local-theme';
import { LocalRenderer } from './renderer';
import { StoreData } from './store-data';

/** Flags of `caravel theme profile`. */
export interface ProfileOptions extends ConnectionOptions {
  folder: string;
}

/** `caravel theme profile`: what each section of a page costs, with the store's data. @throws CliError */
export async function profilePage(
  given: string,
  options: ProfileOptions,
  output: Output,
): Promise<void> {
  const path = pagePath(given);
  const theme = await LocalThemeFolder.open(options.folder);
  const [fault] = theme.findings.filter(({ severity }) => severity === 'error');
  if (fault || !theme.compiled) {
    throw new CliError(fault ? formatDiagnostic(fault) : 'The theme does not compile.');
  }
  const connection = await connect(options, await readBase(theme.folder));
  const store = await StoreData.open(connection);
  const renderer = new LocalRenderer();
  try {
    const local = { meta: theme.compiled.meta, assets: theme.assetUrls };
    const data = await output.progress('Loading', () => store.page(path, local, undefined));
    if (data.kind === 'redirect') throw new CliError(`${path} leads to ${data.to}: profile that.`);
    if (data.kind !== 'page') throw new CliError(`${path} is no page of the theme.`);
    const code = theme.codeFor(data.locale);
    if (!code) throw new CliError('The theme has no code.');
    const page = await renderer.render(code, data.input, { measure: true });
    const sections = page.sections.map((cost) => {
      const { type = '', location = '' } =
        data.input.sections.find(({ id }) => id === cost.id) ?? {};
      const sources = (theme.compiled?.meta.sections[type]?.deps.globals ?? []).filter(
        (name) => !['section', 'settings', 'block', 'request', 'routes'].includes(name),
      );
      return { ...cost, type, location, reads: sources };
    });
    const bytes = Buffer.byteLength(page.html);
    const { statements, status } = data;
    output.result(
      { path, status, queries: statements, steps: page.steps, bytes, sections },
      formatProfile(
        sections,
        `${path}: ${page.steps} steps, ${bytes} bytes, ${statements} queries`,
      ),
    );
  } finally {
    renderer.close();
    await store.close();
  }
}

/** A page's path out of what people type or paste: `/cart`, `cart`, or an address of the browser. @throws CliError */
function pagePath(given: string): string {
  if (/^https?:\/\//.test(given) && URL.canParse(given)) {
    const { pathname, search } = new URL(given);
    return pathname + search;
  }
  if (/^[A-Za-z]:[\\/]/.test(given)) {
    const sentence = `“${given}” is a folder: your shell made it of a path that begins with a slash. Leave that slash out.`;
    throw new CliError(sentence, exitCodes.unusable, 'cli.bad-path');
  }
  return `/${given.replace(/^\/+/, '')}`;
}

interface Row {
  id: string;
  type: string;
  location: string;
  steps: number;
  bytes: number;
  ms: number;
  failed: boolean;
  reads: string[];
}

function formatProfile(sections: readonly Row[], sum: string): string {
  const heads = ['SECTION', 'TYPE', 'IN', 'STEPS', 'BYTES', 'MS', 'READS'];
  const rows = sections.map(({ id, type, location, steps, bytes, ms, failed, reads }) => [
    id,
    type,
    location,
    failed ? 'failed' : String(steps),
    String(bytes),
    ms.toFixed(2),
    reads.join(' '),
  ]);
  return `${table([heads, ...rows])}\n\n${sum}`;
}
