import { Anchor, Tabs } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, useNavigate } from "react-router";
import { useMay } from "../base/me";
import { Page } from "../base/Page";
import { NotAllowed } from "../base/states/NotAllowed";
import { TabBar } from "../base/TabBar";
import { useWords } from "../base/words";
import { sourcesWords } from "./sourcesWords";

/** The parts of the page, each with an address of its own. */
export type DataPart = "sources" | "imports" | "quarantine" | "names";

const PATHS: Readonly<Record<DataPart, string>> = {
  sources: "/data",
  imports: "/data/import",
  quarantine: "/data/quarantine",
  names: "/data/names",
};

interface DataPageProps {
  readonly part: DataPart;
  readonly children: ReactNode;
}

/** The frame of all parts of `/data`; those that the person may not open are left out. */
export function DataPage({ part, children }: DataPageProps) {
  const words = useWords(sourcesWords);
  const navigate = useNavigate();
  const allowed: Readonly<Record<DataPart, boolean>> = {
    sources: true,
    imports: useMay("change_data"),
    quarantine: useMay("see_customers"),
    names: true,
  };
  const parts = (Object.keys(PATHS) as DataPart[]).filter((each) => allowed[each]);
  return (
    <Page title={words.title} lead={words.lead}>
      <Tabs
        value={part}
        onChange={(chosen) => chosen !== null && void navigate(PATHS[chosen as DataPart])}
        keepMounted={false}
      >
        <TabBar chosen={part} aria-label={words.parts} mb="lg">
          {parts.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {words.tabs[each]}
            </Tabs.Tab>
          ))}
        </TabBar>
        <Tabs.Panel value={part}>{allowed[part] ? children : <NotForThem />}</Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function NotForThem() {
  const words = useWords(sourcesWords);
  return (
    <NotAllowed title={words.onlyAnalysts}>
      {words.onlyAnalystsHint}{" "}
      <Anchor component={Link} to="/data" inherit>
        {words.toSources}
      </Anchor>
      .
    </NotAllowed>
  );
}
