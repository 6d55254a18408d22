import { hashText } from "../random.js";

const QUALITIES =
  "pixel turbo sleepy cosmic salty fuzzy neon quiet lucky rusty minty feral golden tiny grumpy velvet electric silent " +
  "crispy dizzy frosty hidden jolly lunar mellow noisy odd plaid rapid shady spicy stormy sunny tidal vivid wobbly zesty " +
  "analog binary cloudy dusty eager foggy glossy hasty inky jumpy knotty lofi mossy nimble";
const CREATURES =
  "otter badger heron lynx moth newt owl panda quokka raven stoat tapir urchin vole walrus yak beetle comet dumpling " +
  "engine falcon gecko hedgehog iguana jackal kettle lantern mango noodle pretzel pickle robot sprout teapot toaster " +
  "turnip waffle wizard pancake biscuit cactus donut ferret goblin hamster lemur marmot penguin radish squid";

const qualities = QUALITIES.split(" ");
const creatures = CREATURES.split(" ");

/** How many indices give a name without digits. */
export const PLAIN_NAME_COUNT = qualities.length * creatures.length;

/** Always the same for the same index, and different for every one below two million: an invented login such as `pixel_otter`. */
export function pseudonym(index: number): string {
  // A stride that shares no factor with the number of pairs visits each once, so that neighbours do not look alike.
  const place = (index * 1_237) % PLAIN_NAME_COUNT;
  const round = Math.floor(index / PLAIN_NAME_COUNT);
  const quality = qualities[place % qualities.length];
  const creature = creatures[Math.floor(place / qualities.length)];
  const look = hashText(`${quality}/${creature}`);
  // Likewise: each of the first thousand rounds has digits of its own.
  const digits = round === 0 ? "" : `${(look + round * 613) % 1_000}`;
  return `${quality}${look % 3 === 0 ? "" : "_"}${creature}${digits}`;
}
