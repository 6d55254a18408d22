export const chatWords = `
2 pog *ha *lo
`;
export const chatPhrases = `
2 lets go
`;
