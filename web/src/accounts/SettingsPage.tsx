import { Tabs } from "@mantine/core";
import type { ComponentType } from "react";
import { Navigate, useNavigate, useParams } from "react-router";
import { useMe } from "../base/me";
import { Page } from "../base/Page";
import { TabBar } from "../base/TabBar";
import { useWords } from "../base/words";
import { DefinitionsPanel } from "../journeys/definitions/DefinitionsPanel";
import { AccessPanel } from "./AccessPanel";
import { AccountPanel } from "./AccountPanel";
import { accountsWords } from "./accountsWords";
import { CostsPanel } from "./CostsPanel";
import { KeysPanel } from "./KeysPanel";
import { PeoplePanel } from "./PeoplePanel";

interface Part {
  readonly name: "account" | "people" | "keys" | "access" | "costs" | "journeys";
  readonly right: string;
  readonly panel: ComponentType;
}

const PARTS: readonly Part[] = [
  { name: "account", right: "look", panel: AccountPanel },
  { name: "people", right: "administer", panel: PeoplePanel },
  { name: "keys", right: "administer", panel: KeysPanel },
  { name: "access", right: "administer", panel: AccessPanel },
  { name: "costs", right: "look", panel: CostsPanel },
  { name: "journeys", right: "look", panel: DefinitionsPanel },
];

/** One's own account; people, keys and the access log for admins; what the settings file says. */
export function Component() {
  const words = useWords(accountsWords);
  const { rights } = useMe();
  const { part: asked } = useParams();
  const navigate = useNavigate();
  const parts = PARTS.filter((each) => rights.includes(each.right));
  const part = parts.find((each) => each.name === (asked ?? "account"));
  if (part === undefined) return <Navigate to="/settings" replace />;
  return (
    <Page title={words.settings} width={1040}>
      <Tabs
        value={part.name}
        onChange={(name) => void navigate(name === "account" ? "/settings" : `/settings/${name}`)}
      >
        <TabBar chosen={part.name}>
          {parts.map((each) => (
            <Tabs.Tab key={each.name} value={each.name}>
              {words.tabs[each.name]}
            </Tabs.Tab>
          ))}
        </TabBar>
        <Tabs.Panel value={part.name} pt="lg">
          <part.panel />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
