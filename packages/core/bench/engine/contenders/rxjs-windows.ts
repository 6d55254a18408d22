import {
  distinctUntilChanged,
  filter,
  from,
  groupBy,
  map,
  mergeMap,
  reduce,
  scan,
  share,
  Subject,
  type GroupedObservable,
  type Observable,
} from "rxjs";
import type { ChatEvent, StreamEvent } from "../../../src/records/event.js";
import { WindowTally, type ContenderOptions, type OpenContender, type WindowCounts } from "./contender.js";

/**
 * The same in RxJS: a group per stream, in it a group per window, which lasts until the stream's watermark passes its end.
 * RxJS has windows by clock and by count only; grouping by window start is how event time is done with it.
 */
export const openRxjsWindows: OpenContender = (options, onRow) => {
  const events$ = new Subject<StreamEvent>();
  events$
    .pipe(
      groupBy((event) => event.stream_id),
      mergeMap((stream$) => windowsOf(stream$, options)),
    )
    .subscribe(onRow);
  return {
    push(event) {
      events$.next(event);
    },
    finish() {
      events$.complete();
    },
  };
};

function windowsOf(
  stream$: GroupedObservable<string, StreamEvent>,
  { sizeMs, hopMs, maxOutOfOrdernessMs, scoreOf }: ContenderOptions,
): Observable<WindowCounts> {
  const event$ = stream$.pipe(share());
  const watermarkMs$ = event$.pipe(
    scan((newestMs, { timestamp }) => Math.max(newestMs, timestamp), -Infinity),
    // Windows end on hops, so between two of them there is nothing to close.
    map((newestMs) => Math.floor((newestMs - maxOutOfOrdernessMs) / hopMs) * hopMs),
    distinctUntilChanged(),
    share(),
  );
  return event$.pipe(
    filter((event): event is ChatEvent => event.type === "chat"),
    map((event) => ({ event, score: scoreOf?.(event) ?? 0 })),
    mergeMap(({ event, score }) => from(startsOf(event.timestamp)).pipe(map((startMs) => ({ startMs, event, score })))),
    groupBy(({ startMs }) => startMs, {
      duration: ({ key: startMs }) => watermarkMs$.pipe(filter((watermarkMs) => startMs + sizeMs <= watermarkMs)),
    }),
    mergeMap((window$) =>
      window$.pipe(
        reduce((tally, { event, score }) => {
          tally.add(event, score);
          return tally;
        }, new WindowTally()),
        map((tally) => tally.row(stream$.key, window$.key, scoreOf !== undefined)),
      ),
    ),
  );

  function startsOf(timestamp: number): number[] {
    const newestMs = Math.floor(timestamp / hopMs) * hopMs;
    return Array.from({ length: sizeMs / hopMs }, (_, index) => newestMs - index * hopMs);
  }
}
