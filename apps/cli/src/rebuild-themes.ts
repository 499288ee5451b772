import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { PlatformModule, type PlatformOptions } from '@libs/platform';
import { RebuildThemes, ThemesModule } from '@libs/themes';
import { configure, type Deployment } from './deployment';

/** What was done, in numbers of theme versions. */
export interface RebuiltThemes {
  built: number;
  /** Refused by the present compiler, or failed for another reason. */
  left: number;
  /** Those among them that are live and that this release cannot show at all. */
  down: number;
}

/** Where sentences go as versions are done. */
export interface RebuildReport {
  done: (sentence: string) => void;
  trouble: (sentence: string) => void;
}

type Rebuilt = ReturnType<RebuildThemes['run']> extends AsyncGenerator<infer One> ? One : never;

/** Findings of one version that are told; the API has them all. */
const mostTold = 5;

@Module({})
class RebuildModule {
  static forRoot(platform: PlatformOptions): DynamicModule {
    return {
      module: RebuildModule,
      imports: [PlatformModule.forRoot(platform), ThemesModule],
    };
  }
}

/**
 * Builds the themes of all stores that this release's compiler has not built: the second half of the deploy step, after
 * the schema. What was done stays done when it is ended in the middle.
 * @param options.liveOnly only what shoppers see; the worker builds the rest
 */
export async function rebuildThemes(
  deployment: Deployment,
  ownerUrl: string,
  { liveOnly, report }: { liveOnly: boolean; report: RebuildReport },
): Promise<RebuiltThemes> {
  const platform = { name: 'rebuild', ...configure(deployment, ownerUrl) };
  const app = await NestFactory.createApplicationContext(RebuildModule.forRoot(platform), {
    logger: false,
    abortOnError: false,
  });
  const sum = { built: 0, left: 0, down: 0 };
  try {
    for await (const one of app.get(RebuildThemes).run({ liveOnly, retryRefused: true })) {
      if (one.state === 'kept') continue;
      if (one.state === 'built') {
        sum.built += 1;
        report.done(`built ${nameOf(one)}`);
        continue;
      }
      sum.left += 1;
      if (one.live && !one.runs) sum.down += 1;
      report.trouble(troubleOf(one));
    }
  } finally {
    await app.close();
  }
  return sum;
}

function nameOf({ handle, themeName, n, live }: Rebuilt): string {
  return `${handle}: theme “${themeName}”, version ${n}${live ? ' (live)' : ''}`;
}

function troubleOf(one: Rebuilt): string {
  const told = one.findings.slice(0, mostTold);
  const more = one.findings.length - told.length;
  return [
    one.state === 'refused'
      ? `${nameOf(one)} does not compile any more:`
      : `${nameOf(one)} could not be built: ${one.reason ?? 'no reason was given'}`,
    ...told.map(
      ({ file, line, column, code, message }) => `    ${file}:${line}:${column} ${code} ${message}`,
    ),
    ...(more > 0 ? [`    and ${more} more`] : []),
    one.runs
      ? '    It is shown as an earlier release has built it.'
      : '    This release cannot show it.',
  ].join('\n');
}
