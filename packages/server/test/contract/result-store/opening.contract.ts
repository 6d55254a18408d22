import { expect, it } from "vitest";
import { startChild } from "../../support/child-program.js";
import { makeRow } from "../../support/records.js";
import type { ResultStoreBench } from "./result-store-bench.js";

/** Several processes may open a database at once; a newer schema is left alone. */
export function openingContract(bench: ResultStoreBench): void {
  it("applies each migration exactly once when several processes open it at once", async () => {
    await bench.end();
    await bench.begin();
    const children = Array.from({ length: 5 }, () =>
      startChild("open-store.ts", { config: bench.harness.sharedConfig }),
    );
    await Promise.all(children.map((child) => child.untilLines(1)));
    for (const child of children) child.go();
    const codes = await Promise.all(children.map((child) => child.exited));
    expect(children.map((child) => child.errors())).toEqual(children.map(() => ""));
    expect(codes).toEqual(children.map(() => 0));
    const applied = await bench.harness.readAppliedMigrations();
    expect(applied).toEqual(applied.map((_, at) => at + 1));
    expect(applied.length).toBeGreaterThan(0);
  });

  it("refuses a newer schema with one sentence that says what to do", async () => {
    await bench.closeAll();
    await bench.harness.pretendNewerSchema();
    await expect(bench.open()).rejects.toMatchObject({
      code: "newer_schema",
      message: expect.stringMatching(/^[^\n]*use a newer version$/) as string,
    });
  });

  it("answers a ping while it is open and refuses work when it is closed", async () => {
    await bench.store.ping();
    await bench.store.close();
    await expect(bench.store.ping()).rejects.toThrow(/not open/);
    await expect(bench.store.getStream("alpha")).rejects.toThrow(/not open/);
    await expect(bench.commit({ rows: [makeRow()] })).rejects.toThrow(/not open/);
  });
}
