import type { ChatEvent } from "../../../src/records/event.js";
import type { Core } from "../core.js";
import { type OpenContender } from "./contender.js";

/** The same out of the building blocks that are importable separately: windows over any events, with aggregators. */
export function blockWindows(core: Core): OpenContender {
  const { combine, count, countDistinct, createWindows, hopping, mean, select, selectEach, topK } = core;
  return ({ sizeMs, hopMs, maxOutOfOrdernessMs, scoreOf }, onRow) => {
    const windows = createWindows({
      shape: hopping({ sizeMs, hopMs }),
      maxOutOfOrdernessMs,
      timeOf: (event: ChatEvent) => event.timestamp,
      keyOf: (event: ChatEvent) => event.stream_id,
      aggregator: combine({
        messages: count(),
        chatters: select((event: ChatEvent) => event.user_id, countDistinct()),
        emotes: selectEach((event: ChatEvent) => event.emotes.map(({ name }) => name), topK()),
        ...(scoreOf === undefined ? {} : { score: select(scoreOf, mean({ decimals: 0 })) }),
      }),
    });
    windows.on("window", ({ key, startMs, value: { messages, chatters, emotes, score } }) => {
      onRow({
        stream_id: key,
        start_ms: startMs,
        chat_count: messages,
        unique_chatters: chatters.count,
        top_emotes: emotes.entries.map(({ key: name, count }) => ({ name, count })),
        sentiment_score: score === undefined || score === null ? null : score / 10_000,
      });
    });
    return {
      push(event) {
        if (event.type === "chat") windows.push(event);
      },
      finish() {
        windows.flush();
      },
    };
  };
}
