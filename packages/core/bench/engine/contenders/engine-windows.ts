import type { EngineOptions } from "../../../src/index.js";
import type { Core } from "../core.js";
import type { OpenContender } from "./contender.js";

/**
 * The engine as a contender. It does more than the others are asked for: it drops repeated ids, corrects windows after
 * late events, reports windows in which nobody wrote, and compares each with a baseline.
 */
export function engineWindows(
  { createEngine }: Pick<Core, "createEngine">,
  engineOptions: EngineOptions,
): OpenContender {
  return ({ sizeMs, hopMs, maxOutOfOrdernessMs }, onRow) => {
    const engine = createEngine({ ...engineOptions, windowMs: sizeMs, hopMs, maxOutOfOrdernessMs });
    engine.on("window", ({ stream_id, window_start, chat_count, unique_chatters, top_emotes, sentiment_score }) => {
      if (chat_count === 0) return;
      const start_ms = Date.parse(window_start);
      onRow({ stream_id, start_ms, chat_count, unique_chatters, top_emotes, sentiment_score });
    });
    return {
      push(event) {
        engine.push(event);
      },
      finish() {
        engine.flush();
      },
    };
  };
}
