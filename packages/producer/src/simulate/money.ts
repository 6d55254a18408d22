import type { Random } from "../random.js";
import { SUBSCRIPTION_PRICE_USD } from "../irc/subscription-price.js";
import type { Crowd } from "./crowd.js";
import { say } from "./phrases.js";
import type { Draft } from "./scene.js";

/** A donation: mostly a few dollars, seldom a lot. */
export function donation({ random, crowd }: Giving): Draft {
  const amount = Math.min(500, Math.round(300 * (1 - random.next()) ** -0.8) / 100);
  const currency = random.pick(["USD", "USD", "USD", "EUR", "GBP"]);
  return { ...from(crowd), transaction_type: "donation", amount, currency, message: say(random, "donation") };
}

export function cheer({ random, crowd }: Giving): Draft {
  const amount = random.pick([100, 100, 100, 200, 300, 500, 1_000, 2_500]);
  return { ...from(crowd), transaction_type: "bits", amount, currency: "bits", message: say(random, "cheer") };
}

export function subscription({ random, crowd }: Giving): Draft {
  const tier = random.chance(0.94) ? 1 : random.chance(0.7) ? 2 : 3;
  return { ...from(crowd), transaction_type: "subscription", amount: SUBSCRIPTION_PRICE_USD[tier], currency: "USD" };
}

/** A number of subscriptions that one person gives away: one gift for each. */
export function gifts({ crowd }: Giving, count: number): Draft[] {
  const giver = from(crowd);
  const gift: Draft = { ...giver, transaction_type: "gift", amount: SUBSCRIPTION_PRICE_USD[1], currency: "USD" };
  return Array.from({ length: count }, () => gift);
}

interface Giving {
  readonly random: Random;
  readonly crowd: Crowd;
}

function from(crowd: Crowd) {
  const { user_id, username } = crowd.regular();
  return { type: "transaction", user_id, username } as const;
}
