import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Db } from '@platform/database';
import { Log } from '@platform/telemetry';
import { type ProblemNote, ThemeProblems } from '../problems/theme-problems.service';

/** Which section of which version, and what kind of failure. */
export type ProblemPlace = { storeId: string } & Pick<
  ProblemNote,
  'themeId' | 'versionId' | 'template' | 'section' | 'code'
>;

/** How it failed this time. */
export type ProblemDetail = Pick<ProblemNote, 'file' | 'line' | 'column' | 'message' | 'leftOut'>;

/** What was seen is written this much later, all of it together, so that no request waits and a storm is one row. */
const writeAfterMs = 3_000;

/** Kinds of failures of one store that wait to be written; a theme that has more is told of these. */
const mostOfStore = 50;

/** Stores that have something waiting; a renderer with more has other sorrows. */
const mostStores = 10_000;

/** Gathers what fails in pages and writes it a moment later. */
@Injectable()
export class StorefrontProblems implements OnModuleDestroy {
  private waiting = new Map<string, Map<string, ProblemNote>>();
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(ThemeProblems) private readonly problems: ThemeProblems,
    @Inject(Log) private readonly log: Log,
  ) {}

  /** Takes note; returns at once and never throws. */
  note({ storeId, ...place }: ProblemPlace, detail: ProblemDetail): void {
    const ofStore = this.waiting.get(storeId) ?? new Map<string, ProblemNote>();
    const key = JSON.stringify(place);
    const before = ofStore.get(key);
    if (!before && (ofStore.size >= mostOfStore || this.waiting.size >= mostStores)) return;
    const count = (before?.count ?? 0) + 1;
    const leftOut = detail.leftOut || (before?.leftOut ?? false);
    ofStore.set(key, { ...place, ...detail, leftOut, count });
    this.waiting.set(storeId, ofStore);
    this.timer ??= setTimeout(() => void this.flush(), writeAfterMs).unref();
  }

  /** Writes what waits, store by store; what cannot be written is lost, since counts are not worth a queue. */
  flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const waiting = this.waiting;
    this.waiting = new Map();
    this.writing = this.writing.then(() => this.write(waiting));
    return this.writing;
  }

  onModuleDestroy(): Promise<void> {
    return this.flush();
  }

  private async write(waiting: Map<string, Map<string, ProblemNote>>): Promise<void> {
    for (const [storeId, notes] of waiting) {
      try {
        await this.db.write(storeId, (store) => this.problems.record(store, [...notes.values()]));
      } catch (error) {
        this.log.error({ err: error, storeId }, 'problems of a theme could not be written');
      }
    }
  }
}
