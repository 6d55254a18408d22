/** What a sentiment score is called, and how it is drawn. */
export interface Mood {
  readonly word: string;
  /** Curve of the mouth and place on the scale, −1…1 in steps of 0.125, so that noise redraws nothing. */
  readonly step: number;
}

/** The band of ±0.05 around neutral is VADER's own; ±0.3 parts lively chats from ordinary ones. */
export function moodOf(sentimentScore: number | null | undefined): Mood | undefined {
  if (sentimentScore === null || sentimentScore === undefined) return undefined;
  const step = Math.round(Math.min(1, Math.max(-1, sentimentScore)) * 8) / 8;
  if (sentimentScore >= 0.3) return { word: "Great", step };
  if (sentimentScore >= 0.05) return { word: "Good", step };
  if (sentimentScore > -0.05) return { word: "Neutral", step };
  return { word: sentimentScore > -0.3 ? "Low" : "Bad", step };
}
