import { createEngine } from "@telemetra/core";
import { recordedChat } from "./recorded-chat.js";

const engine = createEngine({ hopMs: 60_000 });

engine.on("moment", (moment, phase) => {
  console.log(`${phase.padEnd(7)} ${moment.description}`);
  if (phase === "closed") console.log("        people said:", moment.metadata["sample_messages"]);
});

engine.on("window", (row) => {
  const mood = row.sentiment_score?.toFixed(2) ?? "unknown";
  const emotes = row.top_emotes.map(({ name, count }) => `${name} × ${count}`).join(", ") || "none";
  console.log(
    `${row.window_start.slice(11, 16)}   ${row.chat_count} messages of ${row.unique_chatters} people, mood ${mood}, emotes: ${emotes}`,
  );
});

for (const event of recordedChat()) engine.push(event);
engine.flush();
