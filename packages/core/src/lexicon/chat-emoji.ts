export const chatEmoji = `
2 😂 🤣 😍 ❤ 🔥
-2 😡 💀
`;
