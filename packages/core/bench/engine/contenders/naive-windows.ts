import { WindowTally, type OpenContender } from "./contender.js";

interface Stream {
  readonly windows: Map<number, WindowTally>;
  watermarkMs: number;
}

/**
 * What one writes first: each event goes into every window it belongs to, each window has sets and maps of its own, and
 * a window closes when the newest event is more than the bound past its end. No slices, no repeated ids, no late events.
 */
export const openNaiveWindows: OpenContender = ({ sizeMs, hopMs, maxOutOfOrdernessMs, scoreOf }, onRow) => {
  const streams = new Map<string, Stream>();

  function streamOf(streamId: string): Stream {
    let stream = streams.get(streamId);
    if (stream === undefined) {
      stream = { windows: new Map(), watermarkMs: -Infinity };
      streams.set(streamId, stream);
    }
    return stream;
  }

  function close(streamId: string, { windows, watermarkMs }: Stream): void {
    for (const [startMs, window] of windows) {
      if (startMs + sizeMs > watermarkMs) continue;
      onRow(window.row(streamId, startMs, scoreOf !== undefined));
      windows.delete(startMs);
    }
  }

  return {
    push(event) {
      const { stream_id: streamId, timestamp } = event;
      const stream = streamOf(streamId);
      if (event.type === "chat") {
        const score = scoreOf?.(event) ?? 0;
        const newestMs = Math.floor(timestamp / hopMs) * hopMs;
        for (let startMs = newestMs; startMs > timestamp - sizeMs; startMs -= hopMs) {
          let window = stream.windows.get(startMs);
          if (window === undefined) {
            window = new WindowTally();
            stream.windows.set(startMs, window);
          }
          window.add(event, score);
        }
      }
      const beforeMs = stream.watermarkMs;
      if (timestamp - maxOutOfOrdernessMs <= beforeMs) return;
      stream.watermarkMs = timestamp - maxOutOfOrdernessMs;
      // Windows end on hops, so between two of them there is nothing to close.
      if (Math.floor(beforeMs / hopMs) !== Math.floor(stream.watermarkMs / hopMs)) close(streamId, stream);
    },
    finish() {
      for (const [streamId, stream] of streams) {
        stream.watermarkMs = Infinity;
        close(streamId, stream);
      }
    },
  };
};
