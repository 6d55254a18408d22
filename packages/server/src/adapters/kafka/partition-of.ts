const SEED = 0x9747b28c;
const MULTIPLIER = 0x5bd1e995;

/**
 * The partition of a stream: the choice that every Kafka client makes by default for a key (murmur2, sign bit cleared),
 * so that other programs that write to the topics with `stream_id` for the key agree with us.
 */
export function partitionOf(streamId: string, partitionCount: number): number {
  return (murmur2(Buffer.from(streamId)) & 0x7fffffff) % partitionCount;
}

/** MurmurHash 2 for 32 bits (Austin Appleby), with the seed that Kafka uses. */
function murmur2(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const words = bytes.length >> 2;
  let hash = SEED ^ bytes.length;
  for (let word = 0; word < words; word++) {
    let mixed = Math.imul(view.getInt32(word * 4, true), MULTIPLIER);
    mixed = Math.imul(mixed ^ (mixed >>> 24), MULTIPLIER);
    hash = Math.imul(hash, MULTIPLIER) ^ mixed;
  }
  const rest = words * 4;
  for (let at = bytes.length - 1; at >= rest; at--) hash ^= bytes[at]! << ((at - rest) * 8);
  if (bytes.length > rest) hash = Math.imul(hash, MULTIPLIER);
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER);
  return hash ^ (hash >>> 15);
}
