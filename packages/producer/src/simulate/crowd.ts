import type { Random } from "../random.js";
import { PLAIN_NAME_COUNT, pseudonym } from "./names.js";

/** Somebody in chat. */
export interface Chatter {
  readonly user_id: string;
  readonly username: string;
  readonly badges: readonly string[];
  readonly is_subscriber: boolean;
  readonly is_moderator: boolean;
}

/** The people of one stream. */
export interface Crowd {
  /** One of those who are always there: few of them say much, most of them little. */
  regular(): Chatter;
  /** One of those who came last (see `arrive`); a regular until somebody came. */
  newcomer(): Chatter;
  /** A number of people who were not there before. */
  arrive(count: number): void;
}

/**
 * The activity of regulars falls off as 1 / (rank + flat), so that among thousands the busiest writes about one message in a hundred.
 *
 * @param size number of regulars, at least 1
 */
export function createCrowd(random: Random, size: number): Crowd {
  const flat = Math.max(5, size / 80);
  // Streams share the list of names, but not the same people at the top of it.
  const first = random.integer(0, PLAIN_NAME_COUNT);
  let known = size;
  let arrivals = 0;
  return {
    regular: () => {
      const rank = Math.floor(flat * ((size / flat + 1) ** random.next() - 1));
      return chatter(first + Math.min(rank, size - 1), rank < size / 40);
    },
    newcomer: () => chatter(first + known - random.integer(1, Math.max(1, arrivals)), false),
    arrive: (count) => {
      known += count;
      arrivals = count;
    },
  };
}

/** What somebody is, follows from their number alone: nobody has to be remembered. */
function chatter(index: number, isCore: boolean): Chatter {
  const username = pseudonym(index);
  const isModerator = isCore && index % 9 === 0;
  const isSubscriber = isCore || index % 4 === 0;
  const badges = [
    ...(isModerator ? ["moderator/1"] : []),
    ...(isSubscriber ? [`subscriber/${[1, 3, 6, 12, 24][index % 5]}`] : []),
    ...(index % 6 === 1 ? ["premium/1"] : []),
  ];
  return {
    user_id: `sim-${index}`,
    username,
    badges,
    is_subscriber: isSubscriber,
    is_moderator: isModerator,
  };
}
