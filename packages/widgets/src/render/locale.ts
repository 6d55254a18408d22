/**
 * A locale that `Intl` accepts. Browsers in containers report ones that it does not (`en-US@posix`), and a page may
 * write anything into `lang`; both would make every formatter throw.
 */
export function usableLocale(...wishes: readonly (string | null | undefined)[]): string {
  for (const wish of wishes) {
    if (!wish) continue;
    try {
      const [locale] = Intl.NumberFormat.supportedLocalesOf(wish);
      if (locale !== undefined) return locale;
    } catch {
      // Not a language tag: try the next wish.
    }
  }
  return "en";
}
