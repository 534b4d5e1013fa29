import { Tabs } from "@mantine/core";
import { useLocation, useNavigate } from "react-router";
import { useWords } from "../base/words";
import { mapsWords } from "./mapsWords";

/** Maps, and the personas that they are about. */
export function MapsTabs() {
  const words = useWords(mapsWords);
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const here = pathname.startsWith("/personas") ? "/personas" : "/maps";
  return (
    <Tabs value={here} onChange={(path) => void navigate(path ?? "/maps")}>
      <Tabs.List>
        <Tabs.Tab value="/maps">{words.maps}</Tabs.Tab>
        <Tabs.Tab value="/personas">{words.personas}</Tabs.Tab>
      </Tabs.List>
    </Tabs>
  );
}
