/**
 * The text with each described emoji in words, spaced from what stands before it. What follows it is not spaced,
 * unless it is an emoji too: the reference program reads it so, and its scores depend on it.
 */
export function expandEmoji(text: string, descriptions: ReadonlyMap<number, string>): string {
  let first = 0;
  while (first < text.length && text.charCodeAt(first) < 128) first++;
  if (first === text.length) return text;
  let expanded = "";
  let isSpaced = true;
  for (const character of text) {
    const description = descriptions.get(character.codePointAt(0)!);
    if (description === undefined) {
      expanded += character;
      isSpaced = character === " ";
    } else {
      expanded += isSpaced ? description : " " + description;
      isSpaced = false;
    }
  }
  return expanded;
}
