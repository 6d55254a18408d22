import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeViewers } from "../support/records.js";
import { until } from "../support/until.js";
import { usePrograms, type Outcome, type ServingProgram } from "../support/use-programs.js";

const NOW_MS = Date.now();

const programs = usePrograms();
const dlq = (...args: readonly string[]): Promise<Outcome> => programs.run(["dlq", ...args, "--data-dir", "data"]);
const serve = (): Promise<ServingProgram> =>
  programs.serve(["--data-dir", "data", "--source", "none", "--port", "0"], { env: { IDLE_TIMEOUT_MS: "100" } });

describe("dlq", { timeout: 60_000 }, () => {
  it.each([
    [["list", "now"], /^telemetra: "now" is one word too many/],
    [["list", "--limit", "many"], /^telemetra: --limit is "many", but must be a whole number from 1 to 100000$/],
    [
      ["list", "--topic", "gossip"],
      /^telemetra: option '--topic <kind>' argument 'gossip' is invalid\. Allowed choices/,
    ],
    [["show"], /^telemetra: dlq show needs a place, e\.g\. chat\/0\/123/],
    [["show", "gossip/0/1"], /^telemetra: "gossip\/0\/1" is no place of a dead letter: those look like chat\/0\/123$/],
    [["replay"], /^telemetra: dlq replay needs to know which/],
    [["replay", "chat/0/1", "--all"], /^telemetra: dlq replay takes places or a choice, not both$/],
    [["bury"], /^telemetra: dlq has no command "bury"; there are list, show and replay/],
    [[], /^telemetra: dlq needs a command; there are list, show and replay/],
  ])("answers %j with one line and exit code 2", async (args, line) => {
    const { code, out, complaints } = await dlq(...args);
    expect([code, out, complaints.length]).toEqual([2, "", 1]);
    expect(complaints[0]).toMatch(line);
  });

  it("explains itself with its commands and examples", async () => {
    const { code, out } = await dlq("--help");
    expect(code).toBe(0);
    for (const text of ["list", "show", "replay", "Examples:", "dlq replay chat/0/123"]) expect(out).toContain(text);
    expect((await dlq("replay", "--help")).out).toContain("--force");
  });

  it("makes no database where there is none", async () => {
    const { code, complaints } = await dlq("list");
    expect(code).toBe(1);
    expect(complaints).toEqual([expect.stringMatching(/^telemetra: there is no database in .*data: .*--data-dir$/)]);
    expect(existsSync(`${programs.folder}/data`)).toBe(false);
  });

  it("lists and shows beside the running service, and puts back once it has stopped", async () => {
    const first = await serve();
    await first.send([makeViewers({ event_id: "now", timestamp: NOW_MS })]);
    // Late is what comes after the stream's clock has moved on, which takes a moment.
    let posted = 1;
    const listed = await until(
      async () => {
        await first.send([makeViewers({ event_id: `viewer-${posted++}`, timestamp: NOW_MS - 3_600_000 })]);
        const { out } = await dlq("list");
        return out.includes("late") && out;
      },
      { timeoutMs: 20_000 },
    );
    expect(listed.split("\n")[1]).toMatch(/^viewer\/0\/\d+ +\S+Z +alpha +late +came after/);
    const place = listed.split("\n")[1]!.split(" ")[0]!;
    const shown = await dlq("show", place);
    expect(shown.out).toContain(`"event_id":"viewer-${place.split("/")[2]}"`);
    const lines = (await dlq("list", "--json", "--stream", "alpha", "--code", "late")).out.trim().split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { place, code: "late", stream_id: "alpha", replayed_at: null, value: expect.any(String) as string },
    ]);
    expect((await dlq("list", "--stream", "beta")).out).toBe("There are no such dead letters.\n");
    expect(await dlq("show", "viewer/0/999")).toMatchObject({
      code: 1,
      complaints: ["telemetra: there is no dead letter viewer/0/999"],
    });

    const busy = await dlq("replay", "--all");
    expect(busy.code).toBe(1);
    expect(busy.complaints).toEqual([
      expect.stringMatching(new RegExp(`data is in use by process ${first.program.child.pid} on .*: stop it or `)),
    ]);
    await first.stop();

    expect(await dlq("replay", place)).toMatchObject({
      code: 0,
      out: "1 dead letter was put back into the log.\n",
    });
    expect(await dlq("replay", place)).toMatchObject({
      code: 1,
      complaints: [
        expect.stringMatching(new RegExp(`^telemetra: ${place} was put back at \\S+Z already: add --force`)),
      ],
    });
    expect((await dlq("replay", "--all")).code).toBe(0);
    expect((await dlq("replay", "--all")).out).toBe("There is nothing to put back.\n");
    expect((await dlq("list", "--new")).out).toBe("There are no such dead letters.\n");
    expect((await dlq("replay", place, "--force")).out).toContain("1 dead letter was");

    // What came too late for its windows is kept in its table, once.
    const second = await serve();
    await until(async () => (await second.stored("viewer")) === posted);
    await second.stop();
    expect((await dlq("list", "--new")).out).toBe("There are no such dead letters.\n");
    expect(readdirSync(`${programs.folder}/data`)).not.toContain("holder.json");
  });
});
