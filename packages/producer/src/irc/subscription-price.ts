/**
 * What a month of a channel subscription costs, in US dollars, by tier. Twitch tells the tier, never the amount, and
 * prices differ by country, platform and year, so amounts from subscriptions are an estimate: the list price in the
 * United States for most of Twitch's life. (Tier 1 was raised to 5.99 on the web in July 2024; one figure for all years
 * keeps old and new recordings comparable.)
 *
 * A Prime subscription costs the viewer nothing extra but pays the channel about what tier 1 does, so it counts as tier 1.
 */
export const SUBSCRIPTION_PRICE_USD = Object.freeze({ 1: 4.99, 2: 9.99, 3: 24.99 });

/** The price of Twitch's `sub-plan` (`Prime`, `1000`, `2000`, `3000`); `undefined` for a plan not known here. */
export function priceOfPlan(plan: string | undefined): number | undefined {
  switch (plan) {
    case "Prime":
    case "1000":
      return SUBSCRIPTION_PRICE_USD[1];
    case "2000":
      return SUBSCRIPTION_PRICE_USD[2];
    case "3000":
      return SUBSCRIPTION_PRICE_USD[3];
    default:
      return undefined;
  }
}
