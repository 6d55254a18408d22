import type { LexiconRole, WordList } from "../sentiment/lexicon.js";

// Words that change their neighbours, as VADER has them (Hutto and Gilbert 2014); see vader-license.ts.

export const englishBoosters: WordList = `
absolutely amazingly awfully completely considerable considerably decidedly deeply effing enormous enormously entirely
especially exceptional exceptionally extreme extremely fabulously flipping flippin frackin fracking fricking frickin
frigging friggin fully fuckin fucking fuggin fugging greatly hella highly hugely incredible incredibly intensely major
majorly more most particularly purely quite really remarkably so substantially thoroughly total totally tremendous
tremendously uber unbelievably unusually utter utterly very
`;

export const englishDampeners: WordList = `
almost barely hardly just_enough kind_of kinda kindof kind-of less little marginal marginally occasional occasionally
partly scarce scarcely slight slightly somewhat sort_of sorta sortof sort-of
`;

export const englishNegations: WordList = `
aint arent cannot cant couldnt darent didnt doesnt ain't aren't can't couldn't daren't didn't doesn't dont hadnt hasnt
havent isnt mightnt mustnt neither don't hadn't hasn't haven't isn't mightn't mustn't neednt needn't never none nope nor
not nothing nowhere oughtnt shant shouldnt uhuh wasnt werent oughtn't shan't shouldn't uh-uh wasn't weren't without wont
wouldnt won't wouldn't rarely seldom despite
`;

export const englishRoles: Readonly<Record<LexiconRole, WordList>> = {
  but: "but",
  no: "no",
  never: "never",
  emphasis: "so this",
  without: "without",
  doubt: "doubt",
  least: "least",
  leastGuard: "at very",
  nor: "or nor",
  kind: "kind",
  of: "of",
};

export const englishPhrases = `
3.1 beating_heart
3 the_shit the_bomb to_die_for
1.5 bad_ass
0 bus_stop
-1.5 kiss_of_death
-2 yeah_right
-2.9 broken_heart
`;
