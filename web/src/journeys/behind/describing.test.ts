import { expect, test } from "vitest";
import { makeFormat } from "../../base/format";
import { en } from "../words.en";
import { countText } from "./BehindDrawer";
import { behindQuery, describeNumber } from "./describing";
import { groupText } from "./wording";

test.each([
  ["every?", "all that were asked about"],
  ["every?low=1&high=2", "of 1 interaction"],
  ["every?measure=interactions&low=51", "of 51 or more interactions"],
  ["every?measure=seconds&low=10&high=60", "of 10 to below 60 seconds"],
  [
    "cohort?that=returned&since=1&cohort=2026-03-02",
    "of customers who came back 1 period after they started: 2 Mar 2026",
  ],
  ["cohort?that=started&cohort=2026-01-05", "of customers who started: 5 Jan 2026"],
  ["cohort?that=started&cohort=soon", "of customers who started: soon"],
  ["paths?step=1&name=Search", "that are at Search after 1 step"],
  ["paths?step=-2&name=Search", "that are at Search after 2 steps"],
  ["contacts?that=repeated&value=phone", "with a contact that another one followed within the window: phone"],
  ["needs?that=all&path=web&path=phone&goes_on=false", "with a need: web → phone"],
  ["contacts?by=team&value=", "with a service contact: not known"],
  ["contacts?path=Billing&path=Repair", "with a contact that was transferred like this: Billing → Repair"],
  ["needs?that=settled&begins=web&priced=true", "with a need whose window is over: web, its cost is known"],
  ["need_contacts?channel=phone&after=web", "with a need that goes on from web to phone"],
  ["need_contacts?after=web", "with a need that goes on from web to another channel"],
  ["need_contacts?channel=phone&priced=false", "with a contact of a need in phone: its cost is not known"],
  ["effort?component=repeat&value=Sales", "with effort: repeats: Sales"],
  ["effort?component=transfer&known=contacts", "with a contact of which this is known: transfers"],
  ["effort?known=journeys", "with effort, where all that is recorded is known of all contacts"],
  ["answering?channel=phone&answered=true", "of customers who were in phone and have answered"],
  ["sent?answered=false", "with a survey that was sent"],
  ["feeling?step=Pay&line=sentiment", "in which somebody tells how Pay was: texts"],
  ["driver?outcomes=Buy", "that are compared"],
  ["driver?feature=move&of=A&of=B&side=without", "without A → B"],
  ["driver?feature=wait&of=300&with_outcome=true", "with a wait longer than 5\u00a0min and with the outcome"],
  ["driver?feature=attribute&of=attributes.plan&of=gold&side=either", "with or without plan = gold"],
  ["credit?name=Call&converting=true", "with a way to a conversion through Call"],
  ["credit?name=Call&model=last", "with a way to a conversion that ends with Call"],
  ["credit?name=Call&model=linear", "with a conversion that is credited to Call in part: Linear"],
  ["again?name=Help&via=Call", "that go from Help to Call and back"],
  ["skipped?reached=Buy&missing=Look", "that reach the stage Buy without Look"],
  ["touchpoint?", "with their interactions"],
  ["move?by=channel", "with a move from one channel to another"],
  ["common?first=3", "that go one of the first 3 paths of the list"],
  ["paths?step=2&others=true", "that are at one of the other touchpoints after 2 steps"],
  ["paths?step=-1&name=Search&ended=true", "whose path ends at Search, step 1"],
  ["paths?step=1&name=Search&following_others=true", "that go from Search to one of the other touchpoints"],
  ["funnel?steps=A&steps=B&step=1&stopped=true&following=Call", "that stop after step 1, A and go on with Call"],
  ["funnel?steps=A&steps=B&step=2&value=web&group=rest", "that reach step 2, B: all but web"],
  ["handover?source=Sales&target=Desk&that=told", "handed over from Sales to Desk: only told by the source"],
  ["switch?silent=false", "with a move to another channel"],
  ["cluster?cluster=Looking&reached=true", "of the group Looking that have the outcome"],
  ["shared_cluster?cluster=Looking&second=true", "of the group Looking"],
  ["outcome?outcome=over", "that are over"],
  ["outcome?outcome=in+time", "that reached the goal within the time-out"],
  ["outcome?outcome=followed", "that began at least the time-out before the record ends"],
  ["event?that=at risk&time=3", "of customers to whom it had not come before: 3\u00a0d"],
  ["event?that=happened&time=30&unit=minute", "of customers to whom it came: 30\u00a0min"],
  [
    "change?measure=transition&subject=Pay+→+Call&first=2026-03-02&last=2026-03-08&value=ios&that=counted",
    "in which Call directly follows Pay within a day: 2 Mar 2026 to 8 Mar 2026, ios",
  ],
  [
    "change?measure=level&subject=Call&first=2026-03-02&otherwise=true",
    "of customers who were active: before 2 Mar 2026",
  ],
])("what is behind %s is said", (number, text) => {
  expect(describeNumber(number, en, makeFormat("en", "UTC"))).toBe(text);
});

test.each([
  [{ times: 1_234, journeys: 987, customers: 900 }, "1,234 times in 987 journeys of 900 customers"],
  [{ times: 987, journeys: 987, customers: 900 }, "987 journeys of 900 customers"],
])("how often it happened is said where that is not once in each journey", (found, text) => {
  expect(countText(found, en, makeFormat("en", "UTC"))).toBe(text);
});

const OF_SECOND = "every?period=2026-04-01..2026-04-30&segment=&not_segment=channel+%3D+app&group_of=2";

test("the group of a comparison is said", () => {
  expect(groupText(OF_SECOND, en)).toBe("in the period 2026-04-01..2026-04-30 · not in the segment: channel = app");
  expect(groupText("every?period=2026", en)).toBe("");
});

test("the group of a comparison is asked for as it is, whatever the page chooses", () => {
  const page = new URLSearchParams("period=2026-03-01..2026-03-31&segment=channel = phone&span=session");
  expect(behindQuery(OF_SECOND, page, "flow")).toBe(
    "every?not_segment=channel+%3D+app&period=2026-04-01..2026-04-30&segment=&span=session",
  );
});
