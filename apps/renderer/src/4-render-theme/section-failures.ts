import { Inject, Injectable } from '@nestjs/common';
import type { PageInput, SectionError } from '@libs/template-engine';
import { StorefrontProblems } from '@renderer/themes';
import { Log, Metrics } from '@platform/telemetry';
import type { LoadedPage } from '../3-load-page/load-page';
import { spent } from './render-pool';
import { SectionBlacklist, type SectionPlace } from './section-blacklist';

type Section = PageInput['sections'][number];

/** What becomes of sections that fail: told to the operator and the merchant, left out when they go on. */
@Injectable()
export class SectionFailures {
  private readonly failures;
  private readonly leftOut;

  constructor(
    @Inject(SectionBlacklist) private readonly blacklist: SectionBlacklist,
    @Inject(StorefrontProblems) private readonly problems: StorefrontProblems,
    @Inject(Log) private readonly log: Log,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.failures = metrics.counter({
      name: 'section_failures_total',
      help: 'Sections that were replaced by a comment, by code.',
      labels: ['code'],
    });
    this.leftOut = metrics.counter({
      name: 'sections_left_out_total',
      help: 'Sections that pages began to be made without, because they killed a process or kept running out of budget.',
      labels: ['reason'],
    });
  }

  /** The page's sections, those that are left out at the moment marked with why. */
  mark(storeId: string, page: LoadedPage): Section[] {
    const now = performance.now();
    return page.input.sections.map((section) => {
      const failure = this.blacklist.reason(placeOf(storeId, page, section), page.v, now);
      return failure ? { ...section, failure } : section;
    });
  }

  /** Leaves out what killed two processes; the same section, marked with why. */
  killed(storeId: string, page: LoadedPage, section: Section): Section {
    const { id, location, type } = section;
    const failure: SectionError = {
      section: id,
      location,
      file: `sections/${type}.hbs`,
      line: 1,
      column: 1,
      code: 'R_KILLED',
      message: 'ran for more than a second or took more memory than a page may; it was ended',
    };
    this.blacklist.ban(placeOf(storeId, page, section), page.v, failure);
    this.leftOut.inc({ reason: 'killed' });
    this.tell(storeId, page, failure, true);
    return { ...section, failure };
  }

  /** Takes note of a failure; the third over budget within ten minutes leaves the section out. */
  note(storeId: string, page: LoadedPage, error: SectionError): void {
    const left =
      error.section !== '' &&
      spent.has(error.code) &&
      this.blacklist.strike(
        placeOf(storeId, page, { id: error.section, location: error.location }),
        performance.now(),
        error,
      );
    if (left) this.leftOut.inc({ reason: 'budget' });
    this.tell(storeId, page, error, left);
  }

  private tell(storeId: string, page: LoadedPage, error: SectionError, leftOut: boolean): void {
    const { section, location, file, line, column, code, message } = error;
    const { theme } = page;
    this.failures.inc({ code });
    const fields = { storeId, versionId: theme.versionId, section, file, line, code, leftOut };
    if (leftOut) this.log.error(fields, 'a section failed and is left out');
    else this.log.warn(fields, 'a section failed');
    const template = templateOf(page, location);
    this.problems.note(
      { storeId, ...theme, template, section, code },
      { file, line, column, message, leftOut },
    );
  }
}

function placeOf(
  storeId: string,
  page: LoadedPage,
  { id, location }: Pick<Section, 'id' | 'location'>,
): SectionPlace {
  const { hash } = page.artefact;
  return { storeId, hash, template: templateOf(page, location), section: id };
}

/** The file that lists a section: its page's template, its group, or the layout. */
function templateOf({ templateName, input }: LoadedPage, location: string): string {
  if (location === '') return `layout/${String(input.layout)}.hbs`;
  return location === 'template' ? `templates/${templateName}.json` : `sections/${location}.json`;
}
