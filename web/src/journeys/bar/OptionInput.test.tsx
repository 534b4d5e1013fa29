import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { VocabularyNames } from "../../base/api/schema.gen";
import type { Me } from "../../base/me";
import { renderPage } from "../../test/render";
import { useExplore } from "../explore";
import type { QuestionOption } from "../questions";
import { OptionInput } from "./OptionInput";

const NAMES: VocabularyNames = {
  timezone: "UTC",
  interactions: 0,
  customers: 0,
  first_at: null,
  last_at: null,
  touchpoints: [],
  channels: [],
  stages: [],
  journeys: [],
};
const BY: QuestionOption = { name: "by", kind: "choice", values: ["channel", "team", "agent"], usual: "channel" };

function By() {
  return <OptionInput option={BY} explore={useExplore()} names={NAMES} />;
}

test.each<[string, Me["rights"], string[]]>([
  ["who may see customers", ["look", "see_customers"], ["channel", "team", "agent"]],
  ["nobody else", ["look"], ["channel", "team"]],
])("numbers by agent are offered to %s", async (_, rights, offered) => {
  renderPage(<By />, { me: { rights } });
  await userEvent.setup().click(await screen.findByRole("combobox", { name: "By" }));
  await expect.poll(() => screen.getAllByRole("option").map((each) => each.textContent)).toEqual(offered);
});
