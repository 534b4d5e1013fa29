import { Modal, Tabs } from "@mantine/core";
import { useSearchParams } from "react-router";
import { baseWords } from "../../base/baseWords";
import { TabBar } from "../../base/TabBar";
import { useWords } from "../../base/words";
import { mapsWords } from "../mapsWords";
import { FromData } from "./FromData";
import { FromFile } from "./FromFile";
import { FromTemplate } from "./FromTemplate";

/** Begin a map: from a template, from measured journeys, from a file. Open while the address says `new=…`. */
export function NewMap() {
  const words = useWords(mapsWords);
  const base = useWords(baseWords);
  const [params, setParams] = useSearchParams();
  const how = params.get("new");
  const show = (value: string | null): void =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === null) next.delete("new");
        else next.set("new", value);
        return next;
      },
      { replace: true },
    );
  return (
    <Modal
      opened={how !== null}
      onClose={() => show(null)}
      title={words.newMap}
      size="lg"
      closeButtonProps={{ "aria-label": base.close }}
    >
      <Tabs value={how} onChange={show} keepMounted={false}>
        <TabBar chosen={how ?? "template"} mb="md">
          <Tabs.Tab value="template">{words.fromTemplate}</Tabs.Tab>
          <Tabs.Tab value="data">{words.fromData}</Tabs.Tab>
          <Tabs.Tab value="file">{words.fromFile}</Tabs.Tab>
        </TabBar>
        <Tabs.Panel value="template">
          <FromTemplate />
        </Tabs.Panel>
        <Tabs.Panel value="data">
          <FromData />
        </Tabs.Panel>
        <Tabs.Panel value="file">
          <FromFile />
        </Tabs.Panel>
      </Tabs>
    </Modal>
  );
}
