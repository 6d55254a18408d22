export const chatEmotes = `
2 LUL LULW PogChamp POGGERS PogU OMEGALUL
-2 BibleThump NotLikeThis FeelsBadMan WutFace
0.3 Kappa
`;
export const chatExactEmotes = `
1.8 Clap EZ
`;
export const chatEmoteEndings = `
2 Love LUL
`;
export const chatSarcasm = "Kappa";
