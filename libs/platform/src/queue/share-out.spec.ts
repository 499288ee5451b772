import * as fc from 'fast-check';
import { type Lane, shareOut } from './share-out';

const lane = (id: string, waiting: number, queued = 0, running = 0): Lane => ({
  id,
  jobIds: Array.from({ length: waiting }, (_, at) => `${id}${at}`),
  queued,
  inFlight: queued + running,
});

describe('shareOut', () => {
  it('takes turns', () => {
    const lanes = [lane('a', 5), lane('b', 1), lane('c', 3)];
    expect(shareOut(lanes, { free: 6, window: 9, perStore: null })).toEqual([
      'a0',
      'b0',
      'c0',
      'a1',
      'c1',
      'a2',
    ]);
  });

  it('gives a free place to the newcomer while the first one holds more than its part', () => {
    const lanes = [lane('a', 100, 31), lane('b', 1)];
    expect(shareOut(lanes, { free: 1, window: 32, perStore: null })).toEqual(['b0']);
  });

  it('lets who waits alone fill the window', () => {
    expect(shareOut([lane('a', 100)], { free: 32, window: 32, perStore: null })).toHaveLength(32);
  });

  it('counts running jobs towards the limit of a store', () => {
    const lanes = [lane('a', 3, 0, 1), lane('b', 3)];
    expect(shareOut(lanes, { free: 4, window: 4, perStore: 1 })).toEqual(['b0']);
  });

  it('hands out no more than is free, nothing twice, and leaves no place empty that somebody may take', () => {
    const anyLane = fc.record({ waiting: fc.nat(40), queued: fc.nat(8) });
    fc.assert(
      fc.property(
        fc.array(anyLane, { maxLength: 12 }),
        fc.integer({ min: 1, max: 32 }),
        (specs, window) => {
          const lanes = specs.map((spec, at) => lane(`lane${at}-`, spec.waiting, spec.queued));
          const free = Math.max(0, window - lanes.reduce((sum, { queued }) => sum + queued, 0));
          const chosen = shareOut(lanes, { free, window, perStore: null });
          expect(chosen.length).toBeLessThanOrEqual(free);
          expect(new Set(chosen).size).toBe(chosen.length);
          const waiting = lanes.filter(({ jobIds }) => jobIds.length > 0);
          if (waiting.length === lanes.length && free > 0 && lanes.length > 0) {
            const taken = new Set(chosen);
            const couldTakeMore = lanes.some(
              ({ jobIds, queued }) =>
                queued + jobIds.filter((id) => taken.has(id)).length <
                  Math.ceil(window / lanes.length) && jobIds.some((id) => !taken.has(id)),
            );
            expect(chosen.length === free || !couldTakeMore).toBe(true);
          }
        },
      ),
    );
  });
});
