/** Waits for a condition, which is asked again and again; rejects with what it last said when time is up. */
export async function until<T>(
  condition: () => T | undefined | false | Promise<T | undefined | false>,
  { timeoutMs = 5_000, what = "the condition" }: { timeoutMs?: number; what?: string } = {},
): Promise<T> {
  const deadlineMs = performance.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > deadlineMs) throw new Error(`${what} did not come true within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
