import {
  englishBoosters,
  englishDampeners,
  englishNegations,
  englishPhrases,
  englishRoles,
} from "./lexicon/english-rules.js";
import { chatEmoji } from "./lexicon/chat-emoji.js";
import { chatEmoteEndings, chatEmotes, chatExactEmotes, chatLaughter, chatSarcasm } from "./lexicon/chat-emotes.js";
import { chatInterjections, chatLaughs, chatPhrases, chatWords } from "./lexicon/chat-words.js";
import { vaderEmoji } from "./lexicon/vader-emoji.js";
import { vaderWords } from "./lexicon/vader-words.js";
import type { Lexicon } from "./sentiment/lexicon.js";

export { vaderLicense } from "./lexicon/vader-license.js";
export type { ChatLexicon, Lexicon, LexiconRole, RatingTable, WordList } from "./sentiment/lexicon.js";

/**
 * English: VADER's ratings and rules, and our own ratings of emotes, emoji and chat slang. Only text until a scorer
 * first needs it.
 */
export const defaultLexicon: Lexicon = {
  words: vaderWords,
  boosters: englishBoosters,
  dampeners: englishDampeners,
  negations: englishNegations,
  phrases: englishPhrases,
  roles: englishRoles,
  emojiDescriptions: vaderEmoji,
  chat: {
    words: chatWords,
    phrases: chatPhrases,
    laughs: chatLaughs,
    emotes: chatEmotes,
    exactEmotes: chatExactEmotes,
    emoteEndings: chatEmoteEndings,
    emoji: chatEmoji,
    sarcasm: chatSarcasm,
    interjections: chatInterjections,
    laughter: chatLaughter,
  },
};
