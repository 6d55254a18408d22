import { describe, inject } from "vitest";

/** A `describe` that gets the address of a real service; without that service its tests are skipped and say why. */
export type DescribeWithService = (title: string, body: (address: string) => void) => void;

/** `address` is a list of `host:port`, as `KAFKA_BOOTSTRAP_SERVERS` takes it. */
export const describeWithKafka = describeWith("KAFKA_BOOTSTRAP_SERVERS");
/** `address` is a `postgres:` URL. Its database is shared: work in a schema or a database of your own. */
export const describeWithPostgres = describeWith("DATABASE_URL");
/** `address` is a `redis:` URL. Its keys are shared: use a prefix of your own. */
export const describeWithRedis = describeWith("REDIS_URL");

function describeWith(variable: string): DescribeWithService {
  return (title, body) => {
    const { addresses, missing } = inject("services");
    const address = addresses[variable];
    if (address !== undefined) {
      describe(title, () => body(address));
    } else {
      const reason = missing.find((service) => service.variable === variable)?.reason ?? "not asked for";
      describe.skip(`${title} (${reason})`, () => body(""));
    }
  };
}
