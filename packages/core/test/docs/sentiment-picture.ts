import { explainMessage } from "@telemetra/core";
import { box, line, picture, scale, text, type Mark } from "./svg.js";

const MESSAGES = ["great play PogChamp", "great play Kappa", "not bad at all LUL"];
const ROW = 132;
const BAR = 34;

/** What each token of a message adds, beside what the lexicon says of it, and what becomes of the sum. */
export function sentimentPicture(): string {
  const marks = MESSAGES.flatMap((message, row) => {
    const { compound, label, explanation } = explainMessage(message);
    const zeroY = 88 + row * ROW;
    const y = scale(0, 4, zeroY, zeroY - 48);
    const tokens = explanation.tokens.flatMap(({ text: word, valence, contribution, changes }, index) => {
      const x = 44 + index * 98;
      const says = [signed(contribution), ...changes.map(({ rule }) => rule)].join(", ");
      const besideY = contribution < 0 ? zeroY + 16 : Math.min(y(contribution) + 12, zeroY - 5);
      return [
        text(x, zeroY - 54, "", word),
        ...(changes.length === 0 || valence === null ? [] : [ghost(x, zeroY, y(valence))]),
        ...(contribution === 0 ? [] : [bar(x, zeroY, y(contribution), contribution > 0 ? "good" : "bad")]),
        ...(contribution === 0 ? [] : [text(x + BAR + 5, besideY, "small", says)]),
      ];
    });
    return [
      line("edge thin", [34, zeroY], [530, zeroY]),
      ...tokens,
      text(552, zeroY - 14, `bold ${compound > 0 ? "good" : "bad"}`, label),
      text(552, zeroY + 4, "", `compound ${signed(compound)}`),
      text(552, zeroY + 22, "dim small", `from a sum of ${signed(explanation.sum)}`),
    ];
  });
  const size = { width: 720, height: ROW * MESSAGES.length + 14 };
  return picture({ ...size, title: "What the words of three messages add to their score." }, marks);
}

/** The rating of the lexicon, where a rule changed it. */
function ghost(x: number, zeroY: number, y: number): Mark {
  return line("dim thin dashed", [x, zeroY], [x, y], [x + BAR, y], [x + BAR, zeroY]);
}

function bar(x: number, zeroY: number, y: number, look: string): Mark {
  return box(x, Math.min(y, zeroY), BAR, Math.abs(zeroY - y), `box soft ${look}`);
}

function signed(value: number): string {
  const digits = String(Math.abs(Math.round(value * 100) / 100));
  return value < 0 ? `−${digits}` : `+${digits}`;
}
