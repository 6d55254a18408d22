import { expectTypeOf } from "vitest";
import {
  createEngine,
  createScorer,
  explainMessage,
  scoreMessage,
  type ExplainedScore,
  type MessageScore,
  type Scorer,
  type SentimentLabel,
  type SentimentRule,
} from "@telemetra/core";
import { defaultLexicon, type Lexicon } from "@telemetra/core/lexicon";

expectTypeOf(scoreMessage("gg")).toEqualTypeOf<MessageScore>();
expectTypeOf(scoreMessage("gg", { mode: "plain" })).toEqualTypeOf<MessageScore>();
expectTypeOf(scoreMessage("gg").label).toEqualTypeOf<"positive" | "neutral" | "negative">();
// @ts-expect-error: an explanation is there when it was asked for
void scoreMessage("gg").explanation;
expectTypeOf(scoreMessage("gg", { explain: true })).toEqualTypeOf<ExplainedScore>();
expectTypeOf(explainMessage("gg")).toEqualTypeOf<ExplainedScore>();
expectTypeOf(explainMessage("gg").explanation.tokens[0]!.changes[0]!.rule).toEqualTypeOf<SentimentRule>();
// @ts-expect-error: one of two modes
scoreMessage("gg", { mode: "vader" });
// @ts-expect-error: a rating is a number
scoreMessage("gg", { extraWords: { gg: "good" } });

const scorer = createScorer({ thresholds: { positive: 0.3 }, extraEmotes: { channelWow: 2 } });
expectTypeOf(scorer).toEqualTypeOf<Scorer>();
expectTypeOf<Parameters<Scorer["compound"]>>().toEqualTypeOf<[text: string, emotes?: readonly string[] | undefined]>();
expectTypeOf(scorer.compound("gg")).toEqualTypeOf<number>();
expectTypeOf(scorer.label(0.4)).toEqualTypeOf<SentimentLabel>();
// @ts-expect-error: thresholds are read, not written
scorer.thresholds.positive = 0.1;

expectTypeOf(defaultLexicon).toEqualTypeOf<Lexicon>();
createScorer({ lexicon: { ...defaultLexicon, words: { gut: 2, schlecht: -2 } } });
// @ts-expect-error: ratings are numbers
createScorer({ lexicon: { ...defaultLexicon, words: { gut: "2" } } });

// The engine takes any object that keeps the interface, or none.
createEngine({ scorer });
createEngine({ scorer: false });
const flat: Scorer = { ...scorer, compound: () => 0 };
createEngine({ scorer: flat });
// @ts-expect-error: a function is no scorer
createEngine({ scorer: (text: string) => text.length });
