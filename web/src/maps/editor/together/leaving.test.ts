import { notifications } from "@mantine/notifications";
import { afterEach, describe, expect, it, vi } from "vitest";
import { serve } from "../../../test/render";
import { MINE } from "../model/Editing";
import { MAPS } from "../model/testing/trees";
import { openRoom } from "../testing/room";
import { en } from "../words.en";
import { leave, leaveAtOnce } from "./leaving";
import { Session } from "./Session";

const VERSION = "POST /api/maps/map/shop/together/version";

async function left(change: (session: Session) => void) {
  const asked = serve({
    [VERSION]: { version: 4, problems: [] },
    "GET /api/maps/map/shop/together": { room: "r", may_write: true, name: "Ada", people: [] },
  });
  const room = openRoom(MAPS.shop);
  const session = new Session("shop", { room: `r-${String(Math.random())}`, mayWrite: true, name: "Ada" });
  await vi.waitFor(() => expect(session.connection.standing().line).toBe("online"));
  change(session);
  return { room, session, versions: () => asked.filter((each) => each.method === "POST").length };
}

const rename = ({ editing }: Session) => {
  editing.doc.transact(() => editing.doc.getMap("steps").set("look/name", "I look around"), MINE);
};

afterEach(() => {
  leaveAtOnce("shop");
  vi.useRealTimers();
});

describe("leaving the editor", () => {
  it("makes what was changed a version", async () => {
    const { session, versions } = await left(rename);
    await leave(session, en);
    expect(versions()).toBe(1);
  });

  it("makes no version where nothing was changed", async () => {
    const { session, versions } = await left(() => undefined);
    await leave(session, en);
    expect(versions()).toBe(0);
  });

  it("goes on where the line is lost, says so, and makes the version when it is back", async () => {
    const { room, session, versions } = await left(() => undefined);
    const shown = vi.spyOn(notifications, "show");
    const open = room.cut();
    rename(session);
    const leaving = leave(session, en);
    await vi.waitFor(() => expect(shown).toHaveBeenCalledOnce(), { timeout: 4_000 });
    expect([shown.mock.calls[0]?.[0].message, versions()]).toEqual([en.leaving, 0]);
    open();
    await leaving;
    expect(versions()).toBe(1);
    expect(JSON.stringify(room.tree())).toContain("I look around");
  });

  it("says that the server has not got it where it lets nobody in", async () => {
    const { room, session, versions } = await left(() => undefined);
    const shown = vi.spyOn(notifications, "show");
    room.drop(4403);
    rename(session);
    await leave(session, en);
    expect([shown.mock.lastCall?.[0].message, versions()]).toEqual([en.leftUnkept, 0]);
  });
});
