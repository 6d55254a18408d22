/** Mean over the classes of the harmonic mean of precision and recall; pairs are [true class, found class]. */
export function macroF1<Class extends string>(pairs: readonly (readonly [Class, Class])[]): number {
  const classes = [...new Set(pairs.map(([truth]) => truth))];
  const scores = classes.map((name) => {
    const hits = pairs.filter(([truth, found]) => truth === name && found === name).length;
    const wrong = pairs.filter(([truth, found]) => (truth === name) !== (found === name)).length;
    return (2 * hits) / (2 * hits + wrong);
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
